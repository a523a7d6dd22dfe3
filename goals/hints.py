"""The coach's words: a hint for everything a goal may lack, and the day its examples name. Pure."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

LETTER_NAMES = {
    "S": _("Specific"),
    "M": _("Measurable"),
    "A": _("Achievable"),
    "R": _("Relevant"),
    "T": _("Time-bound"),
}

HINTS = {
    "empty": _("What will you do? Write one sentence that starts with a doing word."),
    "vague": _("What will you do that someone could watch?"),
    "no_verb": _("Start with a doing word: build, explain, plan, serve, write."),
    "negative": _("Say what you will do, not what you will stop doing."),
    "not_here": _("Your mentor, tutor and coordinators read this page. If something weighs on you, tell somebody you trust, or use “I’m worried”."),
    "no_object": _("Do what exactly? Name the thing, the place or the people."),
    "too_long": _("Say it in one sentence. The rest belongs in the steps."),
    "no_measure": _("What would you show someone to prove it?"),
    "feeling": _("Feelings are hard to check. What would other people see or count?"),
    "no_steps": _("What are the first two or three steps? Add at least one."),
    "out_of_reach": _("Nobody manages this all the time. What would be a good first level?"),
    "too_little_time": _("There are more steps than days left. Drop a step or choose a later date."),
    "no_why": _("Why does it matter to you? Say it, or tie it to a learning objective."),
    "weak_why": _("What will it let you do, now or later?"),
    "no_date": _("By when? Choose a date within your placement."),
    "impossible_date": _("That day does not exist. Check the date."),
    "past": _("This date has already passed. Choose one ahead of you."),
    "before_start": _("This is before your placement starts."),
    "after_end": _("This is after your placement ends. What can you finish before then?"),
    "dates_differ": _("The sentence and the date say different days. Which one is right?"),
}

MONTH_NAMES = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)
EXAMPLE_WEEKS = 3
FRIDAY = 4


def day_in_words(day):
    """"4 December": the coach's own form, which it also understands."""
    return _("%(day)s %(month)s") % {"day": day.day, "month": MONTH_NAMES[day.month - 1]}


def example_day(set_on, start, end):
    """Return a day about three weeks on, inside the placement, on a weekday where one fits."""
    first = max(set_on, start) if start else set_on
    day = min(first + timedelta(weeks=EXAMPLE_WEEKS), end) if end else first + timedelta(weeks=EXAMPLE_WEEKS)
    friday = day - timedelta(days=max(0, day.weekday() - FRIDAY))
    return friday if friday >= first else day
