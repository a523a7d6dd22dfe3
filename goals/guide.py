"""From a wish to a goal in three prompts. Pure; English sentences, as the coach's.

What do you want to get better at → how will you both know → by when, and what first. The answers make a goal that can be edited.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from goals import examples, hints, wording
from goals.dates_in_words import Frame, find_date
from goals.smart import assess

MOST_IDEAS = 3
FRIDAY = 4
_WISH = re.compile(
    r"^(?:i\s+(?:want|would\s+like|['’]d\s+like|hope|wish)\s+to\s+|i['’]d\s+like\s+to\s+|to\s+)?"
    r"(?:(?:get|be|become|being|getting)\s+(?:a\s+(?:bit|lot)\s+|much\s+)?(?:better|good)\s+(?:at|with|in|on)"
    r"|improve|work\s+on|learn(?:\s+(?:more\s+)?about|\s+(?:how\s+)?to)?|practi[sc]e|develop)\s+(?:my\s+)?",
    re.IGNORECASE,
)


_DATE = re.compile(r",? (?:by|until) \d+ [^\W\d_]+$")
_NO_ANSWER = re.compile(r"^(?:idk|dunno|nothing|anything|everything|(?:i\s+)?(?:don['’]?t|do\s+not)\s+know|not\s+sure|no\s+idea|n/?a|none|stuff|things)\b")
_VERB_FIRST = re.compile(r"^(?:be|become|feel|learn|understand|know|have|make|use|speak|work|do|take|stop|not|find|get|lead|write|talk)\s", re.IGNORECASE)


@dataclass(frozen=True)
class Answers:
    """What was answered so far. want: in the person's words; proof: what they will do; shown: who sees it or what can be shown."""

    want: str = ""
    proof: str = ""
    shown: str = ""
    due_on: date | None = None
    first: str = ""
    second: str = ""


def topic_of(want):
    """What the wish is about: "I want to get better at spreadsheets." gives "spreadsheets"."""
    text = " ".join(want.split()).strip(" .!?,;:…")
    return _WISH.sub("", text, count=1).strip()


def ideas(want, *, today, start=None, end=None, mentors=False):
    """Up to three sentences near a wish, without a date, that would show it: to take and to change."""
    topic = topic_of(want)
    low = wording.normalise(topic)
    known = bool(low) and wording.reads(low) and not _NO_ANSWER.match(low)
    titles = [want] if known and not wording.is_vague(wording.normalise(want)) and wording.has_verb(low) else []
    if known and (not wording.has_verb(low) or low.split()[0].endswith("ing")):
        titles += [_("Get better at %(topic)s") % {"topic": topic}, _("Learn about %(topic)s") % {"topic": topic}]
    elif known:
        titles.append(want)
    book = examples.MENTORS if mentors else examples.STUDENTS
    found = [_better(title, today=today, start=start, end=end, mentors=mentors) for title in titles]
    found.append(_DATE.sub("", str(book.any_goal) % {"date": hints.day_in_words(today)}))
    return list(dict.fromkeys(one for one in found if one))[:MOST_IDEAS]


def _better(title, **frame):
    """The coach's sentence for a title, without its date."""
    said = assess(title, **frame)
    return _DATE.sub("", next((letter.example for letter in said.letters if letter.letter in "SMT" and letter.example), ""))


def without_day(text):
    """A sentence of the coach's without the date at its end."""
    return _DATE.sub("", text)


def days_to_choose(*, today, start=None, end=None):
    """[(words, day)]: in two weeks, in four, and the last Friday of the placement; each once, none in the past."""
    first = max(today, start) if start else today
    named = [(_("In two weeks"), _friday(first + timedelta(weeks=2))), (_("In four weeks"), _friday(first + timedelta(weeks=4)))]
    if end:
        named = [(words, day) for words, day in named if day < end]
        last = end - timedelta(days=(end.weekday() - FRIDAY) % 7)
        named.append((_("At the end of the placement"), last if last >= first else end))
    return [(words, day) for words, day in named if day >= today]


def compose(answers, *, today, start=None, end=None):
    """The fields of a goal from the answers: title, measure, why, due_on and steps. A day named in the sentence counts as answered."""
    title = wording.sentence(" ".join(answers.proof.split()).strip(" ,;:")) or wording.sentence(topic_of(answers.want))
    title = re.sub(r"^i\s+will\s+", "", title, count=1, flags=re.IGNORECASE)
    stated = find_date(title, Frame(today, start, end))
    return {
        "title": wording.sentence(title).rstrip(".")[:300],
        "measure": answers.shown.strip()[:300],
        "why": _why(answers.want),
        "due_on": answers.due_on or (stated.day if stated else None),
        "first_step": answers.first.strip()[:300],
        "second_step": answers.second.strip()[:300],
    }


def _why(want):
    want = " ".join(want.split()).strip(" .!?,;:…")
    if not want or _NO_ANSWER.match(wording.normalise(want)):
        return ""
    if re.match(r"i\b", want, re.IGNORECASE):
        return wording.sentence(want)[:300]
    if _VERB_FIRST.match(want) or _WISH.match(want):
        return (_("I want to %(wish)s") % {"wish": want[:1].lower() + want[1:]})[:300]
    return (_("I want to get better at %(topic)s") % {"topic": want})[:300]


def _friday(day):
    return day - timedelta(days=(day.weekday() - FRIDAY) % 7)
