"""What the views of matching share."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from audit.reading import noted_of
from organisations.access import redirect_in
from programmes.access import open_programme

__all__ = ["back_or", "gone", "open_programme"]


def gone(request, model, pk, verb, *needed) -> dict | None:
    """What was noted when somebody of this organisation deleted this row; says so. None where it is there, or never was.

    For the second press of the button that deletes, which must be no error. needed: what the note has to hold.
    """
    noted = None
    if not model.objects.visible_to(request.membership).filter(pk=pk).exists():
        noted = noted_of(request.organisation.pk, verb, model, pk)
    if noted is None or not set(needed) <= set(noted):
        return None
    messages.info(request, _("This is deleted already. Nothing was done twice."))
    return noted


def back_or(request, name, *args):
    """Back to the page of ours that the form stood on, else to a page of the organisation."""
    target = request.POST.get("next", "")
    if target and url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return redirect(target)
    return redirect_in(request, name, *args)
