"""Why a letter came, and which letters one wants: by the link in each letter, and signed in. GET never acts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from organisations.access import redirect_in, requires, standing_page
from organisations.enums import Purpose, Role
from organisations.roles import Can
from programmes.enums import Recipient
from programmes.reminder_kinds import KINDS

from ..forms.wishes import PauseForm
from ..services import preferences as service
from ..services.why import declinable, why_of

# As whom somebody of a role is told.
AS_ROLE = {
    Role.STUDENT: {Recipient.STUDENT, Recipient.RESPONDENT},
    Role.MENTOR: {Recipient.MENTOR, Recipient.RESPONDENT},
    Role.COORDINATOR: {Recipient.COORDINATOR},
    Role.TUTOR: {Recipient.TUTOR},
}


@standing_page(Purpose.LETTERS, service.person_of)
@require_http_methods(["GET", "HEAD", "POST"])
def letters_by_link(request):
    why = why_of(request.link.about_id, request.link.person_key)
    form = PauseForm(request.POST if request.POST.get("do") == "pause" else None)
    if request.method == "POST" and _act(request, form, request.link.person_key, request.link.holder_name, by_link=True):
        return redirect(request.path)
    return _page(request, form, request.link.person_key, why)


@csrf_exempt
@standing_page(Purpose.LETTERS, service.person_of)
@require_http_methods(["GET", "HEAD", "POST"])
def letters_stop(request):
    """A mail program's own button: RFC 8058, a POST without a cookie. Whoever opens the address sees the page instead."""
    if request.method != "POST":
        return redirect(request.path.removesuffix("stop/"))
    who = {"key": request.link.person_key, "by": request.link.holder_name, "by_link": True}
    kinds = declinable(request.link.about_id, request.link.person_key)
    for kind in kinds:
        service.decline_kind(kind=kind, **who)
    if not kinds:  # the rule behind the letter is gone
        service.choose_weekly(on=True, **who)
    return HttpResponse(_("Done. You get no more letters of this kind."), content_type="text/plain; charset=utf-8")


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def my_letters(request):
    key = f"membership:{request.membership.pk}"
    form = PauseForm(request.POST if request.POST.get("do") == "pause" else None)
    if request.method == "POST" and _act(request, form, key, request.membership):
        return redirect_in(request, "checkins:my_letters")
    return _page(request, form, key, None)


def _act(request, form, key, by, *, by_link=False) -> bool:
    """Do what was pressed; False where the form has to be shown again."""
    who = {"key": key, "by": by, "by_link": by_link}
    do, kind = request.POST.get("do", ""), request.POST.get("kind", "")
    try:
        if do in ("weekly", "each"):
            service.choose_weekly(on=do == "weekly", **who)
        elif do == "decline":
            service.decline_kind(kind=kind, **who)
        elif do == "again":
            service.take_kind_again(kind=kind, **who)
        elif do == "resume":
            service.pause(until=None, today=timezone.localdate(), **who)
        elif do == "pause" and form.is_valid():
            service.pause(until=form.cleaned_data["until"], today=timezone.localdate(), **who)
        else:
            return False
    except service.WishError as error:
        if do == "pause":
            form.add_error("until", str(error))
            return False
        messages.info(request, str(error))
        return True
    messages.success(request, _("Saved. You can change it again at any time."))
    return True


def _page(request, form, key, why):
    wish = service.preference_of(key)
    kinds = _kinds(request.membership, wish, why)
    context = {
        "why": why,
        "wish": wish,
        "paused": wish.paused_until if wish.paused_until and wish.paused_until >= timezone.localdate() else None,
        "kinds": kinds,
        "form": form,
        "by_link": request.membership is None or getattr(request, "link", None) is not None,
        "musts": [service.NAMES[kind.key] for kind in KINDS if kind.must],
    }
    return render(request, "checkins/letters_wishes.html", context, status=422 if form.errors else 200)


def _kinds(membership, wish, why):
    """What one may switch on and off here: of a link its letter's kinds and what was declined; signed in, all that one's roles may get."""
    if why is not None or membership is None:
        keys = [kind.key for kind in (why.kinds if why else ()) if not kind.must] + list(wish.unwanted)
    else:
        told = set().union(*(AS_ROLE.get(role, ()) for role in membership.roles))
        keys = [kind.key for kind in KINDS if not kind.must and told & set(kind.audience)] + list(wish.unwanted)
        if membership.has_role(Role.COORDINATOR):
            keys.append(service.ATTENTION)
    return [{"key": key, "name": service.NAMES[key], "off": key in wish.unwanted} for key in dict.fromkeys(keys) if key in service.NAMES]
