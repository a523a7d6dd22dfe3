"""When a reminder goes out, to whom, and what stops it. Pure data.

The clocks are those in use in the field: answer a proposal within 3 days, nudged after 1 and 2; first meeting within 10; first nudge
after 3 days, second after 10, the coordinator after 14; stuck in a stage after 21; surveys again on day 3 and
day 10; nobody gets more than one nudge in 24 hours.

Every reminder stops for each person separately: whoever has done the thing gets nothing more. A programme's days of
silence send no letter: they show on the coordinator's attention list.
"""

from dataclasses import dataclass

MIN_HOURS_BETWEEN_NUDGES = 24
ANSWER_PROPOSAL_DAYS = 3
PROPOSAL_NUDGE_DAYS = (1, 2)  # it lapses after ANSWER_PROPOSAL_DAYS
FIRST_MEETING_DAYS = 10
NUDGE_DAYS = (3, 10)
COORDINATOR_DAYS = 14
STUCK_IN_STAGE_DAYS = 21
SURVEY_REMINDER_DAYS = (3, 10)
TRAINING_ENDS_DAYS = 30  # before the day: time to find an evening


@dataclass(frozen=True)
class RuleSpec:
    """One reminder: `letter` to `recipient`, `offset_days` after `event` (negative: before), unless `stop` came first.

    Event and recipient are values of `programmes.enums.ReminderEvent` and `Recipient`; "respondent" is whoever was
    asked and has not yet answered or signed. `stop` says in one word what ends it.
    """

    event: str
    offset_days: int
    recipient: str
    letter: str
    stop: str

    @property
    def key(self):
        """By which a programme's rule remembers where it came from."""
        return f"{self.event}:{self.offset_days}:{self.recipient}:{self.letter}"


def _nudges(event, recipient, letter, stop, days=NUDGE_DAYS):
    return tuple(RuleSpec(event, day, recipient, letter, stop) for day in days)


STANDARD_RULES = (
    *_nudges("training_asked", "mentor", "training_reminder", "training_finished"),
    *_nudges("proposal_published", "respondent", "proposal_reminder", "proposal_answered", PROPOSAL_NUDGE_DAYS),
    *_nudges("mentorship_started", "respondent", "agreement_to_sign", "agreement_signed"),
    *_nudges("mentorship_started", "mentor", "first_meeting_due", "first_check_in_held"),
    RuleSpec("mentorship_started", COORDINATOR_DAYS, "coordinator", "quiet_coordinator", "first_check_in_held"),
    RuleSpec("check_in_planned", -1, "student", "check_in_due", "check_in_logged"),
    RuleSpec("check_in_planned", -1, "mentor", "check_in_due", "check_in_logged"),
    *_nudges("check_in_planned", "mentor", "check_in_overdue", "check_in_logged"),
    RuleSpec("check_in_planned", COORDINATOR_DAYS, "coordinator", "quiet_coordinator", "check_in_logged"),
    RuleSpec("stage_began", STUCK_IN_STAGE_DAYS, "mentor", "stage_long", "stage_moved_on"),
    RuleSpec("winding_down", 0, "both", "winding_down", "ending_written"),
    *_nudges("survey_opened", "respondent", "survey_reminder", "survey_answered", SURVEY_REMINDER_DAYS),
    *_nudges("end_checklist_opened", "mentor", "end_checklist", "checklist_finished", (0, *NUDGE_DAYS)),
    RuleSpec("training_ends", -TRAINING_ENDS_DAYS, "mentor", "training_runs_out", "refresher_noted"),
)
# A blank programme reminds only of what was agreed with people by date.
BLANK_RULES = tuple(rule for rule in STANDARD_RULES if rule.event in {"proposal_published", "check_in_planned"})
