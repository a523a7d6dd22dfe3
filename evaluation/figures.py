"""The numbers of a report from plain facts. Pure: no database, no dates but those given.

Every figure says "of what": ``part`` of ``whole``. Figures about what people answered need at least FEWEST answers,
otherwise one person's answer could be read off; such a figure is ``hidden`` and holds no numbers at all.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from evaluation.change import changes
from evaluation.presets import SHARED_MEASURES

FEWEST = 5
YES = 4  # "mostly" or "fully" on the scale
PLACEMENT_HOURS = 315  # the least a T Level industry placement may last
VOICES = ("student", "mentor", "line_manager")
WENT_WELL = ("completed", "completed_early", "ended_by_agreement")
NO_SHOW = "no_show"
ENDINGS = (*WENT_WELL, "ended_with_concern", NO_SHOW)


@dataclass(frozen=True)
class MentorshipFact:
    """students and mentors: participant ids."""

    id: int
    status: str
    started_on: date
    students: tuple[int, ...] = ()
    mentors: tuple[int, ...] = ()


@dataclass(frozen=True)
class CheckInFact:
    """status: planned, held or missed (moved and dropped ones are left out before)."""

    mentorship: int
    status: str
    due_on: date
    held_on: date | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class AnswerFact:
    """One answer on the scale. who: the person, as any hashable; value None: cannot say."""

    mentorship: int
    voice: str
    who: object
    kind: str
    measure: str
    value: int | None


@dataclass(frozen=True)
class PlacementFact:
    student: int
    done_hours: int
    planned_hours: int | None


@dataclass
class Facts:
    """What one programme's report is computed from."""

    today: date
    first_meeting_days: int
    people: dict[int, bool] = field(default_factory=dict)  # participant id: still there
    students: set[int] = field(default_factory=set)
    mentorships: list[MentorshipFact] = field(default_factory=list)
    check_ins: list[CheckInFact] = field(default_factory=list)
    moving: set[int] = field(default_factory=set)  # mentorships with progress on a goal
    answers: list[AnswerFact] = field(default_factory=list)
    placements: list[PlacementFact] = field(default_factory=list)
    needs: dict[int, dict[str, int]] = field(default_factory=dict)  # mentor: {"start": open needs, "end": open needs}


@dataclass(frozen=True)
class Figure:
    """value: percent 0 to 100, points 1 to 5, or hours; None when there is nothing to say yet. basis: a variant of the meaning."""

    key: str
    unit: str
    value: float | None = None
    part: float | None = None
    whole: float | None = None
    hidden: bool = False
    basis: str = ""


def all_figures(facts: Facts) -> list[Figure]:
    """Every figure of the report, in its order."""
    return [
        participation(facts),
        matched(facts),
        first_contact(facts),
        check_ins_held(facts),
        goal_progress(facts),
        satisfaction(facts),
        mentor_skills(facts),
        recommend(facts),
        completion(facts),
        hours(facts),
        mentor_hours(facts),
    ]


def share(key, part, whole, basis="") -> Figure:
    """A percentage with its part and whole."""
    return Figure(key, "percent", 100 * part / whole if whole else None, part, whole, basis=basis)


def participation(facts):
    """People who met at least once in a mentorship, of everybody who was ever in the programme."""
    met = {one.mentorship for one in facts.check_ins if one.status == "held"}
    started = {who for one in facts.mentorships if one.id in met for who in (*one.students, *one.mentors)}
    return share("participation", len(started & set(facts.people)), len(facts.people))


def matched(facts):
    """Students with a mentorship that began, of the students who are still there."""
    here = {who for who in facts.students if facts.people.get(who)}
    seated = {who for one in facts.mentorships if one.status != NO_SHOW for who in one.students}
    return share("matched", len(here & seated), len(here))


def first_contact(facts):
    """Mentorships whose first check-in was held within the programme's days, of those whose days are over or that met."""
    first = {}
    for one in facts.check_ins:
        if one.status == "held" and one.held_on:
            first[one.mentorship] = min(first.get(one.mentorship, one.held_on), one.held_on)
    in_time = decided = 0
    for one in facts.mentorships:
        last = one.started_on + timedelta(days=facts.first_meeting_days)
        if one.id in first and first[one.id] <= last:
            in_time += 1
            decided += 1
        elif last < facts.today:
            decided += 1
    return share("first_contact", in_time, decided)


def due(facts) -> list[CheckInFact]:
    """Check-ins that were planned up to today: those noted, and those whose day has passed."""
    return [one for one in facts.check_ins if one.status in {"held", "missed"} or one.due_on < facts.today]


def check_ins_held(facts):
    """Held, of those planned up to today."""
    rows = due(facts)
    return share("check_ins_held", sum(1 for one in rows if one.status == "held"), len(rows))


def check_ins_by_week(facts) -> list[tuple[date, int, int]]:
    """(Monday, planned, held) of each week from the first to the last that had any."""
    rows = due(facts)
    if not rows:
        return []
    weeks = defaultdict(lambda: [0, 0])
    for one in rows:
        week = weeks[monday(one.due_on)]
        week[0] += 1
        week[1] += one.status == "held"
    first, last = min(weeks), max(weeks)
    count = (last - first).days // 7 + 1
    days = [first + timedelta(weeks=n) for n in range(count)]
    return [(day, weeks[day][0], weeks[day][1]) if day in weeks else (day, 0, 0) for day in days]


def monday(day):
    return day - timedelta(days=day.weekday())


def goal_progress(facts):
    """Students in a mentorship with progress on at least one goal, of all students in mentorships that began."""
    began = [one for one in facts.mentorships if one.status != NO_SHOW]
    students = {who for one in began for who in one.students}
    moving = {who for one in began if one.id in facts.moving for who in one.students}
    return share("goal_progress", len(moving), len(students))


