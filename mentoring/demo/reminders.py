"""Reminder rules as a programme that has run for a while has them: one with its own words, one of its own; somebody who wants fewer."""

from checkins.services import preferences, reminder_rules
from checkins.services.reminder_rules import Wanted
from programmes.models import ReminderRule
from programmes.reminder_kinds import BY_KEY

OPENING = "Hello {first_name}, how did it go with {names} on {day}? Two lines are plenty; we read them on Friday."


def shape_reminders(programme, mentors, *, by):
    """After the demo's past is written, so that nothing is sent for it."""
    rule = ReminderRule.objects.select_related("programme").filter(
        programme=programme, event="check_in_planned", offset_days=3, recipient="mentor"
    ).first()
    own_words = Wanted(3, "mentor", subject="How was {day}?", opening=OPENING)
    reminder_rules.change_rule(rule=rule, wanted=own_words, version=rule.version, by=by)
    reminder_rules.add_rule(programme=programme, kind=BY_KEY["check_in_open"], wanted=Wanted(14, "tutor"), by=by)
    weekly, paused = mentors[-1], mentors[-2]
    preferences.choose_weekly(key=f"membership:{weekly.membership_id}", on=True, by=weekly.membership)
    preferences.decline_kind(key=f"membership:{paused.membership_id}", kind="check_in_ahead", by=paused.membership)
