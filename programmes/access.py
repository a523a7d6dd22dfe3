"""How views of programmes, and of the apps above, open the programme in an address."""

from organisations.access import fetch_visible

from .models import Programme


def open_programme(request, programme_id) -> Programme:
    """The programme in the address, if this person may see it; the navigation follows it."""
    request.programme = fetch_visible(Programme, request.membership, pk=programme_id)
    request.programme.organisation = request.organisation
    return request.programme
