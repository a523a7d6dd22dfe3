"""The action plan as plain records, and the PDF made from them. No models: whoever may see the rows fills these in."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import rendering

MOST_PAGES = 3
SMART = "SMART"


@dataclass(frozen=True)
class Step:
    """One action step. `owner` is a name or several, `due` may be unknown."""

    text: str
    owner: str = ""
    due: date | None = None
    done: bool = False


@dataclass(frozen=True)
class ProgressPoint:
    """Progress of a goal as it stood on a day, in percent."""

    on: date
    percent: int


@dataclass(frozen=True)
class Goal:
    """A SMART goal.

    smart: the letters that hold, a subset of "SMART". percent: 0 to 100, clamped on the page.
    on_track: None when nobody has said. history: earlier points, oldest first. agreed: who agreed it when, in words.
    work: the one piece of work it is for; empty: the whole placement. serves: numbers of the plan's objectives, from 1.
    """

    title: str
    percent: int = 0
    on_track: bool | None = None
    smart: str = SMART
    steps: tuple[Step, ...] = ()
    history: tuple[ProgressPoint, ...] = ()
    agreed: str = ""
    work: str = ""
    serves: tuple[int, ...] = ()


@dataclass(frozen=True)
class Yes:
    """Somebody agreed a learning objective in its present words. ``on``: a day."""

    name: str
    on: date


@dataclass(frozen=True)
class Objective:
    """A learning objective of the placement. waiting: whose yes is missing, as words to print ("tutor")."""

    text: str
    agreed: tuple[Yes, ...] = ()
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckIn:
    """One check-in that was held. `how` and `mood` are the words to print, not codes."""

    on: date
    how: str = ""
    minutes: int | None = None
    mood: str = ""
    agreed: str = ""


@dataclass(frozen=True)
class NextDate:
    """Something to come: a day, or a day and time (aware or already local)."""

    on: date | datetime
    what: str


@dataclass(frozen=True)
class Signature:
    """A line to sign. `role` is the word to print ("student"); `signed_on` None leaves the line open for ink."""

    name: str
    role: str
    signed_on: date | None = None


@dataclass(frozen=True)
class Placement:
    """Where the student works. Hours are whole hours; None when nobody counts them."""

    role: str = ""
    employer: str = ""
    site: str = ""
    start: date | None = None
    end: date | None = None
    hours_done: int | None = None
    hours_planned: int | None = None
    line_manager: str = ""


@dataclass(frozen=True)
class ActionPlan:
    """Everything an action plan says. Names are printed as given. `language` is a Django language code."""

    organisation: str
    programme: str
    version: int
    made_on: date
    student: str
    mentors: tuple[str, ...] = ()
    tutor: str = ""
    placement: Placement = field(default_factory=Placement)
    objectives: tuple[Objective, ...] = ()
    goals: tuple[Goal, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    next_dates: tuple[NextDate, ...] = ()
    signatures: tuple[Signature, ...] = ()
    language: str = "en-gb"


@dataclass(frozen=True)
class Detail:
    """How much of a long plan is printed. Goals are never left out; what is left out is counted on the page."""

    check_ins: int
    agreed: int  # characters of what was agreed
    done_steps: bool = True
    open_steps: int = 1000  # of each goal


# Tried in this order until the plan fits on MOST_PAGES; the last is kept whatever its length.
DETAILS = (
    Detail(check_ins=24, agreed=400),
    Detail(check_ins=6, agreed=160, done_steps=False),
    Detail(check_ins=3, agreed=80, done_steps=False, open_steps=2),
)


@dataclass(frozen=True)
class Paper:
    """A finished PDF and its number of pages."""

    content: bytes
    pages: int


def print_action_plan(plan: ActionPlan) -> Paper:
    """The plan as PDF/UA-1, one to three pages for any plan with a sane number of goals.

    The same plan gives the same bytes. Raises rendering.PaperUnavailableError when this machine cannot make PDFs.
    """
    for detail in DETAILS:
        page = present(plan, detail)
        document = rendering.lay_out("documents/action_plan.html", {"page": page}, language=plan.language)
        if len(document.pages) <= MOST_PAGES:
            break
    return Paper(rendering.write_pdf(document), len(document.pages))


def render_action_plan(plan: ActionPlan) -> bytes:
    """Only the bytes of print_action_plan."""
    return print_action_plan(plan).content


def present(plan: ActionPlan, detail: Detail = DETAILS[0]) -> dict:
    """The plan in words ready to print, in the plan's language."""
    with translation.override(plan.language):
        latest = sorted(plan.check_ins, key=lambda check_in: check_in.on)[-detail.check_ins :]
        return {
            "plan": plan,
            "facts": _facts(plan),
            "objectives": [(number, item.text, _agreed(item, plan)) for number, item in enumerate(plan.objectives, 1)],
            "goals": [_goal(number, goal, plan, detail) for number, goal in enumerate(plan.goals, 1)],
            "check_ins": [_check_in(check_in, plan, detail) for check_in in latest],
            "check_ins_left_out": len(plan.check_ins) - len(latest),
            "next_dates": [(_long_date(item.on), item.what) for item in sorted(plan.next_dates, key=_moment)],
            "signatures": [(item, _signed(item)) for item in plan.signatures],
        }


def _facts(plan: ActionPlan) -> list[tuple[str, str]]:
    """The block under the title. Unknown things are left out, not printed empty."""
    placement = plan.placement
    facts = [
        (_("Placement"), placement.role),
        (_("Employer"), ", ".join(filter(None, [placement.employer, placement.site]))),
        (_("Dates"), _period(placement.start, placement.end)),
        (_("Line manager"), placement.line_manager),
        (_("Hours"), _hours(placement)),
        (_("Tutor"), plan.tutor),
    ]
    return [(label, value) for label, value in facts if value]


