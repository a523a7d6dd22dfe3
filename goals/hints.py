"""The coach's words: a hint for everything a goal may lack, and a better example near its subject. Pure data."""

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
    "no_object": _("Do what exactly? Name the thing, the place or the people."),
    "too_long": _("Say it in one sentence. The rest belongs in the steps."),
    "no_measure": _("What would you show someone to prove it?"),
    "feeling": _("Feelings are hard to check. What would other people see or count?"),
    "no_steps": _("What are the first two or three steps? Add at least one."),
    "out_of_reach": _("Nobody manages this all the time. What would be a good first level?"),
    "too_little_time": _("There are more steps than days left. Drop a step or choose a later date."),
    "no_why": _("Why does it matter to you? Say it, or link it to a learning objective."),
    "weak_why": _("What will it let you do, now or later?"),
    "no_date": _("By when? Choose a date within your placement."),
    "impossible_date": _("That day does not exist. Check the date."),
    "past": _("This date has already passed. Choose one ahead of you."),
    "before_start": _("This is before your placement starts."),
    "after_end": _("This is after your placement ends. What can you finish before then?"),
    "dates_differ": _("The sentence and the date say different days. Which one is right?"),
}

STEPS_EXAMPLE = _("Watch it done once. Try it with help. Do it alone.")
WHY_EXAMPLE = _("So that I can run the front desk on my own on Fridays.")

# (words that give the subject away, an example goal). The first subject with a word in the title is taken.
EXAMPLES = (
    (
        "spreadsheet spreadsheets excel sheet sheets formula formulas data bookkeeping numbers",
        _("Build a sheet that totals the week’s bookings, by %(date)s"),
    ),
    (
        "career careers apprenticeship interview interviews cv networking network university future job jobs trade",
        _("Ask three people here how they got into the trade and write down what I would need, by %(date)s"),
    ),
    (
        "customer customers client clients guest guests visitor visitors retail sales selling",
        _("Serve ten customers on my own and ask my line manager to watch two of them, by %(date)s"),
    ),
    (
        "patient patients care caring health nursing first-aid aid safety",
        _("Explain the hand-washing routine to two new starters, with my line manager watching, by %(date)s"),
    ),
    (
        "code coding programming program python software website web app computer computing it",
        _("Fix two small bugs from the list and show the result to a colleague, by %(date)s"),
    ),
    (
        "machine machines machining tool tools weld welding drill cad drawing drawings electronics wiring joinery building",
        _("Set up the pillar drill from the job sheet three times without help, by %(date)s"),
    ),
    (
        "late punctual punctuality time timekeeping organised organisation organising routine",
        _("Be at my desk by 8.50 every day for three weeks, until %(date)s"),
    ),
    (
        "email emails writing write report reports record records filing admin notes documentation",
        _("Write the handover notes for four shifts and have one checked by my line manager, by %(date)s"),
    ),
    (
        "confidence confident speak speaking present presenting presentation communication communicate communicating public",
        _("Present one idea at the team meeting and ask two people for feedback, by %(date)s"),
    ),
    (
        "team teamwork leader leading leadership lead colleagues people working",
        _("Lead the start-of-shift meeting twice and ask the team what to change, by %(date)s"),
    ),
)
ANY_EXAMPLE = _("Write a one-page guide to my main task and try it out with a new colleague, by %(date)s")

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


def example_goal(words, day):
    """Return an example goal near the subject the words give away, dated with `day`."""
    given = set(words)
    template = next((text for cues, text in EXAMPLES if given & set(cues.split())), ANY_EXAMPLE)
    return str(template) % {"date": _("%(day)s %(month)s") % {"day": day.day, "month": MONTH_NAMES[day.month - 1]}}


def example_day(set_on, start, end):
    """Return a day about three weeks on, inside the placement, on a weekday where one fits."""
    first = max(set_on, start) if start else set_on
    day = min(first + timedelta(weeks=EXAMPLE_WEEKS), end) if end else first + timedelta(weeks=EXAMPLE_WEEKS)
    friday = day - timedelta(days=max(0, day.weekday() - FRIDAY))
    return friday if friday >= first else day
