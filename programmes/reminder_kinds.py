"""What a reminder can be about: the fact it counts from, who may be told, what stops it. Pure data; one row for each kind.

A rule (models.ReminderRule) is a kind, a number of days, somebody to tell, and perhaps words of the programme's own. Rules count
from facts, never from other letters, so no rule can set off another, and none can go round in a circle.
"""

from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .enums import Recipient, ReminderEvent

BOTH_SIDES = (Recipient.MENTOR, Recipient.STUDENT, Recipient.BOTH)
ONLOOKERS = (Recipient.COORDINATOR, Recipient.TUTOR, Recipient.LINE_MANAGER, Recipient.LEAD)
LONGEST = 120  # days
LEAD_FROM = 14  # days: the lead hears of a silence no earlier than the coordinator does in the field's practice
# What every letter knows, by the word a coordinator writes between braces.
ALWAYS = {"first_name": "first_name", "programme": "programme", "organisation": "organisation"}
NAMES = {"names": "other_names"}


@dataclass(frozen=True)
class Kind:
    """One sort of reminder.

    fact: follows "3 days after"; stop: follows "stop when". letter: of the people concerned; onlookers get their own. before: it
    counts days before. places: {word in braces: key of the letter's context}. must: has to be answered, so it cannot be declined.
    """

    key: str
    event: str
    letter: str
    fact: str
    stop: str
    audience: tuple
    button: str
    places: dict
    before: bool = False
    must: bool = False


KINDS = (
    Kind(
        "check_in_ahead", ReminderEvent.CHECK_IN_PLANNED, "check_in_due",
        gettext_lazy("a planned check-in"), gettext_lazy("it is logged, moved or dropped"),
        BOTH_SIDES, gettext_lazy("Open the check-in"), ALWAYS | NAMES | {"day": "due_on"}, before=True,
    ),
    Kind(
        "check_in_open", ReminderEvent.CHECK_IN_PLANNED, "check_in_overdue",
        gettext_lazy("a check-in that nobody logged"), gettext_lazy("it is logged"),
        (*BOTH_SIDES, *ONLOOKERS), gettext_lazy("Note how it went"), ALWAYS | NAMES | {"day": "due_on", "days": "days_late"},
    ),
    Kind(
        "first_meeting", ReminderEvent.MENTORSHIP_STARTED, "first_meeting_due",
        gettext_lazy("the start of a mentorship whose people have not met"), gettext_lazy("they have met"),
        (*BOTH_SIDES, *ONLOOKERS), gettext_lazy("Plan the first meeting"), ALWAYS | NAMES | {"day": "meet_by"},
    ),
    Kind(
        "agreement", ReminderEvent.MENTORSHIP_STARTED, "agreement_to_sign",
        gettext_lazy("the start of a mentorship whose agreement is not signed"), gettext_lazy("they have signed"),
        (Recipient.RESPONDENT,), gettext_lazy("Read and sign"), ALWAYS | NAMES, must=True,
    ),
    Kind(
        "stage", ReminderEvent.STAGE_BEGAN, "stage_long",
        gettext_lazy("the start of an early stage that has not moved on"), gettext_lazy("the next stage begins"),
        (*BOTH_SIDES, Recipient.COORDINATOR, Recipient.TUTOR), gettext_lazy("Look at the next step"), ALWAYS | NAMES | {"stage": "stage", "days": "days"},
    ),
    Kind(
        "training", ReminderEvent.TRAINING_ASKED, "training_reminder",
        gettext_lazy("a request to train that is not finished"), gettext_lazy("it is finished"),
        (Recipient.MENTOR,), gettext_lazy("Carry on with the training"), ALWAYS | {"done": "done", "total": "total"},
    ),
    Kind(
        "proposal", ReminderEvent.PROPOSAL_PUBLISHED, "proposal_reminder",
        gettext_lazy("a proposal that waits for an answer"), gettext_lazy("they have answered"),
        (Recipient.RESPONDENT,), gettext_lazy("Give your answer"), ALWAYS | {"name": "other_name", "day": "answer_by"}, must=True,
    ),
    Kind(
        "survey", ReminderEvent.SURVEY_OPENED, "survey_reminder",
        gettext_lazy("a review or survey that waits for answers"), gettext_lazy("they have answered"),
        (Recipient.RESPONDENT,), gettext_lazy("Answer"), ALWAYS | {"day": "closes_on", "minutes": "minutes"},
    ),
    Kind(
        "winding_down", ReminderEvent.WINDING_DOWN, "winding_down",
        gettext_lazy("the beginning of an ending that is not prepared"), gettext_lazy("they have written their part"),
        BOTH_SIDES, gettext_lazy("See the four things"), ALWAYS | NAMES | {"day": "ends_on"},
    ),
    Kind(
        "end_checklist", ReminderEvent.END_CHECKLIST_OPENED, "end_checklist",
        gettext_lazy("the opening of an end checklist that is not answered"), gettext_lazy("it is answered"),
        (Recipient.MENTOR,), gettext_lazy("Answer the checklist"), ALWAYS | {"done": "done", "total": "total"},
    ),
    Kind(
        "training_ends", ReminderEvent.TRAINING_ENDS, "training_runs_out",
        gettext_lazy("the end of somebody’s training"), gettext_lazy("it is renewed"),
        (Recipient.MENTOR,), gettext_lazy("See what renews it"), ALWAYS | {"day": "until", "minutes": "minutes"}, before=True,
    ),
)  # fmt: skip
BY_KEY = {kind.key: kind for kind in KINDS}
QUIET = {"check_in_open", "first_meeting"}  # a silence: coordinators have a letter of their own for it
ONLOOKER_LETTER = "told_of"
ONLOOKER_PLACES = ALWAYS | {"students": "student_names", "mentors": "mentor_names", "days": "days"}
TOLD = {
    Recipient.STUDENT: gettext_lazy("remind the student"),
    Recipient.MENTOR: gettext_lazy("remind the mentor"),
    Recipient.BOTH: gettext_lazy("remind both"),
    Recipient.RESPONDENT: gettext_lazy("remind whoever has not done it"),
    Recipient.COORDINATOR: gettext_lazy("tell the coordinators"),
    Recipient.TUTOR: gettext_lazy("tell the student’s tutor"),
    Recipient.LINE_MANAGER: gettext_lazy("tell the line manager"),
    Recipient.LEAD: gettext_lazy("tell the lead for concerns"),
}


