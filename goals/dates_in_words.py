"""Find the date a goal is meant to be reached by in its wording. Pure; English (day before month).

Understands "by 27 November", "November 27th, 2026", "27/11/2026", "2026-11-27", "by Friday", "by the end of
November", "by the end of my placement", "by week 6", "within three weeks", "by Christmas".
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from goals.word_lists import COUNTS, MONTHS, WEEKDAYS

_MONTH_NUMBERS = {name[:size]: number for number, name in enumerate(MONTHS, 1) for size in (3, len(name))} | {"sept": 9}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>\d{4})\b)?"
_COUNT = r"(?P<count>\d{1,3}|an?|" + "|".join(COUNTS) + ")"
# Letters that match i, s or k when case is ignored, yet stay themselves in lower case.
_LOOKALIKES = str.maketrans("ıİſK", "iIsK")
_LOOK_BACK = 40  # letters, enough for "no later than the"
_DEADLINE = re.compile(r"\b(?:by|before|until|no later than|on or before)\s+(?:\w+\s+){0,1}$", re.IGNORECASE)


@dataclass(frozen=True)
class Frame:
    """What relative dates count from: the day the goal was set, and the placement's dates where known."""

    set_on: date
    start: date | None = None
    end: date | None = None

    def year_of(self, month, day):
        """Return the date without a year that lies in the placement, else the next one; None when impossible."""
        return self.choose(found for year in self.years if (found := _make(year, month, day)))

    @property
    def years(self):
        return range(self.set_on.year - 1, self.set_on.year + 9)

    def choose(self, candidates):
        """Return the first of the days that lies in the placement, else the first to come; None without one."""
        candidates = list(candidates)
        inside = [found for found in candidates if self.start and self.end and self.start <= found <= self.end]
        ahead = [found for found in candidates if found >= self.set_on]
        return next(iter(inside or ahead), None)


@dataclass(frozen=True)
class Found:
    """A date in words: where it stands (its "by" included), the day it means (None when only the placement's dates would tell).

    `possible` is False for days that do not exist, and `instead` is then the last day of that month, where there is one;
    `deadline` is True after "by", "before" or "until"; `fixed` is True when the words name a calendar day.
    """

    span: tuple[int, int]
    day: date | None
    possible: bool = True
    deadline: bool = False
    fixed: bool = False
    instead: date | None = None


def find_date(text, frame):
    """Return the Found that states by when, or None. A date after "by" wins, then the last in the text."""
    found = find_dates(text, frame)
    return next((item for item in reversed(found) if item.deadline), found[-1] if found else None)


def find_dates(text, frame):
    """Return every date in the text as Found, in the order they stand, without overlaps."""
    text = text.translate(_LOOKALIKES)
    taken: list[Found] = []
    for pattern, resolve, fixed in _RULES:
        for match in pattern.finditer(text):
            if any(match.start() < other.span[1] and other.span[0] < match.end() for other in taken):
                continue
            meant = resolve(match, frame)
            if meant is None:
                continue
            possible, day = meant
            before = _DEADLINE.search(text, max(0, match.start() - _LOOK_BACK), match.start("core"))
            span = (min(before.start(), match.start()) if before else match.start(), match.end())
            instead = None if possible else _month_end(match, frame)
            taken.append(Found(span, day, possible=possible, deadline=bool(before), fixed=fixed, instead=instead))
    return sorted(taken, key=lambda item: item.span)


def without_dates(text, frame):
    """Return the text with its dates blanked out, so that their numbers are not taken for amounts."""
    for item in find_dates(text, frame):
        text = text[: item.span[0]] + " " * (item.span[1] - item.span[0]) + text[item.span[1] :]
    return text


