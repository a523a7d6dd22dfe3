"""Finding the enrolment in an address: one's own, or any mentor's of the programmes one runs."""

from organisations.access import fetch_visible
from programmes.models import Participant, Programme


def own_seat(request, participant_id):
    """The mentor's own enrolment; another's is refused even to those who may see people."""
    mine = Participant.objects.mentors().filter(membership=request.membership).select_related("membership", "programme")
    return fetch_visible(Participant, request.membership, queryset=mine, pk=participant_id)


def any_seat(request, participant_id):
    """A mentor's enrolment, for those who run programmes; the navigation follows its programme."""
    mentors = Participant.objects.mentors().select_related("membership__organisation", "programme")
    mentor = fetch_visible(Participant, request.membership, queryset=mentors, pk=participant_id)
    request.programme = mentor.programme
    return mentor


def fetch_programme(request, programme_id):
    """The programme in the address; the navigation follows it."""
    request.programme = fetch_visible(Programme, request.membership, pk=programme_id)
    request.programme.organisation = request.organisation
    return request.programme


def mentors_of(request, programme):
    """Everybody who mentors in it now."""
    rows = Participant.objects.visible_to(request.membership).filter(programme=programme, side="mentor", withdrawn_at=None)
    found = list(rows.select_related("membership__organisation"))
    for one in found:
        one.programme = programme
    return found
