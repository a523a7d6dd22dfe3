"""The door: what Alongside is, or where you were going."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from organisations.services.belonging import memberships_of

from ..navigation import my_organisations


@require_GET
def front(request):
    """Signed out: what this is. Signed in: the only organisation one belongs to, or a choice of several."""
    if not request.user.is_authenticated:
        return render(request, "home/front.html")
    organisations = my_organisations(memberships_of(request.user))
    if len(organisations) == 1:
        return redirect(organisations[0]["url"])
    return render(request, "home/choose.html", {"organisations": organisations})
