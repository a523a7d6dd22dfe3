"""What carries the demo's mentors: talks about being a mentor, how they see themselves, and the college's own resources."""

import io
from datetime import timedelta

from common.uploads import TEXT, Upload
from training.models import Reflection, SelfRating
from training.self_rating import KEYS
from training.services.library import add_resource
from training.services.supervision import log_supervision

from .times import at

RATED = 23  # mentors who rated themselves at the start
TALKS = (  # days ago, form, mentors by their place in the roster, minutes, topics
    (30, "circle", (0, 2, 3, 5, 8), 75, "First meetings; what to do when nothing comes"),
    (16, "one_to_one", (2,), 40, "A student who cancels"),
    (9, "one_to_one", (0,), 45, "Listening without solving; two students at once"),
)
REFLECTIONS = (
    ("only_me", "I gave advice three times before I had asked one question. Next time: two questions first."),
    ("coordinators", "The circle helped more than any text. Could we meet every month?"),
)
WHOM_TO_ASK = """Northfield has one front desk for placements. It is open from eight to four, and somebody answers the phone.

## When something is urgent

If somebody may come to harm, ring the safeguarding lead at once. Do not wait for the next check-in.

## When it can wait a day

- travel and timetables: the placement office
- a quarrel with a colleague: the line manager first, then us
- anything about money: student services
"""
QUESTIONS = """Twelve questions for a first meeting

What made you choose this course?
What was your first day like?
Who here would you ask for help?
"""


def support(programme, mentors, *, own_mentor, by, today):
    """``mentors``: participants in the order of the roster; ``own_mentor``: the one who can sign in."""
    for days, form, places, minutes, topics in TALKS:
        log_supervision(
            programme=programme, mentors=[mentors[place] for place in places], form=form, minutes=minutes, topics=topics,
            held_on=today - timedelta(days=days), led_by="Rosa Whitfield", by=by, at=at(today, 18),
        )  # fmt: skip
    for readers, text in REFLECTIONS:
        Reflection.objects.create(author=own_mentor.membership, readers=readers, text=text)
    SelfRating.objects.bulk_create(
        SelfRating(
            organisation_id=mentor.organisation_id, mentor=mentor, moment="start",
            **{key: 2 + (place + number) % 3 for number, key in enumerate(KEYS)},
        )
        for place, mentor in enumerate(mentors[:RATED])
    )  # fmt: skip
    _library(by)


def _library(by):
    add_resource(
        kind="text", by=by, title="Whom to ask at Northfield", summary="Telephone first, then e-mail: who helps with what.",
        body=WHOM_TO_ASK, url="", minutes=2, aspects=["telling_others", "confidentiality"], roles=["mentor", "student", "tutor"],
        stages=["rapport"],
    )  # fmt: skip
    add_resource(
        kind="link", by=by, title="A short film about listening", summary="Two people, one problem, and nobody solves it.", body="",
        url="https://films.example/listening", minutes=9, aspects=["functions", "behaviour_styles"], roles=["mentor"], stages=[],
    )  # fmt: skip
    content = io.BytesIO(QUESTIONS.encode())
    add_resource(
        kind="file", by=by, upload=Upload("Twelve questions.txt", TEXT, len(QUESTIONS.encode()), content),
        title="Twelve questions for a first meeting", summary="To print, or to keep on your phone.", body="", url="", minutes=3,
        aspects=["relationship"], roles=["mentor", "student"], stages=["rapport"],
    )  # fmt: skip
