"""When a reminder goes out, to whom, and what stops it.

Pure data. The clocks are those in use in the field: answer a proposal within 3 days, first meeting within 10;
first nudge after 3 days, second after 10, the coordinator after 14; stuck in a stage after 21; surveys again
on day 3 and day 10; nobody gets more than one nudge in 24 hours.

A rule counts `offset_days` from the day of `event`; a negative number means before it. It goes to each role in
`to`, and the stop condition is asked for each person separately: whoever has done the thing gets nothing.
"""

from dataclasses import dataclass

MIN_HOURS_BETWEEN_NUDGES = 24
ANSWER_PROPOSAL_DAYS = 3
FIRST_MEETING_DAYS = 10
NUDGE_DAYS = (3, 10)
COORDINATOR_DAYS = 14
STUCK_IN_STAGE_DAYS = 21
SURVEY_REMINDER_DAYS = (3, 10)

EVENTS = (
    "training_invited",
    "proposal_published",
    "mentorship_started",
    "check_in_planned",
    "last_contact",
    "stage_entered",
    "review_opened",
    "exit_survey_opened",
)
STOPS = (
    "training_finished",
    "proposal_answered",
    "agreement_signed",
    "first_check_in_logged",
    "check_in_logged",
    "contact_made",
    "stage_left",
    "review_answered",
    "exit_survey_answered",
)
RECIPIENTS = ("student", "mentor", "line_manager", "coordinator")


@dataclass(frozen=True)
class ReminderRule:
    """One reminder. An empty `letter` means: show it on the coordinator's attention list, send nothing."""

    key: str
    event: str
    offset_days: int
    to: tuple[str, ...]
    stop: str
    letter: str = ""


def standard_rules(*, quiet_days):
    """Return every rule of a standard programme; `quiet_days` without contact alert the coordinator."""
    return (
        *_ladder("training", "training_invited", ("mentor",), "training_finished", "training_reminder"),
        *_ladder("proposal", "proposal_published", ("student", "mentor"), "proposal_answered", "proposal_reminder"),
        *_ladder("agreement", "mentorship_started", ("student", "mentor"), "agreement_signed", "agreement_to_sign"),
        *_ladder("first_meeting", "mentorship_started", ("mentor",), "first_check_in_logged", "first_meeting_due"),
        ReminderRule("check_in_due", "check_in_planned", -1, ("student", "mentor"), "check_in_logged", "check_in_due"),
        *_ladder("check_in", "check_in_planned", ("mentor",), "check_in_logged", "check_in_overdue"),
        ReminderRule("quiet", "last_contact", quiet_days, ("coordinator",), "contact_made", "quiet_coordinator"),
        ReminderRule("stuck", "stage_entered", STUCK_IN_STAGE_DAYS, ("coordinator",), "stage_left"),
        *_survey_rules("review", "review_opened", "review_answered", "review_open", "line_manager_review"),
        *_survey_rules("exit_survey", "exit_survey_opened", "exit_survey_answered", "survey_open", "line_manager_survey"),
    )


def _ladder(key, event, to, stop, letter):
    """Return the two nudges and the coordinator's alert that follow an event."""
    first, second = NUDGE_DAYS
    return (
        ReminderRule(f"{key}_first", event, first, to, stop, letter),
        ReminderRule(f"{key}_second", event, second, to, stop, letter),
        ReminderRule(f"{key}_coordinator", event, COORDINATOR_DAYS, ("coordinator",), stop),
    )


def _survey_rules(key, event, stop, letter, line_manager_letter):
    """Return the letters of a review or exit survey: at once, two reminders, then the coordinator."""
    voices = ("student", "mentor", "line_manager")
    first, second = SURVEY_REMINDER_DAYS
    return (
        ReminderRule(f"{key}_open", event, 0, ("student", "mentor"), stop, letter),
        ReminderRule(f"{key}_open_line_manager", event, 0, ("line_manager",), stop, line_manager_letter),
        ReminderRule(f"{key}_first", event, first, voices, stop, "survey_reminder"),
        ReminderRule(f"{key}_second", event, second, voices, stop, "survey_reminder"),
        ReminderRule(f"{key}_coordinator", event, COORDINATOR_DAYS, ("coordinator",), stop),
    )
