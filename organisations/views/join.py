"""Opening an invitation: a new person chooses a password; somebody with an account signs in to it first."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.services.sign_in import owns_address, user_of

from ..access import link_page
from ..enums import Purpose
from ..forms import JoinForm
from ..services import invitations


@link_page(Purpose.JOIN)
@require_http_methods(["GET", "POST"])
def join(request):
    """One address, three ways: joined already, an account to sign in to, or a password to choose."""
    if request.link.used_at or not invitations.still_holds(request.link):
        return _over(request)
    if user_of(request.link.membership.email) is None:
        return _choose_password(request)
    if request.user.is_authenticated:
        return _join_as(request)
    sign_in_url = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    return render(request, "organisations/join_sign_in.html", {"person": request.link.membership, "sign_in_url": sign_in_url})


def _choose_password(request):
    person = request.link.membership
    form = JoinForm(request.POST or None, user=User(email=person.email, name=person.name))
    if request.method == "POST" and form.is_valid():
        try:
            user = invitations.join_with_password(link=request.link, password=form.cleaned_data["password"])
        except invitations.CannotJoin as error:
            messages.info(request, str(error))
            return redirect(request.path)
        messages.success(request, _("Welcome. From now on you sign in with %(email)s.") % {"email": user.email})
        home = request.organisation.get_absolute_url()
        # allauth's own end of a sign-in: it notes the session and that the password was just given.
        return perform_password_login(request, {"email": user.email}, Login(user=user, redirect_url=home))
    context = {"form": form, "person": person, "role": invitations.role_in_words(person)}
    return render(request, "organisations/join.html", context)


def _join_as(request):
    person = request.link.membership
    fits = owns_address(request.user, person.email)
    if request.method == "POST":
        try:
            invitations.join_as(link=request.link, user=request.user)
            messages.success(request, _("Welcome to %(organisation)s.") % {"organisation": request.organisation.name})
            return redirect(request.organisation)
        except invitations.CannotJoin as error:
            messages.error(request, str(error))
            return redirect(request.path)
    context = {"person": person, "fits": fits, "role": invitations.role_in_words(person)}
    return render(request, "organisations/join_as.html", context)


def _over(request):
    """Joined already, or the address has changed since. Either way this link does nothing more."""
    person = request.link.membership
    joined = person is not None and person.user_id is not None
    return render(request, "organisations/join_over.html", {"person": person, "joined": joined}, status=200 if joined else 410)
