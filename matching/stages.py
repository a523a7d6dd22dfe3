"""The five stages of a mentorship: what each is for, what either side can do in it, and which facts speak for the next. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from programmes.reminder_rules import STUCK_IN_STAGE_DAYS

# Winding down starts when about this share of the time, or of the goals, is done.
WINDING_DOWN_AT_PERCENT = 80
EARLY = ("rapport", "direction")  # the middle takes as long as it takes


@dataclass(frozen=True)
class StageSpec:
    """One stage of `matching.enums.Stage`: a name short enough for a stepper, what the stage is for, and what helps in it.

    mentor, student: three prompts each, for that side. What the two talk about together stands in `checkins.prompts`.
    """

    key: str
    short_label: str
    purpose: str
    mentor: tuple[str, ...]
    student: tuple[str, ...]


STAGES = (
    StageSpec(
        "rapport",
        _("Rapport"),
        _("Get to know each other and settle how you work together."),
        mentor=(
            _("Tell how you began, with one thing that went wrong."),
            _("Ask what would make this time worth it, and write the answer down."),
            _("Settle how to reach each other, and keep your first promise."),
        ),
        student=(
            _("Bring one question you would not ask your line manager."),
            _("Say how you like to be told that something could be better."),
            _("Tell your mentor what you are good at outside work."),
        ),
    ),
    StageSpec(
        "direction",
        _("Setting direction"),
        _("Decide what to aim for and write it as goals."),
        mentor=(
            _("Ask what good would look like at the end, before you suggest anything."),
            _("Help to make it small enough: one goal that can be reached is better than three that cannot."),
            _("Say whom in the organisation the student should meet."),
        ),
        student=(
            _("Choose one thing you want to do without help by the end."),
            _("Write it as a goal in your own words; the page helps with the rest."),
            _("Decide the first step and the day you will take it."),
        ),
    ),
    StageSpec(
        "progression",
        _("Progression"),
        _("Do the work, learn from it, change the plan when needed."),
        mentor=(
            _("Ask what has been tried before you say what you would do."),
            _("Name one thing that went better than last time, with an example."),
            _("Offer something a little harder, and stay close while it is tried."),
        ),
        student=(
            _("Bring something you did: a drawing, a note, a screen, a story."),
            _("Say early when a goal no longer fits. Changing it is not failing."),
            _("Ask one person at work for feedback, and bring what they said."),
        ),
    ),
    StageSpec(
        "winding_down",
        _("Winding down"),
        _("Look back, say thank you, plan the ending."),
        mentor=(
            _("Say what you saw change, with a day and an example."),
            _("Say what you learnt yourself."),
            _("Talk openly about the ending: what stays, what stops, and when."),
        ),
        student=(
            _("Look at your first goal again: what can you do now?"),
            _("Decide whom you want to thank, and for what."),
            _("Think about what comes next, and what would help with it."),
        ),
    ),
    StageSpec(
        "moving_on",
        _("Moving on"),
        _("Finish well and agree what contact stays, if any."),
        mentor=(
            _("Keep the last promise you made."),
            _("Leave the next step to the student, and say that you trust them with it."),
            _("Tell your coordinator that you have finished."),
        ),
        student=(
            _("Take your papers with you: goals, certificates, names."),
            _("Put the first date of your next step into your calendar."),
            _("Tell your tutor and your line manager how it went."),
        ),
    ),
)
SPECS = {spec.key: spec for spec in STAGES}
ORDER = [spec.key for spec in STAGES]


@dataclass(frozen=True)
class Facts:
    """What is known of a mentorship. goals_agreed: student's goals that both agreed; ending_due: see `ending_starts_on`.

    settled: the contact afterwards is settled; days_left: until its last day, negative once that is past.
    """

    signed: bool = False
    goals_agreed: int = 0
    ending_due: bool = False
    settled: bool = False
    days_left: int = 1


@dataclass(frozen=True)
class Suggestion:
    """A stage the facts speak for. fact: a key of `FACTS`, kept with the move."""

    stage: str
    fact: str

    @property
    def why(self):
        return FACTS[self.fact]


FACTS = {
    "agreement_signed": _("Everybody has signed the agreement."),
    "goals_agreed": _("You have agreed your first goals."),
    "ending_due": _("Four fifths of the time, or of the goals, are done."),
    "contact_settled": _("You have settled what contact stays."),
    "time_over": _("The last day has come."),
}


def suggest(stage, facts: Facts) -> Suggestion | None:
    """The furthest later stage that the facts speak for, or None. Nobody is moved by it: a member confirms.

    Goals alone lead nobody past an unsigned agreement; the end of the time does.
    """
    found = None
    for to, fact, holds in _rules(stage, facts):
        if holds and ORDER.index(to) > ORDER.index(stage):
            found = Suggestion(to, fact)
    return found


def _rules(stage, facts):
    ending = stage in {"winding_down", "moving_on"}
    yield "direction", "agreement_signed", facts.signed
    yield "progression", "goals_agreed", facts.goals_agreed and (facts.signed or stage == "direction")
    yield "winding_down", "ending_due", facts.ending_due
    yield "moving_on", "contact_settled", ending and facts.settled
    yield "moving_on", "time_over", ending and facts.days_left <= 0


def ending_starts_on(start: date, end: date, reached_on=(), goals: int = 0, at_percent: int = WINDING_DOWN_AT_PERCENT) -> date:
    """The day from which the ending is planned: `at_percent` of the time is over, or of the goals reached, whichever is sooner.

    reached_on: the days on which goals were reached; goals: how many there are, open ones included, those set aside not.
    """
    by_time = start + timedelta(days=-(-(end - start).days * at_percent // 100))
    needed = -(-goals * at_percent // 100)
    done = sorted(reached_on)
    return min(by_time, done[needed - 1]) if goals and len(done) >= needed else by_time


def days_in_stage(since: date, today: date) -> int:
    return max(0, (today - since).days)


def is_stuck(stage, since: date, today: date) -> bool:
    """Whether an early stage has lasted for STUCK_IN_STAGE_DAYS or longer: a fact for the attention list and for reminders."""
    return stage in EARLY and days_in_stage(since, today) >= STUCK_IN_STAGE_DAYS