def _goal(number: int, goal: Goal, plan: ActionPlan, detail: Detail) -> dict:
    percent = max(0, min(100, goal.percent))
    steps = _steps_to_print(goal, detail)
    printed_done = sum(step.done for step in steps)
    all_done = sum(step.done for step in goal.steps)
    track = {True: _("on track"), False: _("behind"), None: ""}[goal.on_track]
    if percent == 100:
        track = _("done")
    return {
        "number": number,
        "title": goal.title,
        "percent": percent,
        "track": track,
        "behind": goal.on_track is False and percent < 100,
        "picture": ", ".join(filter(None, [_("Progress: %(percent)s %%") % {"percent": percent}, track])),
        "marks": _marks(goal.history[-6:], percent),
        "history": [(_short_date(point.on, plan.made_on), point.percent) for point in goal.history[-6:]],
        "unsettled": _unsettled(goal.smart),
        "about": " · ".join(filter(None, [goal.agreed, goal.work and _("for: %(work)s") % {"work": goal.work}, _serves(goal)])),
        "steps": [(step, _short_date(step.due, plan.made_on)) for step in steps],
        "done_left_out": all_done - printed_done,
        "open_left_out": (len(goal.steps) - all_done) - (len(steps) - printed_done),
    }


def _serves(goal: Goal) -> str:
    if not goal.serves:
        return ""
    numbers = ", ".join(str(number) for number in goal.serves)
    return ngettext("serves objective %(numbers)s", "serves objectives %(numbers)s", len(goal.serves)) % {"numbers": numbers}


def _agreed(objective: Objective, plan: ActionPlan) -> str:
    said = ", ".join(f"{yes.name} {_short_date(yes.on, plan.made_on)}" for yes in objective.agreed)
    waits = ", ".join(objective.waiting)
    return "; ".join(
        filter(None, [said and _("agreed: %(names)s") % {"names": said}, waits and _("still to agree: %(names)s") % {"names": waits}])
    )


def _steps_to_print(goal: Goal, detail: Detail) -> list[Step]:
    """In the goal's order: the done ones if there is room for them, and the first open ones."""
    kept, open_ones = [], 0
    for step in goal.steps:
        open_ones += not step.done
        if detail.done_steps if step.done else open_ones <= detail.open_steps:
            kept.append(step)
    return kept


def _marks(history: tuple[ProgressPoint, ...], percent: int) -> list[int]:
    """Where the bar shows an earlier state: inside its filled part, and not so close that two marks run together."""
    marks: list[int] = []
    for point in sorted(history, key=lambda point: point.percent):
        if point.percent - (marks[-1] if marks else 0) >= 3 and point.percent < percent:
            marks.append(point.percent)
    return marks


def _check_in(check_in: CheckIn, plan: ActionPlan, detail: Detail) -> dict:
    length = _("%(minutes)s min") % {"minutes": check_in.minutes} if check_in.minutes else ""
    agreed = check_in.agreed
    if len(agreed) > detail.agreed:
        agreed = agreed[: detail.agreed].rsplit(" ", 1)[0] + " …"
    return {
        "record": replace(check_in, agreed=agreed),
        "on": _short_date(check_in.on, plan.made_on),
        "how": ", ".join(filter(None, [check_in.how, length])),
    }


def _unsettled(letters: str) -> str:
    """The SMART words a goal does not meet yet, as a list in a sentence; empty when it meets them all."""
    words = {
        "S": _("specific"),
        "M": _("measurable"),
        "A": _("achievable"),
        "R": _("relevant"),
        "T": _("time-bound"),
    }
    return ", ".join(word for letter, word in words.items() if letter not in letters.upper())


def _hours(placement: Placement) -> str:
    if placement.hours_planned is None:
        return "" if placement.hours_done is None else str(placement.hours_done)
    return _("%(done)s of %(planned)s") % {"done": placement.hours_done or 0, "planned": placement.hours_planned}


def _signed(signature: Signature) -> str:
    if signature.signed_on is None:
        return signature.role
    day = formats.date_format(signature.signed_on, "j F Y")
    return _("%(role)s, signed %(day)s") % {"role": signature.role, "day": day}


def _period(start: date | None, end: date | None) -> str:
    """ "5 Oct to 18 Dec 2026"; the first year is printed only when it differs."""
    if start is None or end is None:
        return formats.date_format(start or end, "j M Y") if start or end else ""
    first = formats.date_format(start, "j M" if start.year == end.year else "j M Y")
    return _("%(first)s to %(last)s") % {"first": first, "last": formats.date_format(end, "j M Y")}


def _short_date(day: date | None, made_on: date) -> str:
    """ "12 Nov", with the year when it is not the plan's own."""
    if day is None:
        return ""
    return formats.date_format(day, "j M" if day.year == made_on.year else "j M Y")


def _moment(item: NextDate) -> tuple[int, ...]:
    """Sorts days and moments together; a plain day comes before its hours."""
    return tuple(item.on.timetuple())[:5]


def _long_date(moment: date | datetime) -> str:
    """ "Tuesday 24 November at 10:00", or without the time for a plain day."""
    day = formats.date_format(moment, "l j F")
    if not isinstance(moment, datetime):
        return day
    return _("%(day)s at %(time)s") % {"day": day, "time": formats.time_format(moment, "H:i")}