def latest(answers: Iterable[AnswerFact], measure) -> dict[tuple, AnswerFact]:
    """{(mentorship, voice, who): that person's newest number}: the exit survey's, or else the review's. "Cannot say" is no number."""
    found = {}
    for one in answers:
        key = (one.mentorship, one.voice, one.who)
        if one.measure == measure and one.value is not None and (key not in found or one.kind == "exit"):
            found[key] = one
    return found


def satisfaction(facts):
    """Mean of the newest answers to what the mentoring is worth. Small groups are left out, so that nobody can subtract them."""
    by_voice = _values_by_voice(facts)
    large = [values for values in by_voice.values() if len(values) >= FEWEST]
    counted = [value for values in (large or by_voice.values()) for value in values]
    return _mean("satisfaction", counted)


def satisfaction_by_voice(facts) -> list[tuple[str, Figure]]:
    """(voice, its figure) for each of the three voices."""
    by_voice = _values_by_voice(facts)
    return [(voice, _mean("satisfaction", by_voice.get(voice, []))) for voice in VOICES]


def _values_by_voice(facts):
    found = defaultdict(list)
    for one in latest(facts.answers, "relationship").values():
        found[one.voice].append(one.value)
    return found


def _mean(key, values):
    if not values:
        return Figure(key, "points")
    if len(values) < FEWEST:
        return Figure(key, "points", hidden=True)
    return Figure(key, "points", sum(values) / len(values), len(values), len(values))


def mentor_skills(facts):
    """Mentors with fewer open needs at the end than at the start; without enough closing checklists, what they say in the exit survey."""
    both = [need for need in facts.needs.values() if need.get("start") and "end" in need]
    said = _agreeing(facts, "mentor_skills", basis="survey")
    if len(both) < FEWEST and (said.whole or not both):
        return _private(said)
    better = sum(1 for need in both if need["end"] < need["start"])
    return _private(share("mentor_skills", better, len(both), basis="checklist"))


def recommend(facts):
    """People who would recommend the programme, of those who said."""
    return _private(_agreeing(facts, "recommend"))


def _agreeing(facts, measure, basis=""):
    values = [one.value for one in latest(facts.answers, measure).values()]
    return share(measure, sum(1 for value in values if value >= YES), len(values), basis=basis)


def _private(figure):
    """The figure, or its hidden twin where fewer than FEWEST people answered."""
    if figure.whole and figure.whole < FEWEST:
        return Figure(figure.key, figure.unit, hidden=True, basis=figure.basis)
    return figure


def completion(facts):
    """Mentorships that ran to a planned or agreed ending, of those that ended."""
    ended = [one for one in facts.mentorships if one.status != "active"]
    return share("completion", sum(1 for one in ended if one.status in WENT_WELL), len(ended))


def endings(facts) -> list[tuple[str, int]]:
    """[(state, how many)] of the mentorships that ended, in the order of the states; states that nobody has are left out."""
    count = Counter(one.status for one in facts.mentorships if one.status != "active")
    return [(state, count[state]) for state in ENDINGS if count[state]]


def hours(facts):
    """Hours done on placements, of those planned."""
    done = sum(one.done_hours for one in facts.placements)
    planned = sum(one.planned_hours or 0 for one in facts.placements)
    return Figure("hours", "hours", done if facts.placements else None, done, planned)


def students_with_hours(facts) -> tuple[int, int]:
    """(students with at least PLACEMENT_HOURS hours in all their placements, students with a placement)."""
    total = defaultdict(int)
    for one in facts.placements:
        total[one.student] += one.done_hours
    return sum(1 for hours_done in total.values() if hours_done >= PLACEMENT_HOURS), len(total)


def mentor_hours(facts):
    """Hours that mentors spent in check-ins; two mentors in one hour are two hours. whole: mentors who held one."""
    mentors = {one.id: one.mentors for one in facts.mentorships}
    minutes, who = 0, set()
    for one in facts.check_ins:
        if one.status == "held":
            minutes += (one.minutes or 0) * len(mentors.get(one.mentorship, ()))
            who.update(mentors.get(one.mentorship, ()))
    spent = minutes / 60
    return Figure("mentor_hours", "hours", spent if who else None, spent, len(who))


@dataclass(frozen=True)
class GroupChange:
    """The change of one measure in one voice. pairs: people with both numbers; changes.Change holds the means, or nothing."""

    voice: str
    change: object
    pairs: int | None
    hidden: bool


def change_by_voice(facts) -> list[tuple[str, list[GroupChange]]]:
    """Review to exit, only from people who gave a number both times, per voice and measure."""
    given = {(one.mentorship, one.voice, one.who, one.measure, one.kind): one.value for one in facts.answers if one.value is not None}
    pairs = defaultdict(list)
    for (mentorship, voice, who, measure, kind), before in given.items():
        after = given.get((mentorship, voice, who, measure, "exit"))
        if kind == "review" and after is not None:
            pairs[voice, measure].append((before, after))
    return [(voice, _group(voice, pairs)) for voice in VOICES if any(pairs[voice, measure] for measure, _label in SHARED_MEASURES)]


def _group(voice, pairs):
    shown = {measure: pairs[voice, measure] for measure, _label in SHARED_MEASURES if len(pairs[voice, measure]) >= FEWEST}
    before = {measure: _average(one for one, _after in rows) for measure, rows in shown.items()}
    after = {measure: _average(one for _before, one in rows) for measure, rows in shown.items()}
    found = []
    for change in changes(before, after):
        count = len(pairs[voice, change.measure])
        hidden = 0 < count < FEWEST
        found.append(GroupChange(voice, change, None if hidden else count, hidden))
    return found


def _average(values):
    values = list(values)
    return sum(values) / len(values)
