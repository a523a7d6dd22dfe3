"""What the demo's people did together, how they moved from stage to stage, and how some of them wind down."""

from datetime import timedelta

from django.utils import timezone

from checkins.models import CheckIn
from goals.activities import activities, by_key
from goals.models import ContactRule, ContactYes, EndingNote, MentorshipActivity, OwnActivity
from matching.models import EarlyEnd, StageMove
from matching.stages import FACTS, ORDER

from .times import at

MOVED = ("agreement_signed", "goals_agreed", "ending_due", "contact_settled")  # into the second stage, the third …
DEBRIEFS = (
    ("I did not know how many people one can simply ask.", "Ask Amara about the morning round."),
    ("It went better than we thought.", ""),
    ("Listening without interrupting is harder than it looks.", "Try it with a customer on Thursday."),
)
THANKS = "You asked what I had tried before you said what you would do. That is why I try things now."
LEARNT = "That people matter more to me than tools. And that I can speak in front of a team when I have practised once."
PLANNED = "practise-the-talk"


def do_together(told, cast, today):
    """Stage moves and activities for everybody; an activity planned for the demo's own two; endings where the story winds down."""
    StageMove.objects.bulk_create([move for one in told for move in _moves(one)])
    done = [row for number, one in enumerate(told) for row in _done(number, one)]
    own = told[0]
    done.append(_activity(own, by_key()[PLANNED], planned_by=own.mentor.membership, planned_at=at(today - timedelta(days=1), 16)))
    MentorshipActivity.objects.bulk_create(done)
    for one in told:
        if one.story.key in {"winding down", "moving on"}:
            _wind_down(one, today, settled=one.story.key == "moving on")
    early = next(one for one in told if one.story.key == "moving on")
    EarlyEnd.objects.create(mentorship=early.mentorship, participant=early.student)
    OwnActivity.objects.create(
        title="A morning at the college workshop",
        stages=["rapport", "direction"],
        functions=["exposure", "friendship"],
        minutes=60,
        way="in_person",
        purpose="The mentor sees where the student learns, and whom they learn with.",
        needs="A message to the tutor a week before.",
        steps="Ask the tutor for a good morning\nThe student shows the mentor round\nLook at one piece of work together\nSay thank you to the tutor",
        questions="What is different here from the placement?\nWhat should the two know of each other?",
        safety="Sign in at reception and wear the visitor’s badge.",
        added_by=cast["coordinator"],
    )


def _moves(one):
    """One move for each stage that is behind them, the last on the day their stage began."""
    row, behind = one.mentorship, ORDER.index(one.mentorship.stage)
    for number in range(behind):
        days = (row.stage_since - row.started_on).days * (number + 1) // behind
        yield StageMove(
            organisation_id=row.organisation_id,
            mentorship=row,
            came_from=ORDER[number],
            stage=ORDER[number + 1],
            fact=MOVED[number] if MOVED[number] in FACTS else "",
            by=(one.student if number % 2 else one.mentor).membership,
            at=at(row.started_on + timedelta(days=days), 17),
        )


def _done(number, one):
    """One activity at the first and one at the third check-in that was held."""
    held = [row for row in one.check_ins if row.status == CheckIn.Status.HELD]
    for place, check_in in enumerate(held[::2][:2]):
        stage = ORDER[min(place, ORDER.index(one.mentorship.stage))]
        fitting = [found for found in activities() if found.stages[0] == stage and found.key != PLANNED]
        noticed, following = DEBRIEFS[(number + place) % len(DEBRIEFS)]
        chosen = fitting[number % len(fitting)]
        yield _activity(one, chosen, done_on=check_in.held_on, done_by=one.mentor.membership, noticed=noticed, next=following)


def _activity(one, activity, **fields):
    row = one.mentorship
    return MentorshipActivity(organisation_id=row.organisation_id, mentorship=row, key=activity.key, title=str(activity.title), **fields)


def _wind_down(one, today, *, settled):
    row, now = one.mentorship, timezone.now()
    EndingNote.objects.create(mentorship=row, participant=one.student, kind="thanks", text=THANKS, shown_at=now)
    EndingNote.objects.create(mentorship=row, participant=one.student, kind="reflection", text=LEARNT, further="yes", shown_at=now)
    rule = ContactRule.objects.create(
        mentorship=row,
        number=1,
        kind="as_agreed",
        words="Work e-mail, once in three months",
        until=max(today, row.ends_on) + timedelta(days=270),
        by=one.mentor.membership,
        settled_at=now if settled else None,
    )
    for person in (one.mentor, one.student) if settled else (one.mentor,):
        ContactYes.objects.create(rule=rule, participant=person)
