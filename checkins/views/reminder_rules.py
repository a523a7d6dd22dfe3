"""Reminder rules: the list in plain sentences, one rule on one page, back to the preset, the hours."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can
from organisations.services.letter_hours import set_letter_hours
from programmes.access import open_programme
from programmes.models import ReminderRule
from programmes.reminder_kinds import KINDS, kind_of

from ..forms.rule import HoursForm, RuleForm
from ..presenters_reminders import example_of, lines_of
from ..services import reminder_rules as service


@requires(Can.RUN_PROGRAMMES)
@require_safe
def rules(request, programme_id):
    programme = open_programme(request, programme_id)
    rows = list(ReminderRule.objects.visible_to(request.membership).filter(programme=programme))
    for row in rows:
        row.programme = programme
    context = {"programme": programme, "lines": lines_of(rows), "on": sum(row.is_active for row in rows)}
    return render(request, "checkins/rules.html", context)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def rule_add(request, programme_id):
    """First what it is about (in the address), then the rule."""
    programme = open_programme(request, programme_id)
    kind = service.kind_named(request.GET.get("kind", ""))
    if kind is None or programme.closed_at:
        return render(request, "checkins/rule_kinds.html", {"programme": programme, "kinds": KINDS})
    return _page(request, programme, kind, None)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def rule(request, rule_id):
    row = _fetch(request, rule_id)
    return _page(request, row.programme, kind_of(row), row)


def _page(request, programme, kind, row):
    form = RuleForm(request.POST or None, kind=kind, rule=row)
    many = None
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, programme, kind, row, form)
        except service.ManyLettersError as error:
            many = error
        except service.RuleError as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, _("Saved. The next round of reminders follows it."))
            return redirect_in(request, "checkins:rules", programme.pk)
    if many:
        form = RuleForm(request.POST, kind=kind, rule=row, ask_if_sure=True)
        form.is_valid()
    context = {
        "programme": programme,
        "rule": row,
        "kind": kind,
        "form": form,
        "many": many,
        "example": example_of(kind, row),
        "differs": bool(row and service.differs(row)),
        "own": bool(row and service.preset_of(row) is None),
    }
    return render(request, "checkins/rule.html", context, status=422 if form.errors or many else 200)


def _keep(request, programme, kind, row, form):
    common = {"wanted": form.wanted(), "by": request.membership, "sure": form.cleaned_data["sure"]}
    if row is None:
        return service.add_rule(programme=programme, kind=kind, **common)
    return service.change_rule(rule=row, version=form.cleaned_data["version"], **common)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def rule_switch(request, rule_id):
    row = _fetch(request, rule_id)
    on = "on" in request.POST
    try:
        service.switch_rule(rule=row, on=on, by=request.membership)
    except (service.ManyLettersError, service.RuleError) as error:
        messages.warning(request, _("%(why)s Open the rule to look at it and to switch it on.") % {"why": error})
    else:
        messages.success(request, _("Switched on, from today.") if on else _("Switched off. Letters that wait are not sent."))
    return redirect_in(request, "checkins:rules", row.programme_id)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def rule_reset(request, rule_id):
    row = _fetch(request, rule_id)
    return _reset(request, row.programme, row)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def rule_remove(request, rule_id):
    row = _fetch(request, rule_id)
    try:
        gone = service.remove_rule(rule=row, by=request.membership)
    except service.RuleError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("The rule is gone.") if gone else _("It has sent letters, so it is switched off and stays on the list."))
    return redirect_in(request, "checkins:rules", row.programme_id)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def rules_reset(request, programme_id):
    programme = open_programme(request, programme_id)
    if request.method == "POST":
        return _reset(request, programme)
    context = {
        "title": _("Put the reminders back to the preset?"),
        "lead": _("Days, people and words of the preset’s rules become ours again, and all of them are switched on, from today."),
        "consequences": [_("Rules you added yourselves stay as they are."), _("Nothing is sent for what came due before today.")],
        "action_label": _("Put them back"),
        "cancel_url": ReminderRule(organisation=request.organisation, programme=programme).get_absolute_url(),
        "danger": False,
        "form": None,
    }
    return render(request, "confirm.html", context)


def _reset(request, programme, row=None):
    try:
        changed = service.reset_rules(programme=programme, by=request.membership, only=row)
    except service.RuleError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Back to the preset.") if changed else _("It was as in the preset already."))
    return redirect_in(request, "checkins:rules", programme.pk)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def hours(request, programme_id):
    """Of the whole organisation; reached from a programme's reminders."""
    programme = open_programme(request, programme_id)
    organisation = request.organisation
    known = {name: getattr(organisation, name) for name in ("letters_from", "letters_until")}
    form = HoursForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        set_letter_hours(organisation=organisation, by=request.membership, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect_in(request, "checkins:rules", programme.pk)
    return render(request, "checkins/hours.html", {"programme": programme, "form": form}, status=422 if form.errors else 200)


def _fetch(request, rule_id):
    row = fetch_visible(ReminderRule, request.membership, ReminderRule.objects.select_related("programme"), pk=rule_id)
    request.programme = row.programme
    row.programme.organisation = row.organisation = request.organisation
    return row
