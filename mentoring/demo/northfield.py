"""Northfield College: a programme half-way through, and one whose first people are asked what would fit them."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from checkins.models import CheckIn, Concern, Note, Safeguarding
from checkins.services import limits
from checkins.services.record import write_step
from common.tenancy import organisation_scope
from goals.models import Goal, GoalProgress, GoalStep
from matching.models import Proposal
from organisations.models import Membership
from organisations.services import invitations
from programmes.models import Participant, Placement, Programme
from programmes.roster.records import MentorRow, StudentRow

from . import accounts, agreeing, choosing, questionnaire, stories
from .calendar import plan_calendar
from .changing import change_some
from .events import plan_events
from .helping import write_card
from .letters import send_in_the_past
from .matching import match, publish
from .programme import make_programme
from .relationships import tell
from .reminders import shape_reminders
from .roster import enrol, sample_rows
from .settling import look_again
from .support import support
from .surveys import ask_review
from .times import ZONE, at, monday_before, own_times, season_of
from .together import do_together
from .training import begin_training, finish_training, hold_back

SLUG, NAME = "northfield", "Northfield College"
STUDENTS, MENTORS = 50, 34  # of the sample rosters
SAMPLES_OF = date(2026, 11, 1)
EARLY = (9, 5)  # students and mentors who are in the next programme already
TUTEES = 6  # students of the tutor who can sign in
TRAINED, HALF_TRAINED = 27, 4
NOT_INVITED = 2
STARTED_DAYS_AGO, WEEKS = 44, 11
PREPARED = timedelta(days=14)  # training and matching before the first day
REVIEW_OPENED = timedelta(days=5)
NEXT_CHECK_IN = timedelta(days=2)
OWN_PERCENT = (66, 30, 9)  # of the three goals of the demo's own pair


def seed(today) -> bool:
    """Make it; False when it is there already."""
    organisation = accounts.make_organisation(SLUG, NAME)
    with organisation_scope(organisation.pk), timezone.override(ZONE):
        cast = accounts.make_cast(SLUG, accounts.NORTHFIELD)
        if Programme.objects.exists():
            return False
        with own_times():
            programme, told = _autumn(cast, today)
            _moments(cast, told, today)
            plan_calendar(programme, told[0], by=cast["coordinator"], today=today)
        change_some(told, by=cast["coordinator"], today=today)
        do_together(told, cast, today)
        mentors = list(programme.participants.mentors().select_related("membership").order_by("pk"))
        plan_events(programme, own_mentor=told[0].mentor, by=cast["coordinator"], today=today)
        support(programme, mentors, own_mentor=told[0].mentor, by=cast["coordinator"], today=today)
        _spring(cast, programme, today)
    send_in_the_past(organisation.pk, one_came_back=True)
    with organisation_scope(organisation.pk):
        shape_reminders(programme, mentors, by=cast["coordinator"])
    return True


def _autumn(cast, today):
    chance = Random(2026)  # noqa: S311  the demo is the same each time
    starts_on = monday_before(today - timedelta(days=STARTED_DAYS_AGO))
    programme = make_programme(
        name=season_of(starts_on),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(weeks=WEEKS, days=-3),
        by=cast["coordinator"],
        today=today,
        review_opens=today - REVIEW_OPENED,
    )
    before = starts_on - PREPARED
    roster = _enrol(programme, at(before, 9), today)
    finish_training(roster.mentors[:TRAINED], by_day=before, by=cast["coordinator"], chance=chance)
    begin_training(roster.mentors[TRAINED : TRAINED + HALF_TRAINED], by_day=today - timedelta(days=3), chance=chance)
    hold_back(roster.mentors[TRAINED + HALF_TRAINED], by_day=today - timedelta(days=2), chance=Random(3))  # noqa: S311
    run, proposals = match(programme, by=cast["coordinator"], on=before)
    own, others = _own_pairs(run, proposals, roster)
    pairs = [(row, stories.LIVELY if number == 0 else stories.STEADY) for number, row in enumerate(own)]
    pairs += zip(others, stories.NORTHFIELD, strict=False)
    left = others[len(stories.NORTHFIELD) :]
    told = tell(
        programme,
        [(row.student, row.mentor, story) for row, story in pairs],
        placements=roster.placements,
        today=today,
        chance=chance,
    )
    accepted = {row: one.mentorship for (row, _story), one in zip(pairs, told, strict=True)}
    publish(run, on=before, accepted=accepted, waiting=left[:2], declined=left[2:3])
    ask_review(programme, told, today=today, chance=chance, keep_open={told[0].student.pk, told[0].mentor.pk})
    look_again(told[0], today - REVIEW_OPENED)
    write_card(told[0].student.membership, told[0].mentor.membership)
    _hours(roster, programme, today, chance)
    _settle_in(told, roster, at(before, 18))
    return programme, told


def _enrol(programme, now, today):
    """The sample rosters' first rows, and before them the two who can sign in to the demo."""
    students = sample_rows("students")[: STUDENTS + 1]
    mentors = [_with_check(row, today) for row in sample_rows("mentors")[:MENTORS]]
    first = students[0]
    student = StudentRow(
        number=0,
        first_name="Gwen",
        last_name="Wójcik",
        email=f"student@{SLUG}.example",
        student_id=first.student_id,
        date_of_birth=first.date_of_birth,
        course=first.course,
        industry=first.industry,
        town="Sheffield",
        career_goal=first.career_goal,
        wants_skills=first.wants_skills,
        availability=("Mon am", "Tue am", "Tue pm"),
        languages=("English", "Polish"),
        channel="video",
        tutor_email=f"tutor@{SLUG}.example",
    )
    mentor = _own_mentor(programme, first)
    more = [replace(row, tutor_email=student.tutor_email) for row in students[1:TUTEES]]
    rows = sample_rows("placements")
    return enrol(programme, students=[student, *more, *students[TUTEES:]], mentors=[mentor, *mentors], placements=rows, now=now)


