"""Reminder rules as a coordinator edits them: checked, counted before they send, put back to the preset.

A rule that is new, switched on, moved or turned to somebody else begins with what comes due from that day on. Reaching back (a
week, as far as any reminder does) is asked for. Many letters at once are asked about first.
"""

import copy
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.services import record
from common.refused import Refused
from organisations.days import local_today
from programmes.models import Participant, Programme, ReminderRule
from programmes.presets import PRESETS
from programmes.reminder_kinds import BY_KEY, LONGEST, Kind, kind_of, letter_of, never, places_of

from ..models import ReminderSent
from .reminder_letters import PLACE
from .reminder_plan import by_person
from .reminders import _unsent, asked_by

MANY = 200  # letters
MANY_SHARE = 0.2  # of a programme's people, but not below FEW letters
FEW = 20
NOT_IN_SUBJECTS = {"names", "name", "first_name", "students", "mentors"}  # a subject may be read over a shoulder
SUBJECT_MOST, OPENING_MOST = 78, 600  # characters


class RuleError(Refused):
    """The rule cannot be kept like this. field: where on the form, or ""."""

    def __init__(self, words, field=""):
        super().__init__(words)
        self.field = field


class ManyLettersError(Refused):
    """The rule would send many letters now, and nobody has said that this is meant. number: how many."""

    def __init__(self, number, people):
        self.number = number
        words = ngettext(
            "This would send %(n)d letter today, to %(people)d people in the programme.",
            "This would send %(n)d letters today. The programme has %(people)d people.",
            number,
        )
        super().__init__(words % {"n": number, "people": people})


@dataclass(frozen=True)
class Wanted:
    """What a coordinator chose. days: a positive number; the kind says whether before or after."""

    days: int
    recipient: str
    is_active: bool = True
    subject: str = ""
    opening: str = ""
    reach_back: bool = False


@transaction.atomic
def add_rule(*, programme, kind: Kind, wanted: Wanted, by, sure=False, at=None) -> ReminderRule:
    """A rule of the programme's own. RuleError, ManyLettersError. The same once more (a double click) is the same rule."""
    Programme.objects.select_for_update(no_key=True, of=("self",)).get(pk=programme.pk)
    rule = ReminderRule(programme=programme, organisation_id=programme.organisation_id, event=kind.event)
    _apply(rule, kind, wanted, programme, at)
    twin = _twins(rule).first()
    if twin and (twin.subject, twin.opening) == (rule.subject, rule.opening):
        return twin
    _check(rule, kind, programme)
    _ask_if_many(rule, programme, sure, at)
    rule.save()
    record("reminder rule added", by=by, about=rule, kind=kind.key, days=rule.offset_days, to=rule.recipient)
    return rule


@transaction.atomic
def change_rule(*, rule, wanted: Wanted, version, by, sure=False, at=None) -> ReminderRule:
    """Change a rule that is still as ``version`` was. RuleError (also when somebody was quicker), ManyLettersError."""
    programme, kind = rule.programme, kind_of(rule)
    rule = ReminderRule.objects.select_for_update().get(pk=rule.pk)
    before = _shape(rule)
    _apply(rule, kind, wanted, programme, at, was=before)
    if _shape(rule) == before:
        return rule
    if rule.version != version:
        raise RuleError(_("Somebody changed this rule while you did. Yours is still here: look at what stands now, then save again."))
    _check(rule, kind, programme)
    _ask_if_many(rule, programme, sure, at)
    rule.version += 1
    rule.save()
    record("reminder rule changed", by=by, about=rule, days=rule.offset_days, to=rule.recipient, on=rule.is_active)
    return rule


def switch_rule(*, rule, on, by, sure=False, at=None) -> ReminderRule:
    """On or off, all else as it is."""
    wanted = Wanted(abs(rule.offset_days), rule.recipient, on, rule.subject, rule.opening)
    return change_rule(rule=rule, wanted=wanted, version=rule.version, by=by, sure=sure, at=at)


def preset_of(rule):
    """The preset's rule that this one came from (a RuleSpec), or None."""
    return next((spec for spec in _specs(rule.programme) if spec.key == rule.preset_key), None)


def differs(rule) -> bool:
    """Whether a rule that came from the preset is not as the preset has it."""
    spec = preset_of(rule)
    if spec is None:
        return False
    return (spec.offset_days, spec.recipient, spec.letter, True, "", "") != _shape(rule)


@transaction.atomic
def reset_rules(*, programme, by, only=None, at=None) -> int:
    """Back to the preset: the rules that came from it, and those that are missing. The programme's own stay. Returns how many changed.

    only: one rule. RuleError where a rule of the programme's own stands in the way.
    """
    rows = list(ReminderRule.objects.select_for_update().filter(programme=programme).exclude(preset_key=""))
    for row in rows:
        row.programme = programme
    chosen = [row for row in rows if only is None or row.pk == only.pk]
    changed = [row for row in chosen if differs(row)]
    for place, row in enumerate(changed):  # out of one another's way: two may change places
        ReminderRule.objects.filter(pk=row.pk).update(offset_days=10_000 + place)
    today = local_today(programme.organisation, at)
    for row in changed:
        spec = preset_of(row)
        row.offset_days, row.recipient, row.letter = spec.offset_days, spec.recipient, spec.letter
        row.is_active, row.subject, row.opening = True, "", ""
        row.counts_from, row.version = today, row.version + 1
        _no_twin(row)
        row.save()
    added = 0 if only else _add_missing(programme, {row.preset_key for row in rows}, today)
    if changed or added:
        record("reminders put back to the preset", by=by, about=programme, rules=len(changed) + added)
    return len(changed) + added


