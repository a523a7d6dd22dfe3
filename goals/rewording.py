"""A better example for each letter, made from what was typed. Pure; English.

`Typed` holds a goal in pieces; `whole` gives the sentence it could read as, `first_steps` and `reason` what else it may lack.
What is given passes the coach's own rules (tests/goals/test_coach.py).
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from goals import examples, hints, wording
from goals.dates_in_words import find_dates

MOST_ECHO = 90  # letters of a sentence that is said back
MOST_TOPIC = 60
MOST_WORDS = 40
_DANGLING = re.compile(r"(?:[\s,;:–—-]+|\s(?:by|on|in|at|until|before|from|for|the|of|and|to))+$", re.IGNORECASE)
_GERUND = re.compile(r"^(?:\w+ly\s+)?[^\W\d_]{2,}ing\b(?!\s*$)", re.IGNORECASE)
_AUDIENCE = re.compile(
    r"\bto\s+(?:a|an|the|my|our|two|three|new|colleagues?|customers?|visitors?|residents?|children|everyone|people|staff|others)\b", re.IGNORECASE
)
_COMPANY = re.compile(r"\bfriends?\b")
_BY_HEART = re.compile(r"\s+(?:by\s+heart|very\s+well|better|more|properly|a\s+lot)$", re.IGNORECASE)
_OWN_AIM = re.compile(r"\b(?:targets?|myself|deadlines?)\b")
_NOT_THINGS = re.compile(
    r"^(?:(?:the|my|this|our|a)\s+(?:placement|work|job|best|lot|most)|(?:my|our|the|all)\s+(?:weaknesses|strengths|attitude|behaviou?r|performance|personality|self|confidence|skills?|quality|output|game|potential)$"
    r"|(?:being|doing)\s|it|this|that|these|those|things?|stuff|everything|all|more|better|there|work|life|here|myself|me)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Typed:
    """A goal as typed. core: the sentence without its dates and its "I want to", in its own letters; day: the day to name.

    days: how far away that is; stands: specific already, so that it can be said back; measured: others can see it already;
    book: whose examples.
    """

    core: str
    day: date
    days: int
    book: examples.Book
    stands: bool = False
    measured: bool = False

    @property
    def low(self):
        return wording.normalise(self.core)

    @property
    def verb(self):
        return wording.plain_verb(self.low)

    @property
    def subject(self):
        return self.book.subject_of(self.low)


def core_of(title, frame):
    """The sentence of a title without its dates and its "I want to". frame: see dates_in_words."""
    for start, end in reversed([item.span for item in find_dates(title, frame)]):
        title = title[:start] + " " + title[end:]
    return wording.core_of(_DANGLING.sub("", " ".join(title.split())))


def whole(goal, *, objective="", due=None):
    """The goal as it could read: specific, measurable and dated. due: the day that was chosen, if any."""
    if len(wording.words_of(goal.low)) > MOST_WORDS:
        goal = replace(goal, core=_first_clause(goal.core), stands=True, measured=False)
    if not goal.stands:
        return _other(goal, objective)
    if not goal.measured:
        return _measured(goal, objective)
    return _dated(goal.core, due or goal.day)


def _first_clause(core):
    """Up to the first "and", comma or full stop; at most MOST_ECHO letters."""
    return _echo(re.split(r"\s+(?:and|so|but|then|which)\s+|[.,;:](?:\s|$)", core, maxsplit=1)[0]).rstrip(" …")


def first_steps(goal):
    return str(goal.book.first_steps(goal.verb))


def reason(goal, *, objective=""):
    """Why somebody might want this."""
    subject = goal.subject or goal.book.subject_of(wording.normalise(objective))
    return str(subject.why if subject else goal.book.any_why)


def _dated(core, day):
    ongoing = wording.FREQUENCY.search(wording.normalise(core))
    has_parts = "," in core or len(core) > MOST_ECHO // 2
    if ongoing:
        pattern = _("%(goal)s, until %(date)s") if has_parts else _("%(goal)s until %(date)s")
    else:
        pattern = _("%(goal)s, by %(date)s") if has_parts else _("%(goal)s by %(date)s")
    return pattern % {"goal": _echo(core), "date": hints.day_in_words(day)}


def _measured(goal, objective):
    verb = "teach" if goal.verb in examples.TELL_SOMETHING and _AUDIENCE.search(goal.core) else goal.verb
    tail = str(goal.book.measured("" if _OWN_AIM.search(goal.low) else verb))
    if not tail or len(goal.core) > MOST_ECHO or _COMPANY.search(goal.low):
        return _other(goal, objective)
    return _dated(_Whole(tail % {"goal": goal.core}), goal.day)


class _Whole(str):
    """Said back whatever its length."""

    __slots__ = ()


def _other(goal, objective):
    """Another goal near what was typed: by its own words, by its subject, by the learning objective's subject."""
    date_words = hints.day_in_words(goal.day)
    subject = goal.subject
    if not goal.book.is_mentors:
        shapes = _SHAPES[:FIRST_SHAPES] if subject else _SHAPES
        for pattern, shape in shapes:
            match = pattern.match(goal.core)
            made = shape(_topic(match["topic"])) if match else ""
            if made:
                return _("%(goal)s, by %(date)s") % {"goal": made, "date": date_words}
    subject = subject or goal.book.subject_of(wording.normalise(objective))
    return _in_time(str(subject.goal if subject else goal.book.any_goal), goal.days) % {"date": date_words}