def _own_mentor(programme, like):
    """The mentor who can sign in to the demo, in a student's line of work."""
    return MentorRow(
        number=0,
        first_name="Dafydd",
        last_name="Lindqvist",
        email=f"mentor@{SLUG}.example",
        employer="Thackray Precision",
        job_title="Finance lead",
        industry=like.industry,
        town="Sheffield",
        skills=("spreadsheets", "bookkeeping", "communication"),
        availability=("Mon am", "Tue am", "Tue pm"),
        capacity=2,
        languages=("English", "Polish"),
        channel="video",
        years_experience=14,
        check_valid_until=programme.ends_on + timedelta(days=500),
    )


def _with_check(row, today):
    """The samples' background checks were written in SAMPLES_OF; a demo seeded later must not find them all run out."""
    later = max(timedelta(0), today - SAMPLES_OF)
    return replace(row, check_valid_until=row.check_valid_until + later) if row.check_valid_until else row


def _own_pairs(run, proposals, roster):
    """The demo's mentor with the demo's student first; (theirs, everybody else's). Paired by hand if the run chose otherwise."""
    student, mentor = roster.students[0], roster.mentors[0]
    found = next((row for row in proposals if (row.student_id, row.mentor_id) == (student.pk, mentor.pk)), None)
    if found is None:
        Proposal.objects.filter(run=run, student=student).delete()
        found = Proposal.objects.create(
            run=run, programme=run.programme, student=student, mentor=mentor, score=84, is_by_hand=True,
            by_hand_reason="They met at the open day and asked for each other.",
        )  # fmt: skip
    rest = [row for row in proposals if row.student_id != student.pk]
    own = [row for row in rest if row.mentor_id == mentor.pk][:1]
    others = [row for row in rest if row.mentor_id != mentor.pk]
    return [found, *own], others


def _hours(roster, programme, today, chance):
    """Hours done, in step with the calendar."""
    share = (today - programme.starts_on).days / max(1, (programme.ends_on - programme.starts_on).days)
    rows = list(roster.placements.values())
    for row in rows:
        row.planned_hours = row.planned_hours or 315
        row.done_hours = round(row.planned_hours * share * (0.8 + 0.4 * chance.random()))
    Placement.objects.bulk_update(rows, ["done_hours", "planned_hours"])


def _settle_in(told, roster, when):
    """Whoever has a mentorship or has begun to train has joined; the others hold an invitation, but for the last few."""
    busy = [one for item in told for one in (item.student, item.mentor)] + roster.mentors[: TRAINED + HALF_TRAINED]
    people = {one.membership_id: one.membership for one in busy}
    accounts.let_join([one for one in people.values() if one.user_id is None], when)
    others = [one for one in (*roster.students, *roster.mentors) if one.membership_id not in people]
    for one in others[: -NOT_INVITED]:
        invitations.join_url(one.membership)
    Participant.objects.filter(pk__in=[one.pk for one in others[-NOT_INVITED:]]).update(invited_at=None)


