"""What the views of matching share."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from organisations.access import redirect_in
from programmes.access import open_programme

from ..services.refused import Refused

__all__ = ["back_or", "open_programme", "try_to"]


def try_to(request, done, service, **arguments):
    """Call a service: says ``done`` when it worked, or calmly why not. Returns what the service gave, or None."""
    try:
        result = service(**arguments)
    except Refused as refused:
        messages.warning(request, str(refused))
        return None
    if done:
        messages.success(request, done)
    return result


def back_or(request, name, *args):
    """Back to the page of ours that the form stood on, else to a page of the organisation."""
    target = request.POST.get("next", "")
    if target and url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return redirect(target)
    return redirect_in(request, name, *args)
