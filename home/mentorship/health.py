"""How a mentorship is doing, by plain rules with their reasons. Nothing is inferred beyond what people entered. Pure."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkins import schedule

LOW_MOOD = 2  # "a bit lost" and below
EARLY_DAYS = 14  # before the first check-in could be expected


@dataclass(frozen=True)
class Health:
    """``kind``: "good", "warn" or "" (too early to say). ``reasons``: sentences, the most pressing first."""

    kind: str
    label: str
    reasons: list = field(default_factory=list)


def health_of(*, started_on, last_contact_on, quiet_days, today, moods=(), missed_in_a_row=0, goals_behind=0, active=True, to_student=False) -> Health:
    """Judge one mentorship.

    moods: of the held check-ins, newest first; missed_in_a_row: the last check-ins that did not happen;
    goals_behind: open goals off track; quiet_days: the programme's own limit. Dates as dates.
    to_student: the student reads it, and is not spoken of as somebody else.
    """
    if not active:
        return Health("", _("Ended"))
    reasons = []
    quiet = schedule.days_quiet(last_contact_on, today, started=started_on)
    if schedule.is_quiet(last_contact_on, today, quiet_days, started=started_on):
        reasons.append(ngettext("No check-in for %(n)s day.", "No check-in for %(n)s days.", quiet) % {"n": quiet})
    if missed_in_a_row > 1:
        reasons.append(_("The last %(n)s check-ins did not happen.") % {"n": missed_in_a_row})
    if moods and moods[0] <= LOW_MOOD:
        reasons.append(_("You were not doing so well at the last check-in.") if to_student else _("The student was not doing well at the last check-in."))
    if goals_behind:
        reasons.append(ngettext("%(n)s goal is behind.", "%(n)s goals are behind.", goals_behind) % {"n": goals_behind})
    if reasons:
        return Health("warn", _("Needs attention"), reasons)
    if not moods and (today - started_on).days < EARLY_DAYS:
        return Health("", _("Too early to say"))
    return Health("good", _("On track"))
