"""How often a mentorship meets: its programme's rules, its own rhythm, holidays, and what a month comes to."""

from datetime import date, timedelta

from django.contrib.humanize.templatetags.humanize import ordinal
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.services import record
from matching.models import Mentorship
from matching.services.refused import Refused
from programmes.models import Holiday

from .. import quota
from ..models import USUAL_MINUTES, CheckIn, ContactRules, Rhythm

MONTHLY_PRESET = "career_mentoring_year"
COUNTED = (CheckIn.Status.PLANNED, CheckIn.Status.HELD)


def rules_of(programme) -> ContactRules:
    """The programme's rules; where nobody has set any, the usual ones, not saved."""
    found = ContactRules.objects.filter(programme=programme).first()
    if found:
        return found
    monthly = {"least_minutes": 60, "most_minutes": 75} if programme.preset == MONTHLY_PRESET else {}
    every = programme.check_in_every_days
    usual = ContactRules(organisation_id=programme.organisation_id, programme=programme, **monthly)
    usual.least_days, usual.most_days = min(usual.least_days, every), max(usual.most_days, every)
    return usual


def set_rules(*, programme, by, **fields) -> ContactRules:
    """Keep the programme's rules. Rhythms chosen before stay, also where they would not be allowed now."""
    with transaction.atomic():
        row = ContactRules.objects.select_for_update().filter(programme=programme).first() or ContactRules(programme=programme)
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        record("contact rules changed", by=by, about=programme, fields=sorted(fields))
    return row


def rhythm_of(mentorship) -> tuple[int, int | None]:
    """(days between check-ins, weekday or None): what the two have chosen, else what the programme says."""
    chosen = Rhythm.objects.filter(mentorship=mentorship).first()
    return (chosen.every_days, chosen.weekday) if chosen else (mentorship.programme.check_in_every_days, None)


def choose_rhythm(*, mentorship, every_days, weekday, by, at=None) -> Rhythm:
    """Another rhythm for one mentorship, within what its programme allows. The plan is the caller's to make anew."""
    rules = rules_of(mentorship.programme)
    if not rules.least_days <= every_days <= rules.most_days:
        words = _("Your programme asks for a check-in every %(least)d to %(most)d days.")
        raise Refused(words % {"least": rules.least_days, "most": rules.most_days})
    with transaction.atomic():
        Mentorship.objects.select_for_update(no_key=True).get(pk=mentorship.pk)
        row = Rhythm.objects.filter(mentorship=mentorship).first() or Rhythm(mentorship=mentorship)
        row.every_days, row.weekday, row.chosen_at = every_days, weekday, at or timezone.now()
        row.save()
        record("rhythm chosen", by=by, about=mentorship, every_days=every_days)
    return row


def closed_days(programme, first: date, last: date) -> dict[date, str]:
    """{day: the holiday's name} of the programme's and the organisation's holidays from ``first`` to ``last``."""
    found = {}
    for row in Holiday.objects.of(programme).between(first, last):
        day = max(row.first_on, first)
        while day <= min(row.last_on, last):
            found.setdefault(day, row.name)
            day += timedelta(days=1)
    return found


def limits_of(rules) -> quota.Limits:
    return quota.Limits(rules.least_minutes, rules.most_minutes, rules.extra_calls, rules.extra_minutes)


def contacts_of(mentorship, *, without=None) -> list[quota.Contact]:
    """What is planned or was held, for counting. without: a check-in to leave out."""
    rows = CheckIn.objects.filter(mentorship=mentorship, status__in=COUNTED)
    if without is not None:
        rows = rows.exclude(pk=without.pk)
    return [contact_of(row) for row in rows]


def contact_of(row) -> quota.Contact:
    return quota.Contact(row.held_on or row.due_on, row.minutes or row.planned_minutes or USUAL_MINUTES, row.is_extra)


def month_words(mentorship, on: date) -> list[str]:
    """What in the month of ``on`` goes beyond the programme's limits, in sentences; empty where nothing does."""
    month = quota.month_of(contacts_of(mentorship), on)
    return over_words(month, limits_of(rules_of(mentorship.programme)))


def over_words(month, limits) -> list[str]:
    sentences = {
        "extra_calls": _("That is the %(nth)s extra call in %(month)s; your programme allows %(most)d."),
        "extra_minutes": _("Extra calls come to %(there)d minutes in %(month)s; your programme allows %(most)d."),
        "most_minutes": _("That makes %(there)d minutes in %(month)s; your programme asks for at most %(most)d."),
    }
    name = date_format(month.first, "F")
    return [
        sentences[what] % {"nth": ordinal(there), "there": there, "most": most, "month": name} for what, there, most in month.over(limits)
    ]


def month_line(month, rules) -> str:
    """What the month comes to so far, in one line: "This month: 2 check-ins, 90 minutes; 1 of 3 extra calls"."""
    name = date_format(month.first, "F")
    words = ngettext("%(month)s: %(n)d check-in, %(minutes)d minutes", "%(month)s: %(n)d check-ins, %(minutes)d minutes", month.regular)
    words %= {"month": name, "n": month.regular, "minutes": month.minutes}
    if rules.least_minutes and rules.most_minutes:
        words += _(" (asked for: %(least)d to %(most)d)") % {"least": rules.least_minutes, "most": rules.most_minutes}
    return _("%(words)s; %(extra)d of %(most)d extra calls") % {"words": words, "extra": month.extra, "most": rules.extra_calls}
