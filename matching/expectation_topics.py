"""What both sides of a mentorship settle with each other: seven topics, each with answers that are one tap away. Pure data.

A key that stands in somebody's answer is never given another sentence: take it out of the choices and add a new one.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Topic:
    """One thing to settle. ``choices``: (key, sentence) offered as chips; ``note``: what no answer changes, or ""."""

    key: str
    title: str
    question: str
    choices: tuple[tuple[str, str], ...]
    note: str = ""


TOPICS = (
    Topic(
        "schedule",
        _("When we meet"),
        _("When and how often will you meet, where, and for how long?"),
        (
            ("weekly", _("Every week, about 30 minutes.")),
            ("fortnightly", _("Every second week, about 45 minutes.")),
            ("monthly", _("Once a month, 60 to 75 minutes.")),
            ("at_work", _("In person, at work.")),
            ("online", _("By video.")),
            ("say_early", _("Whoever cannot come says so the day before and offers another time.")),
        ),
    ),
    Topic(
        "channels",
        _("How we keep in touch"),
        _("How will you keep in touch between check-ins?"),
        (
            ("chat", _("Messages in the chat of work or college.")),
            ("mail", _("E-mail.")),
            ("phone", _("Phone calls, at a time we have fixed.")),
            ("no_social", _("No private social media.")),
        ),
        _("Only in ways that the programme allows."),
    ),
    Topic(
        "reach_out",
        _("When it is fine to reach out"),
        _("When is it fine to get in touch, and how soon does the other answer?"),
        (
            ("work_hours", _("Monday to Friday, in working hours.")),
            ("any_time", _("Messages at any time; nobody has to answer in the evening or at weekends.")),
            ("next_day", _("An answer by the next working day.")),
            ("two_days", _("An answer within two working days.")),
            ("urgent", _("What cannot wait at work goes to the line manager first.")),
        ),
    ),
    Topic(
        "student_brings",
        _("What the student brings"),
        _("What does the student bring?"),
        (
            ("question", _("One question for each check-in.")),
            ("good_and_hard", _("One thing that went well and one that was hard.")),
            ("goals", _("The goals, looked at beforehand.")),
            ("feedback", _("A word on what helped and what did not.")),
        ),
    ),
    Topic(
        "mentor_brings",
        _("What the mentor brings"),
        _("What does the mentor bring?"),
        (
            ("time", _("Time without interruptions.")),
            ("honest", _("Honest feedback, said kindly.")),
            ("people", _("People who are good to know.")),
            ("experience", _("Own experience, also of what went wrong.")),
        ),
    ),
    Topic(
        "confidentiality",
        _("What stays between us"),
        _("What stays between you, and who is told what?"),
        (
            ("between_us", _("What we talk about stays between us.")),
            ("ask_first", _("Before one of us tells somebody else, we ask the other.")),
            ("together", _("We tell the line manager and the tutor things together.")),
            ("written", _("We look together at what is written down about us.")),
        ),
        _("The limit is safety: where somebody may be hurt or in danger, it is passed on the same day. No answer here changes that."),
    ),
    Topic(
        "not_there_for",
        _("What the mentor is not there for"),
        _("What is the mentor not there for?"),
        (
            ("decisions", _("Decisions about work, hours or marks.")),
            ("advice", _("Advice on health, law or money: the mentor helps to find the right person.")),
            ("coursework", _("Doing work or coursework for the student.")),
            ("job", _("A promise of a job.")),
            ("emergency", _("Emergencies: ring the emergency number first.")),
        ),
    ),
)
BY_KEY = {topic.key: topic for topic in TOPICS}
KEYS = tuple(BY_KEY)


def sentences_of(topic_key, choices) -> list[str]:
    """The sentences of chosen keys in the order they are offered; unknown keys are left out."""
    chosen = set(choices)
    return [str(sentence) for key, sentence in BY_KEY[topic_key].choices if key in chosen]