def _in_time(text, days):
    """Without "for three weeks" where fewer are left."""
    weeks = [word for word, least in (("two", 14), ("three", 21)) if days < least]
    return re.sub(rf",? for (?:{'|'.join(weeks)}) weeks", "", text) if weeks else text


def _topic(text):
    """A noun phrase short and plain enough to be said back, or ""."""
    text = _BY_HEART.sub("", _DANGLING.sub("", (text or "").strip(" .!?,;:")))
    if not re.search(r"[^\W\d_]{2}", text) or len(text) > MOST_TOPIC or _NOT_THINGS.match(text):
        return ""
    return text


def _know(topic):
    if not topic:
        return ""
    if re.match(r"(?:how|what|why|who|where|when|which)\b", topic, re.IGNORECASE):
        return _("Explain to a new colleague %(topic)s and answer three questions") % {"topic": topic}
    return _("Explain five things about %(topic)s to a new colleague") % {"topic": topic}


def _practise(topic):
    if not topic:
        return ""
    return _("Practise %(topic)s five times and ask someone each time what went well") % {"topic": topic}


def _dare(topic):
    if not topic:
        return ""
    if _GERUND.match(topic):
        return _("Practise %(topic)s three times, the first time with somebody beside me") % {"topic": topic}
    return _practise(topic) if " " in topic else ""


def _try_out(topic):
    return _("Try three different things in %(topic)s and write half a page about each") % {"topic": topic} if topic else ""


def _become(topic):
    return _("Ask somebody who is %(topic)s how they got there and write down my first three steps") % {"topic": topic} if topic else ""


def _take_over(topic):
    return _("Take over one part of %(topic)s for a week, with my line manager looking in twice") % {"topic": topic} if topic else ""


def _show(topic):
    return _("Show my mentor one piece of %(topic)s that I could not do before") % {"topic": topic} if topic else ""


def _shape(pattern, make):
    return re.compile(pattern, re.IGNORECASE | re.DOTALL), make