def _make(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(match, frame):
    """For "31 November": 30 November; None where there is no such month."""
    found = match.groupdict()
    name = (found.get("month") or "").lower()
    month = int(name) if name.isdigit() else _MONTH_NUMBERS.get(name, 0)
    return _last_of_month(found.get("year"), month, frame) if 1 <= month <= 12 else None


def _full(year, month, day, frame):
    """Return (possible, date); two-digit years are of this century, a missing year is worked out."""
    century = 2000 if year and len(year) == 2 else 0
    found = _make(century + int(year), month, day) if year else frame.year_of(month, day)
    return found is not None, found


def _numeric(match, frame):
    return _full(match["year"], int(match["month"]), int(match["day"]), frame)


def _named(match, frame):
    return _full(match["year"], _MONTH_NUMBERS[match["month"].lower()], int(match["day"]), frame)


def _part_of_month(match, frame):
    month = _MONTH_NUMBERS[match["month"].lower()]
    is_whole_month = match["part"] is None and match[0].lower().startswith("in")
    part = "end" if is_whole_month else (match["part"] or "start").lower()
    day = {"start": 1, "beginning": 1, "early": 10, "mid": 15, "middle": 15, "late": 25}.get(part)
    if day is not None:
        return _full(match["year"], month, day, frame)
    last = _last_of_month(match["year"], month, frame)
    return last is not None, last


def _last_of_month(year, month, frame):
    """The month's last day: of the year given, else as in Frame.choose. None for a year that no calendar has."""
    if year:
        return _last_day(2000 + int(year) if len(year) == 2 else int(year), month)
    return frame.choose(last for one in frame.years if (last := _last_day(one, month)))


def _last_day(year, month):
    return next((last for day in (31, 30, 29, 28) if (last := _make(year, month, day))), None)


def _count(word):
    word = word.lower()
    if word.isdigit():
        return int(word)
    return COUNTS.get(word, 1)


def _later(day, days):
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


# "Reply within a day" says how fast, not by when.
_PACE = re.compile(r"\b(?:respond|reply|replying|answer|get\s+back|return|solve|fix|deal\s+with)\b", re.IGNORECASE)
_PACE_DAYS = 3


def _span_of_time(match, frame):
    is_short = match["unit"].lower() == "day" and _count(match["count"]) <= _PACE_DAYS
    if is_short and match[0].lower().startswith("within") and _PACE.search(match.string, 0, match.start()):
        return None
    days = {"day": 1, "week": 7, "fortnight": 14, "month": 30}[match["unit"].lower()]
    found = _later(frame.set_on, days * _count(match["count"]))
    return found is not None, found


def _weekday(match, frame):
    ahead = (WEEKDAYS.index(match["weekday"].lower()) - frame.set_on.weekday()) % 7
    return True, _later(frame.set_on, ahead or 7)


def _placement_week(match, frame):
    if frame.start is None:
        return True, None
    monday = frame.start - timedelta(days=frame.start.weekday())
    return True, _later(monday, 7 * _count(match["count"]) - 3)


def _end_of_placement(_match, frame):
    return True, frame.end


def _end_of_period(match, frame):
    day = frame.set_on
    ends = {
        "week": _later(day, (4 - day.weekday()) % 7),
        "month": day.replace(day=calendar.monthrange(day.year, day.month)[1]),
        "year": day.replace(month=12, day=31),
    }
    return True, ends[match["unit"].lower()]


def _one_word(match, frame):
    return True, _later(frame.set_on, {"today": 0, "tomorrow": 1, "week": 7, "month": 30}[match["unit"].lower()])


def _feast(match, frame):
    return True, frame.year_of(12, 25) if match["feast"].lower() == "christmas" else None


def _rule(pattern, resolve: Callable, *, fixed=False):
    return re.compile(pattern, re.IGNORECASE), resolve, fixed


# Earlier rules win where two overlap. The group "core" begins where the date itself does.
_RULES = (
    _rule(r"\b(?P<core>(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2}))\b", _numeric, fixed=True),
    _rule(r"\b(?P<core>(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4}|\d{2}))\b", _numeric, fixed=True),
    _rule(r"\b(?:by|on|before|until)\s+(?P<core>(?P<day>\d{1,2})/(?P<month>\d{1,2})(?P<year>))\b(?!/)", _numeric, fixed=True),
    _rule(rf"\b(?P<core>{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR})", _named, fixed=True),
    _rule(rf"\b(?P<core>(?-i:(?=[A-Z])){_MONTH}\s+(?:the\s+)?{_DAY}\b{_YEAR})", _named, fixed=True),
    _rule(
        rf"\b(?P<core>(?:the\s+)?(?P<part>end|start|beginning|middle)\s+of\s+{_MONTH}{_YEAR})",
        _part_of_month,
    ),
    _rule(rf"\b(?:by|before|until|in)\s+(?P<core>(?:(?P<part>early|mid|late)[\s-]+)?(?-i:(?=[A-Z])){_MONTH}{_YEAR})", _part_of_month),
    _rule(
        r"\b(?P<core>(?:the\s+)?end\s+of\s+(?:the|my|this|our)\s+(?:work\s+)?(?:placement|programme|term|course|co-op))\b",
        _end_of_placement,
    ),
    _rule(r"\b(?P<core>(?:the\s+time|before)\s+I\s+(?:leave|finish)|my\s+last\s+(?:day|week|shift))\b", _end_of_placement),
    _rule(r"\b(?P<core>(?:the\s+)?end\s+of\s+(?:the|this)\s+(?P<unit>week|month|year))\b", _end_of_period),
    _rule(rf"\b(?:by|before|until|in)\s+(?:the\s+end\s+of\s+)?(?P<core>week\s+{_COUNT})\b", _placement_week),
    _rule(
        rf"\b(?P<core>(?:in|within|over|for|after)\s+(?:the\s+next\s+)?{_COUNT}\s+(?P<unit>day|week|fortnight|month)s?)\b",
        _span_of_time,
    ),
    _rule(
        r"\b(?:by|before|until|on|next|this)\s+(?P<core>(?:next\s+|this\s+)?(?P<weekday>" + "|".join(WEEKDAYS) + r"))\b",
        _weekday,
    ),
    _rule(r"\b(?:by|before|until|in)\s+(?P<core>next\s+(?P<unit>week|month))\b", _one_word),
    _rule(r"\b(?P<core>(?P<unit>tomorrow|today))\b", _one_word),
    _rule(r"\b(?:by|before|until)\s+(?P<core>(?P<feast>Christmas|Easter|half[\s-]term))\b", _feast),
)
