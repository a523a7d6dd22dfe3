"""What concerns oneself."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..access import redirect_in, requires
from ..forms import MeForm
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
    return render(request, "organisations/me.html", {"form": form, "roles": request.membership.role_labels})
