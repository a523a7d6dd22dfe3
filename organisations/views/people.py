"""Everybody in the organisation: the list, one person, and what may be done with them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..access import fetch_visible, redirect_in, requires
from ..forms import FilterForm, PersonForm
from ..jobs import INVITE
from ..models import Membership
from ..rights import may_change
from ..roles import Can
from ..services import invitations, people
from ..services.jobs import latest_job, start_job

PER_PAGE = 50


@requires(Can.MANAGE_PEOPLE)
@require_GET
def people_list(request):
    form = FilterForm(request.GET)
    everybody = Membership.objects.visible_to(request.membership)
    found = _narrow(everybody, **form.chosen()).with_invitation()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "narrowed": any(form.chosen().values()),
        "waiting": invitations.waiting(by=request.membership).count(),
        "job": latest_job(INVITE, target_id=request.organisation.pk),
    }
    return render(request, "organisations/people.html", context)


@requires(Can.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def invite_waiting(request):
    """Everybody on the list who was never invited, or those of one role: asks first, then the worker writes."""
    role = FilterForm(request.GET).chosen()["role"]
    if request.method == "POST":
        start_job(INVITE, by=request.membership, target_id=request.organisation.pk, params={"role": role})
        return redirect_in(request, "organisations:people")
    count = invitations.waiting(by=request.membership, role=role).count()
    context = {
        "title": ngettext("Invite %(n)s person?", "Invite %(n)s people?", count) % {"n": count},
        "lead": _("Each gets one letter with a link to choose a password. Those who have joined or hold an invitation get none."),
        "action_label": _("Invite them"),
        "cancel_url": reverse("organisations:people", args=[request.organisation.slug]),
    }
    return render(request, "confirm.html", context)


@requires(Can.MANAGE_PEOPLE)
@require_GET
def person(request, membership_id):
    who = fetch_visible(Membership, request.membership, Membership.objects.with_invitation(), pk=membership_id)
    context = {
        "person": who,
        "mine": who.pk == request.membership.pk,
        "may_change": may_change(request.membership, who),
        "last_owner": people.is_last_owner(who),
    }
    return render(request, "organisations/person.html", context)


@requires(Can.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def person_add(request):
    form = PersonForm(request.POST or None, membership=request.membership)
    if request.method == "POST" and form.is_valid():
        try:
            who = people.add_person(by=request.membership, **form.cleaned_data)
            if "invite" in request.POST:
                invitations.invite(membership=who, by=request.membership)
                messages.success(request, _("%(name)s is invited.") % {"name": who.name})
            else:
                messages.success(request, _("%(name)s is on the list. They are not invited yet.") % {"name": who.name})
            return redirect_in(request, "organisations:person", who.pk)
        except people.CannotChange as error:
            form.add_error("email", str(error))
    return render(request, "organisations/person_form.html", {"form": form})


@requires(Can.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def person_edit(request, membership_id):
    who = _changeable(request, membership_id)
    form = PersonForm(request.POST or None, instance=who, membership=request.membership)
    if request.method == "POST" and form.is_valid():
        try:
            people.update_person(membership=who, by=request.membership, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect_in(request, "organisations:person", who.pk)
        except people.CannotChange as error:
            form.add_error(None, str(error))
    return render(request, "organisations/person_form.html", {"form": form, "person": who})


@requires(Can.MANAGE_PEOPLE)
@require_POST
def person_invite(request, membership_id):
    who = _changeable(request, membership_id)
    try:
        if invitations.invite(membership=who, by=request.membership):
            messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": who.email})
        else:
            messages.info(request, _("An invitation has just gone to %(email)s.") % {"email": who.email})
    except invitations.CannotInvite as error:
        messages.error(request, str(error))
    return redirect_in(request, "organisations:person", who.pk)


@requires(Can.MANAGE_PEOPLE)
@require_POST
def person_uninvite(request, membership_id):
    who = _changeable(request, membership_id)
    if invitations.revoke_invitation(membership=who, by=request.membership):
        messages.success(request, _("The invitation no longer works."))
    else:
        messages.info(request, _("There was no open invitation."))
    return redirect_in(request, "organisations:person", who.pk)


@requires(Can.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def person_leave(request, membership_id):
    who = _changeable(request, membership_id)
    if request.method == "POST":
        try:
            people.take_out(membership=who, by=request.membership)
            messages.success(request, _("%(name)s is no longer in the organisation.") % {"name": who.name})
        except people.CannotChange as error:
            messages.error(request, str(error))
        return redirect_in(request, "organisations:person", who.pk)
    context = {
        "title": _("Take %(name)s out?") % {"name": who.name},
        "lead": _("You can bring them back later."),
        "consequences": people.what_goes(who),
        "action_label": _("Take out"),
        "cancel_url": reverse("organisations:person", args=[request.organisation.slug, who.pk]),
        "danger": True,
    }
    return render(request, "confirm.html", context)


@requires(Can.MANAGE_PEOPLE)
@require_POST
def person_return(request, membership_id):
    who = _changeable(request, membership_id)
    people.bring_back(membership=who, by=request.membership)
    messages.success(request, _("%(name)s is back.") % {"name": who.name})
    return redirect_in(request, "organisations:person", who.pk)


def _changeable(request, membership_id):
    who = fetch_visible(Membership, request.membership, pk=membership_id)
    if not may_change(request.membership, who):
        raise PermissionDenied
    return who


def _narrow(rows, *, q, role, state):
    if q:
        rows = rows.annotate(_full=Concat("first_name", Value(" "), "last_name")).filter(Q(_full__icontains=q) | Q(email__icontains=q))
    if role:
        rows = rows.with_role(role)
    if state == "left":
        return rows.exclude(left_at=None)
    rows = rows.present()
    if state == "joined":
        return rows.exclude(user=None)
    if state == "invited":
        return rows.with_invitation().filter(user=None).exclude(invited_at=None)
    if state == "waiting":
        return rows.with_invitation().filter(user=None, invited_at=None)
    return rows