def _moments(cast, told, today):
    """What makes the demo's own pair lively, and the concern somebody raised."""
    own = told[0]
    coming = next(row for row in own.check_ins if row.status == CheckIn.Status.PLANNED)
    coming.due_on, coming.starts_at = today + NEXT_CHECK_IN, datetime.combine(today + NEXT_CHECK_IN, time(10), tzinfo=ZONE)
    coming.save(update_fields=["due_on", "starts_at"])
    if len(told) > 1 and told[1].mentor.pk == own.mentor.pk:
        late = next(row for row in told[1].check_ins if row.status == CheckIn.Status.PLANNED)
        late.due_on = today - timedelta(days=1)
        late.save(update_fields=["due_on"])
    _goals_of_own_pair(own)
    agreeing.tell_own_pair(own, today)
    for number, (visibility, text) in enumerate(stories.NOTES):
        Note.objects.create(
            mentorship=own.mentorship,
            author=cast["mentor"],
            text=text,
            visibility=visibility,
            written_at=at(own.check_ins[number].due_on, 17),
        )
    _concern(cast, next(one for one in told if one.story.key == "lost"))


def _concern(cast, worried):
    """Somebody is worried, the lead has to confirm it, a deputy is named, and the two of the demo have read the limits."""
    Membership.objects.filter(pk=cast["tutor"].pk).update(is_safeguarding_deputy=True)
    Safeguarding.objects.get_or_create(organisation_id=cast["lead"].organisation_id, defaults={"phone": "01632 960 117"})
    for role in ("mentor", "student"):
        limits.note_read(by=cast[role])
    concern = Concern.objects.create(
        mentorship=worried.mentorship,
        raised_by=worried.mentor.membership,
        urgency="soon",
        category="boundaries",
        text=stories.CONCERN,
        raised_at=timezone.now() - timedelta(minutes=50),
        answer_by=timezone.now() + timedelta(hours=23),
    )
    write_step(concern, f"Went to the named lead: {cast['lead'].name}.")


def _goals_of_own_pair(own):
    """A goal with steps under way, one that is behind, and one that is a wish so far."""
    texts = (stories.GOALS[0], stories.GOALS[1], stories.GoalIdea(stories.VAGUE[0], "", "", ()))
    for (goal, _old), idea, percent in zip(own.goals, texts, OWN_PERCENT, strict=False):
        due_on = goal.due_on if idea.steps else None
        Goal.objects.filter(pk=goal.pk).update(
            title=idea.title, measure=idea.measure, why=idea.why, due_on=due_on, percent=percent, status=Goal.Status.OPEN
        )
        GoalStep.objects.filter(goal=goal).delete()
        lines = list(GoalProgress.objects.filter(goal=goal).order_by("at"))
        for number, line in enumerate(lines, 1):
            GoalProgress.objects.filter(pk=line.pk).update(percent=percent * number // len(lines))
        for number, text in enumerate(idea.steps):
            GoalStep.objects.create(
                goal=goal,
                text=text,
                owner=own.student,
                due_on=due_on - timedelta(days=7 * (len(idea.steps) - number)),
                done_at=at(goal.created_at.date() + timedelta(days=9), 13) if number == 0 else None,
            )


def _spring(cast, autumn, today):
    """Its first people have come, and are asked what would fit them; the rest is in the samples that its import page offers."""
    starts_on = monday_before(autumn.ends_on + timedelta(days=26))
    spring = make_programme(
        name=season_of(starts_on),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(weeks=14, days=-3),
        by=cast["coordinator"],
        today=today,
    )
    students = sample_rows("students")[STUDENTS + 1 : STUDENTS + 1 + EARLY[0]]
    mentors = [_with_check(row, today) for row in sample_rows("mentors")[MENTORS : MENTORS + EARLY[1]]]
    roster = enrol(spring, students=students, mentors=[_own_mentor(spring, students[0]), *mentors], placements=[], now=timezone.now())
    chance = Random(2027)  # noqa: S311  the demo is the same each time
    with own_times():
        finish_training(roster.mentors, by_day=today - timedelta(days=1), by=cast["coordinator"], chance=chance)
    questionnaire.ask(spring, by=cast["coordinator"], today=today, chance=chance, waiting=[cast["mentor"]])
    choosing.choose(spring, by=cast["coordinator"], today=today, waiting=[cast["mentor"]])