# Short names, for choosing what one wants.
NAMED = {
    "check_in_ahead": gettext_lazy("Check-ins that are coming up"),
    "check_in_open": gettext_lazy("Check-ins that nobody logged"),
    "first_meeting": gettext_lazy("A first meeting that is missing"),
    "agreement": gettext_lazy("An agreement to sign"),
    "stage": gettext_lazy("A stage that lasts long"),
    "training": gettext_lazy("Training to finish"),
    "proposal": gettext_lazy("A proposal to answer"),
    "survey": gettext_lazy("Reviews and surveys to answer"),
    "winding_down": gettext_lazy("An ending to prepare"),
    "end_checklist": gettext_lazy("The checklist at the end"),
    "training_ends": gettext_lazy("Training that runs out"),
}


def kind_of(rule) -> Kind:
    """The kind of a rule, by what it counts from, its letter, and who is told."""
    return _kind(rule.event, rule.letter, rule.recipient)


@cache
def _kind(event, letter, recipient):
    of_event = [kind for kind in KINDS if kind.event == event]
    own = [kind for kind in of_event if kind.letter == letter]
    telling = [kind for kind in of_event if recipient in kind.audience]
    return [*own, *telling, *of_event][0]


def letter_of(kind, recipient) -> str:
    """The letter a kind sends to somebody: people concerned get the kind's own, onlookers theirs."""
    if recipient not in ONLOOKERS:
        return kind.letter
    return "quiet_coordinator" if recipient == Recipient.COORDINATOR and kind.key in QUIET else ONLOOKER_LETTER


def places_of(kind, recipient) -> dict[str, str]:
    """{word in braces: key of the letter's context} that a rule's own words may use."""
    return ONLOOKER_PLACES if recipient in ONLOOKERS else kind.places


def sentence(rule) -> str:
    """"3 days after a check-in that nobody logged, remind the mentor; stop when it is logged."."""
    kind = kind_of(rule)
    parts = {"fact": kind.fact, "act": TOLD[rule.recipient], "stop": kind.stop, "n": abs(rule.offset_days)}
    if rule.offset_days == 0:
        return _("On the day of %(fact)s, %(act)s; stop when %(stop)s.") % parts
    if rule.offset_days < 0:
        words = ngettext(
            "%(n)d day before %(fact)s, %(act)s; stop when %(stop)s.", "%(n)d days before %(fact)s, %(act)s; stop when %(stop)s.", parts["n"]
        )
    else:
        words = ngettext(
            "%(n)d day after %(fact)s, %(act)s; stop when %(stop)s.", "%(n)d days after %(fact)s, %(act)s; stop when %(stop)s.", parts["n"]
        )
    return words % parts


def never(kind, offset_days, programme, recipient) -> str:
    """Why a rule could never send a letter, or not to this person, in words; "" where it can."""
    if kind.key == "proposal" and offset_days > programme.answer_days:
        words = ngettext(
            "A proposal is over after %(n)d day, so this reminder would always come too late.",
            "A proposal is over after %(n)d days, so this reminder would always come too late.",
            programme.answer_days,
        )
        return words % {"n": programme.answer_days}
    length = (programme.ends_on - programme.starts_on).days
    if kind.event in {ReminderEvent.MENTORSHIP_STARTED, ReminderEvent.STAGE_BEGAN} and offset_days > length:
        return _("The programme is over by then, so this reminder would never go out.")
    if recipient == Recipient.LEAD and offset_days < LEAD_FROM:
        return _("The lead for concerns is told of a silence after %(n)d days at the earliest.") % {"n": LEAD_FROM}
    return ""
