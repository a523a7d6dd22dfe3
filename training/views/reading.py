"""One of our own texts, to read."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisations.access import redirect_in, requires
from organisations.roles import Can

from ..library import resource
from ..models import ResourceRead
from ..services.reading import mark_read


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "POST"])
def read(request, resource_slug):
    """One short text; the button at its end marks it as read."""
    try:
        text = resource(resource_slug)
    except KeyError:
        raise Http404 from None
    if request.method == "POST":
        mark_read(membership=request.membership, slug=text.slug)
        messages.success(request, _("Marked as read."))
        return redirect_in(request, "training:my_training" if request.membership.can(Can.COMPLETE_TRAINING) else "training:resources")
    is_read = ResourceRead.objects.visible_to(request.membership).filter(resource=text.slug).exists()
    return render(request, "training/resource.html", {"resource": text, "is_read": is_read})
