"""The SMART coach: tells what a goal is not yet, and how it could read. Pure and deterministic.

Plain rules, no guessing at meaning. They know English. Of a sentence in another language the coach judges what stands
outside its words (numbers, proof, steps, reason, date), says that it does so (`Assessment.reads`), and leaves the wording to the two.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from goals import examples, hints, rewording, wording
from goals.dates_in_words import Frame, find_date, without_dates

LETTERS = ("S", "M", "A", "R", "T")
MOST_WORDS = 40
MIN_LETTERS = 6  # of a sentence in a script that does not part its words
MOST_LETTERS = 1000  # far above what the fields hold; keeps any input quick


@dataclass(frozen=True)
class Letter:
    """One letter's verdict. `code` names what is missing and is empty, like the hint, when it is ok; an example may be missing."""

    letter: str
    name: str
    ok: bool
    code: str = ""
    hint: str = ""
    example: str = ""


@dataclass(frozen=True)
class Assessment:
    """The five verdicts in order, and the day the goal is due as understood from its date or its words."""

    letters: tuple[Letter, ...]
    due: date | None
    reads: bool = True  # False: the wording is in a language that the rules do not know, so it was not judged

    def __getitem__(self, letter):
        """Return the Letter "S", "M", "A", "R" or "T"."""
        return self.letters[LETTERS.index(letter)]

    @property
    def ok(self):
        """True when all five are."""
        return all(item.ok for item in self.letters)

    @property
    def missing(self):
        """The letters not yet ok, as a tuple of str."""
        return tuple(item.letter for item in self.letters if not item.ok)

    @property
    def suggestion(self):
        """The sentence the goal could be, or "": the same under every letter that words can mend."""
        return next((item.example for item in self.letters if item.letter in "SMT" and item.example), "")

    @property
    def advice(self):
        """The first Letter not yet ok, or None: one thing at a time."""
        return next((item for item in self.letters if not item.ok), None)


def assess(
    title, *, measure="", why="", due=None, start=None, end=None, steps=0, today, set_on=None, objective="", mentors=False
):
    """Assess one goal.

    title: the goal in words; measure: how it will be shown; why: why it matters; objective: the learning
    objective it is linked to, if any; due: the date chosen, if any (else one in the title counts);
    start, end: the placement's dates; steps: how many action steps; today; set_on: the day the goal was written
    (today unless given: pass it for goals already running, so that they are not blamed for the passing of time);
    mentors: the goal is a mentor's own, and so are the examples.
    Never raises for any text; what follows the first thousand letters of a text is not read.
    """
    title, measure, why = (text[:MOST_LETTERS] for text in (title, measure, why))
    frame = Frame(set_on or today, start, end)
    stated = find_date(title, frame)
    text = wording.normalise(without_dates(title, frame))
    reads = wording.reads(text)
    deadline = due or (stated.day if stated else None)
    codes = {
        "S": _specific(text) if reads else _some_words(text),
        "M": _measurable(text, wording.normalise(measure)) if reads else _some_proof(text, measure),
        "A": _achievable(text, steps, deadline, frame),
        "R": _relevant(text, wording.normalise(why), objective),
        "T": _time_bound(due, stated, frame),
    }
    day = due if due and not codes["T"] else _example_day(stated, codes["T"], today, start, end)
    typed = rewording.Typed(
        core=rewording.core_of(title, frame),
        day=day,
        days=(day - today).days,
        book=examples.MENTORS if mentors else examples.STUDENTS,
        stands=not codes["S"],
        measured=not codes["M"],
    )
    better = _better(codes, typed, objective=objective, due=due, reads=reads)
    return Assessment(tuple(_verdict(letter, codes[letter], better) for letter in LETTERS), deadline, reads)


def _better(codes, typed, *, objective, due, reads):
    """A better example for each letter that lacks something, as far as one helps."""
    if codes["S"] == "not_here":
        return {}
    kept_day = due if due and codes["T"] in ("", "dates_differ") else None
    reach = {"no_steps": rewording.first_steps, "out_of_reach": rewording.lower_bar}.get(codes["A"])
    rephrase = rewording.lower_bar if codes["A"] == "out_of_reach" and codes["S"] != "negative" else partial(rewording.whole, due=kept_day)
    whole = rephrase(typed, objective=objective) if reads else ""
    return {
        **dict.fromkeys("SMT", whole),
        "A": reach(typed) if reach else "",
        "R": rewording.reason(typed, objective=objective),
    }


def _example_day(stated, code, today, start, end):
    """The day that was said, where it is good; else one still to come; for a day that does not exist, the one probably meant."""
    if stated and stated.day and not code and stated.day >= today:
        return stated.day
    meant = stated.instead if stated and code == "impossible_date" else None
    if meant and meant >= today and (end is None or meant <= end):
        return meant
    if code == "after_end" and end >= today:
        return max(today, end - timedelta(days=max(0, end.weekday() - hints.FRIDAY)))
    return hints.example_day(today, start, end)


def _specific(text):
    words = wording.words_of(text)
    if not words:
        return "empty"
    if wording.is_not_here(text):
        return "not_here"
    if wording.is_negative(text):
        return "negative"
    if wording.is_vague(text):
        return "vague"
    if not wording.has_verb(text):
        return "no_verb"
    if not wording.has_object(text):
        return "no_object"
    return "too_long" if len(words) > MOST_WORDS else ""


def _some_words(text):
    """Of a language the rules do not know: more than a word or two."""
    return "" if len(wording.words_of(text)) > 1 or len(text) >= MIN_LETTERS else "empty"


def _some_proof(text, measure):
    return "" if any(char.isdigit() for char in text) or wording.words_of(measure) else "no_measure"


def _measurable(text, measure):
    if wording.has_amount(text) or wording.has_evidence(text):
        return ""
    if not wording.words_of(measure):
        return "no_measure"
    return "" if wording.is_proof(measure) else "feeling"


def _achievable(text, steps, deadline, frame):
    if wording.OUT_OF_REACH.search(text) and not wording.EVERY_TIME.search(text):
        return "out_of_reach"
    if steps < 1:
        return "no_steps"
    days = (deadline - frame.set_on).days + 1 if deadline else None
    return "too_little_time" if days is not None and 0 < days < steps else ""


def _relevant(text, why, objective):
    if wording.words_of(objective) or wording.WHY_IN_TITLE.search(text):
        return ""
    if not wording.words_of(why):
        return "no_why"
    is_short = len(wording.words_of(why)) < 3
    return "weak_why" if is_short or wording.WEAK_WHY.match(why) else ""


def _time_bound(due, stated, frame):
    if due is None:
        if stated is None:
            return "no_date"
        if not stated.possible:
            return "impossible_date"
    elif stated and stated.fixed and stated.deadline and stated.day != due:
        return "dates_differ"
    day = due or stated.day
    return "" if day is None else _outside(day, frame)  # "by half-term" is dated, though only people know the day


def _outside(day, frame):
    if day < frame.set_on:
        return "past"
    if frame.start and day < frame.start:
        return "before_start"
    return "after_end" if frame.end and day > frame.end else ""


def _verdict(letter, code, better):
    name = hints.LETTER_NAMES[letter]
    if not code:
        return Letter(letter, name, ok=True)
    return Letter(letter, name, ok=False, code=code, hint=hints.HINTS[code], example=better.get(letter, ""))
