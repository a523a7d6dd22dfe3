"""A question as it is asked, what its answers may be, and what the answers of both sides count for. No database.

An answer is a list of texts: what was chosen or written, the number of a scale, the weekly slots, a town. Questions of the
two sides with the same key are compared; how much that counts is said by the student's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .engine import Criterion

TEXT, CHOICE, MANY, SCALE, AVAILABILITY, PLACE = "text", "choice", "many", "scale", "availability", "place"
ONLINE_ONLY = "Online only"  # what rosters write instead of a town
SCALE_POINTS = ("1", "2", "3", "4", "5")
MOST_QUESTIONS = 40
MOST_OPTIONS = 40
LONGEST_OPTION = 100
LONGEST_TEXT = 2000
WEIGHTS = (1, 2, 4)  # quarters of what the engine compares by itself on the axis: a little, half of it, as much

# Questions whose answers are facts of the participant, which rosters fill too: key -> how it is answered, the field of a
# student, the field of a mentor ("" where that side has none), the most characters.
FACTS = {
    "industry": (CHOICE, "industry", "industry", 100),
    "career_goal": (CHOICE, "career_goal", "", 300),
    "skills": (MANY, "wants_skills", "skills", 100),
    "town": (PLACE, "town", "town", 100),
    "availability": (AVAILABILITY, "availability", "availability", 10),
    "channel": (CHOICE, "channel", "channel", 40),
    "languages": (MANY, "languages", "languages", 100),
    "interests": (MANY, "interests", "interests", 100),
}
# The axis in which the engine compares a fact by itself.
FACT_AXES = {
    "industry": "role",
    "career_goal": "goals",
    "skills": "goals",
    "town": "place",
    "availability": "time",
    "channel": "compatibility",
    "languages": "compatibility",
    "interests": "compatibility",
}
# How two questions are compared: (kind of the student's, of the mentor's) -> kind of the engine's criterion.
COMPARED = {
    (CHOICE, CHOICE): "same",
    (CHOICE, MANY): "overlap",
    (MANY, CHOICE): "overlap",
    (MANY, MANY): "overlap",
    (SCALE, SCALE): "near",
    (AVAILABILITY, AVAILABILITY): "slots",
    (PLACE, PLACE): "same",
}


@dataclass(frozen=True)
class Asked:
    """One question. options: of a list, or what the lowest and the highest of a scale mean. weight: of WEIGHTS, in quarters.

    axis: what it counts for ("": nothing). is_hard: who has answered both ways must share an answer.
    """

    key: str
    kind: str
    label: str
    help: str = ""
    options: tuple[str, ...] = ()
    allows_other: bool = False
    required: bool = False
    axis: str = ""
    weight: int = 2
    is_hard: bool = False

    def fact(self, side) -> str:
        """The participant's field that this question fills on that side, or ""."""
        kind, student, mentor, _longest = FACTS.get(self.key, ("", "", "", 0))
        return (student if side == "student" else mentor) if kind == self.kind else ""

    @property
    def longest(self) -> int:
        """The most characters of one written answer."""
        if self.key in FACTS and FACTS[self.key][0] == self.kind:
            return FACTS[self.key][3]
        return LONGEST_TEXT if self.kind == TEXT else LONGEST_OPTION

    def may_be(self, value) -> bool:
        """Whether this is an answer to offer or accept today: an option that was taken away is none."""
        if self.kind in (CHOICE, MANY):
            return self.allows_other or value.casefold() in {option.casefold() for option in self.options}
        if self.kind == SCALE:
            return value in SCALE_POINTS
        return bool(value.strip())


@dataclass(frozen=True)
class Sheet:
    """What one side is asked. version 0 is our preset. offers_background: the page of matching.background_topics is offered."""

    side: str
    version: int
    questions: tuple[Asked, ...]
    offers_background: bool = True

    def question(self, key) -> Asked | None:
        return next((one for one in self.questions if one.key == key), None)


@dataclass(frozen=True)
class Compared:
    """A question of the student and what became of it. how: "fact" (the engine compares it by itself), a kind of COMPARED,
    "unpaired" (the mentor is not asked), "unlike" (asked in a way that cannot be compared) or "read" (it counts for nothing).
    """

    student: Asked
    mentor: Asked | None
    how: str

    @property
    def axis(self) -> str:
        return FACT_AXES[self.student.key] if self.how == "fact" else self.student.axis

    @property
    def counts(self) -> bool:
        return self.how == "fact" or self.how in COMPARED.values()


def compare(student: Sheet, mentor: Sheet) -> list[Compared]:
    """Every question of the student's sheet, with its counterpart and how the two are compared."""
    return [_compared(one, mentor.question(one.key)) for one in student.questions]


def _compared(mine, other):
    if mine.fact("student"):
        return Compared(mine, other, "fact")
    if not mine.axis:
        return Compared(mine, other, "read")
    if other is None:
        return Compared(mine, None, "unpaired")
    return Compared(mine, other, COMPARED.get((mine.kind, other.kind), "unlike"))


def criteria_of(student: Sheet, mentor: Sheet) -> tuple[Criterion, ...]:
    """The engine's criteria of two sheets. A fact weighs nothing here, the engine has it in its records: it is among them
    only where both must share an answer.
    """
    return tuple(found for one in compare(student, mentor) if (found := _criterion(one)))


def _criterion(one):
    mine, other = one.student, one.mentor
    kind = COMPARED.get((mine.kind, other.kind)) if other else None
    if not one.counts or kind is None or (one.how == "fact" and not (mine.is_hard and may_be_hard(mine))):
        return None
    return Criterion(
        key=mine.key,
        axis=one.axis,
        kind=kind,
        weight=0 if one.how == "fact" else mine.weight / 4,
        label=mine.label,
        hard=mine.is_hard,
        span=float(len(SCALE_POINTS) - 1),
    )


def may_be_hard(question: Asked) -> bool:
    """Whether both sides can be held to share an answer. Not to a place: that is the rule about meeting in person."""
    return question.kind not in (TEXT, PLACE)


def engine_answers(
    sheet: Sheet, given: Mapping[str, Iterable[str]], criteria: Iterable[Criterion]
) -> dict[str, frozenset | float]:
    """One person's answers as the engine reads them: to these criteria only, and only what may be answered today."""
    found = {}
    for criterion in criteria:
        question = sheet.question(criterion.key)
        values = given.get(criterion.key, ()) if question else ()
        values = [value for value in values if question.fact(sheet.side) or question.may_be(value)]
        if not values:
            continue
        found[criterion.key] = float(values[0]) if criterion.kind == "near" else frozenset(values)
    return found


def shares(student: Sheet, mentor: Sheet) -> dict[str, int]:
    """Question's key -> per cent of its axis, whole numbers; facts are not told apart, they share what is left."""
    weights: dict[str, int] = {}
    counting = [one for one in compare(student, mentor) if one.counts and one.how != "fact"]
    for one in counting:
        weights[one.axis] = weights.get(one.axis, 4) + one.student.weight
    return {one.student.key: round(100 * one.student.weight / weights[one.axis]) for one in counting}


def distinct(words: Iterable[str]) -> list[str]:
    """Each word once, whatever its case; the first spelling stays."""
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(word.casefold(), word)
    return list(found.values())
