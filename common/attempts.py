"""Trying something that may be refused, from a view."""

from django.contrib import messages

from .refused import Refused


def try_to(request, said, work, **arguments):
    """Call a service: says ``said`` when it worked, or calmly why not. Returns what the service gave, or None when it refused."""
    try:
        result = work(**arguments)
    except Refused as refused:
        messages.warning(request, str(refused))
        return None
    if said:
        messages.success(request, said)
    return result
