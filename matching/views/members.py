"""Who is in a running group: somebody joins, somebody leaves."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisations.access import fetch_visible, requires
from organisations.roles import Can
from programmes.enums import Side
from programmes.models import Participant

from .. import words
from ..forms import JoinForm, LeaveForm
from ..models import Mentorship
from ..services import joining
from ..services.looking import students_by_state
from ..services.refused import Refused
from ..services.seats import free_seats


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def members(request, mentorship_id):
    rows = Mentorship.objects.select_related("programme", "organisation")
    mentorship = fetch_visible(Mentorship, request.membership, rows, pk=mentorship_id)
    request.programme = mentorship.programme
    free = free_seats(mentorship)
    seated = _people(request, mentorship).filter(seats__mentorship=mentorship).order_by("-side", "pk")
    act = request.POST.get("act")
    join = JoinForm(request.POST if act == "join" else None, people=_who_may_join(request, mentorship, free))
    leave = LeaveForm(request.POST if act == "leave" else None, people=seated)
    if request.method == "POST" and _done(request, mentorship, join, leave):
        return redirect(request.path)
    members = list(seated)
    return render(
        request,
        "matching/members.html",
        {
            "mentorship": mentorship,
            "programme": mentorship.programme,
            "names": words.some(one.name for one in members),
            "members": members,
            "is_group": mentorship.programme.spec.is_group,
            "free": free,
            "has_room": any(free.values()),
            "join": join,
            "leave": leave,
        },
        status=422 if join.errors or leave.errors else 200,
    )


def _people(request, mentorship):
    rows = Participant.objects.visible_to(request.membership).filter(programme=mentorship.programme)
    return rows.select_related("membership")


def _who_may_join(request, mentorship, free):
    """Students without a mentor who were not asked, and mentors, as the format has room for them."""
    people = _people(request, mentorship).active().filter(membership__left_at=None).exclude(seats__mentorship=mentorship)
    found = people.none()
    if free[Side.STUDENT]:
        found = people.filter(pk__in=students_by_state(mentorship.programme)["looking"].values("pk"))
    if free[Side.MENTOR]:
        found = found | people.mentors()
    return found.order_by("-side", "membership__first_name", "membership__last_name", "pk").distinct()


def _done(request, mentorship, join, leave):
    """Do what was sent; False when the page must be shown again with what was typed."""
    form, service, said = (
        (join, joining.join_group, _("%(name)s has joined the group. Everybody gets a letter."))
        if join.is_bound
        else (leave, joining.leave_group, _("%(name)s has left the group. The others go on."))
    )
    if not form.is_bound or not form.is_valid():
        return False
    given = dict(form.cleaned_data)
    person = given.pop("person")
    try:
        service(mentorship=mentorship, participant=person, by=request.membership, **given)
    except Refused as refused:
        form.add_error("person", str(refused))
        return False
    messages.success(request, said % {"name": person.name})
    return True