_MORE = r"(?:(?:a\s+(?:lot|bit)|lots|much|some|more|everything|all|even|my|our)\s+)*"
FIRST_SHAPES = 2  # tried even where the subject is known
_KNOW = (
    r"^(?:learn|learning|know|find\s+out|understand|understanding|discover|explore|see|appreciate|look\s+into|think\s+about"
    r"|(?:gain|get|build)\s+" + _MORE + r"(?:knowledge|understanding|awareness|insight)|get\s+to\s+know|familiarise\s+myself)\s+" + _MORE
)
_SHAPES = (
    _shape(_KNOW + r"(?:(?:of|about|from|into)\s+|(?=(?:the|our|how|what|why)\s))(?P<topic>.+)$", lambda topic: _know(topic) if " " in topic or topic.endswith("s") else ""),
    _shape(r"^(?:become|be|becoming)\s+(?P<topic>an?\s+(?!(?:bit|lot|little|good|great|better|best|team|more|part|role|real|nice|leader)\b)[^\W\d_]{3}.*)$", _become),
    _shape(
        r"^(?:be|feel|become|get|getting|grow|being|feeling)\s+(?:a\s+bit\s+|a\s+lot\s+|much\s+)?(?:more|less)?\s*(?:confident|comfortable|relaxed"
        r"|independent|used|nervous|afraid|scared|shy)\s+(?:in|with|about|at|when|on|to|of)?\s*(?P<topic>.+)$",
        _dare,
    ),
    _shape(r"^(?:overcome|beat|lose)\s+my\s+(?:fear|nerves|shyness)\s+(?:of|about|at|when)\s+(?P<topic>.+)$", _dare),
    _shape(
        r"^(?:gain|get|build|have)\s+(?:up\s+)?" + _MORE + r"(?:work\s+)?experience\s+(?:in|of|with|at)\s+(?P<topic>.+)$",
        _try_out,
    ),
    _shape(r"^(?:help|helping|assist)\s+(?:out\s+)?(?:with|in|at)\s+(?P<topic>.+)$", _take_over),
    _shape(
        _KNOW + r"(?:of|about|from|with|into)?\s*(?P<topic>.+)$",
        lambda topic: _know(topic) if " " in topic or re.search(r"\w\ws$", topic) else _show(topic),
    ),
    _shape(
        r"^(?:(?:get|become|be|getting|becoming|being|feel|grow)\s+" + _MORE + r"(?:better|good|great|well|skilled|experienced|familiar)\s+(?:at|with|in|on)"
        r"|improve|improving|develop|enhance|strengthen|boost|increase|practise|practice|practising|master|work\s+on|focus\s+on|brush\s+up(?:\s+on)?)\s+"
        r"(?P<topic>.+)$",
        _practise,
    ),
)  # fmt: skip

_ALL_OF_IT = (
    re.compile(r"^.*?\b(?:everything|all\s+there\s+is)\b(?:\s+(?:to\s+know\s+)?about)?\s*(?P<topic>.*)$", re.IGNORECASE),
    re.compile(r"^(?:be|become|becoming|being)\s+an?\s+(?:\w+\s+)?expert\s+(?:in|on|at|with|of)\s+(?P<topic>.+)$", re.IGNORECASE),
)


def lower_bar(goal, *, objective=""):
    """A first level of what nobody manages all the time."""
    made = ""
    if re.match(r"never\b", goal.low):
        made = _in_time(_("Go for two weeks without it and keep a tick list"), goal.days)
    elif re.search(r"\balways\b", goal.low):
        rest = wording.sentence(re.sub(r"\balways\s+", "", goal.core, flags=re.IGNORECASE))
        made = str(goal.book.measured("keep")) % {"goal": rest} if len(rest) < MOST_ECHO else ""
    elif re.search(r"\b(?:perfect|flawless)", goal.low) and goal.verb in examples.MAKE:
        rest = re.sub(r"\b(?:a\s+)?(?:perfect|flawless)(?:ly)?\b", "a", goal.core, flags=re.IGNORECASE)
        made = _("%(goal)s that needs no more than two corrections") % {"goal": " ".join(rest.split())}
    else:
        match = next((found for pattern in _ALL_OF_IT if (found := pattern.match(goal.core))), None)
        made = _know(_topic(match["topic"])) if match else ""
    return _dated(_Whole(made), goal.day) if made else _other(goal, objective)


def _echo(text):
    """The sentence said back; a long one up to a word's end."""
    if len(text) <= MOST_ECHO or isinstance(text, _Whole):
        return text
    return text[:MOST_ECHO].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