def remove_rule(*, rule, by) -> bool:
    """Take away a rule of the programme's own. One that has sent letters is switched off instead: they have to be explained. True when gone."""
    if preset_of(rule):
        raise RuleError(_("A rule of the preset cannot be removed. Switch it off."))
    if ReminderSent.objects.filter(rule=rule).exists():
        switch_rule(rule=rule, on=False, by=by)
        return False
    record("reminder rule removed", by=by, about=rule, days=rule.offset_days, to=rule.recipient)
    rule.delete()
    return True


def letters_now(rule, programme, at=None) -> int:
    """How many people a rule, kept or not, would write to today."""
    at = at or timezone.now()
    trial = copy.copy(rule)
    trial.programme, trial.pk = programme, rule.pk or 0
    dues = list(asked_by(rule.event, [trial], local_today(programme.organisation, at)))
    return len(by_person(due for due in _unsent(dues) if due.person.email)) if rule.is_active else 0


def places_in(text) -> list[str]:
    """The words in braces."""
    return PLACE.findall(text)


def _apply(rule, kind, wanted, programme, at, was=None):
    rule.offset_days = -wanted.days if kind.before else wanted.days
    rule.recipient, rule.is_active = wanted.recipient, wanted.is_active
    rule.letter = letter_of(kind, wanted.recipient) if was is None or was[1] != wanted.recipient else rule.letter
    rule.subject, rule.opening = (" ".join(text.split()) for text in (wanted.subject, wanted.opening))
    if was is None or was[:4] != _shape(rule)[:4]:
        rule.counts_from = None if wanted.reach_back else local_today(programme.organisation, at)


def _shape(rule):
    return rule.offset_days, rule.recipient, rule.letter, rule.is_active, rule.subject, rule.opening


def _check(rule, kind, programme):
    if not 0 <= abs(rule.offset_days) <= LONGEST:
        raise RuleError(_("Choose a number of days from 0 to %(n)d.") % {"n": LONGEST}, "days")
    if rule.recipient not in kind.audience:
        raise RuleError(_("This reminder cannot go to them."), "recipient")
    if why := never(kind, rule.offset_days, programme, rule.recipient):
        raise RuleError(why, "days")
    _check_words(rule, kind)
    _no_twin(rule)


def _check_words(rule, kind):
    places = places_of(kind, rule.recipient)
    for field, text, known, most in (
        ("subject", rule.subject, [one for one in places if one not in NOT_IN_SUBJECTS], SUBJECT_MOST),
        ("opening", rule.opening, list(places), OPENING_MOST),
    ):
        if len(text) > most:
            raise RuleError(_("At most %(n)d characters; this has %(has)d.") % {"n": most, "has": len(text)}, field)
        shown = ", ".join(f"{{{one}}}" for one in known)
        unknown = [one for one in places_in(text) if one not in known]
        if unknown:
            parts = {"unknown": ", ".join(f"{{{one}}}" for one in unknown), "known": shown}
            raise RuleError(_("%(unknown)s cannot be filled in here. You can use %(known)s.") % parts, field)
        if {"{", "}"} & set(PLACE.sub("", text)):
            raise RuleError(_("A brace has no partner. Write a word to be filled in like {programme}."), field)


def _twins(rule):
    rows = ReminderRule.objects.filter(
        programme=rule.programme, event=rule.event, offset_days=rule.offset_days, recipient=rule.recipient
    )
    return rows.exclude(pk=rule.pk)


def _no_twin(rule):
    if _twins(rule).exists():
        raise RuleError(_("There is a rule for this day, this thing and these people already. Choose another day, or change that one."), "days")


def _ask_if_many(rule, programme, sure, at):
    if sure or not rule.is_active:
        return
    number = letters_now(rule, programme, at)
    people = Participant.objects.active().filter(programme=programme).count()
    if number > MANY or (number >= FEW and number > MANY_SHARE * people):
        raise ManyLettersError(number, people)


def _specs(programme):
    """The rules of the programme's preset; none where it was made from one that is no longer kept."""
    return next((preset.rules for preset in PRESETS if preset.key == programme.preset), ())


def _add_missing(programme, known, today):
    missing = [spec for spec in _specs(programme) if spec.key not in known]
    rows = []
    for spec in missing:
        row = ReminderRule(
            organisation_id=programme.organisation_id, programme=programme, event=spec.event, offset_days=spec.offset_days,
            recipient=spec.recipient, letter=spec.letter, preset_key=spec.key, counts_from=today,
        )  # fmt: skip
        if not _twins(row).exists():
            rows.append(row)
    return len(ReminderRule.objects.bulk_create(rows))


def kind_named(key) -> Kind | None:
    """The kind of this key, if there is one."""
    return BY_KEY.get(key)
