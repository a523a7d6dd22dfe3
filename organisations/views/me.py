"""What concerns oneself."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..access import redirect_in, requires
from ..enums import Role
from ..forms import MeForm
from ..middleware import needs_second_factor
from ..roles import Can
from ..services import people


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "POST"])
def me(request):
    form = MeForm(request.POST or None, instance=request.membership)
    if request.method == "POST" and form.is_valid():
        people.update_own_details(membership=request.membership, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect_in(request, "organisations:me")
    context = {
        "form": form,
        "roles": [Role(role).label for role in request.membership.roles],
        "must_have_second_factor": needs_second_factor(request.membership, request.user),
    }
    return render(request, "organisations/me.html", context)
