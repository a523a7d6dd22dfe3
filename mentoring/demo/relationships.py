"""Mentorships of the demo and what has happened in them: agreements, check-ins, goals."""

from dataclasses import dataclass, field
from datetime import timedelta

from checkins.enums import Way
from checkins.models import Action, CheckIn
from checkins.schedule import plan
from goals.models import Goal, GoalProgress, GoalStep
from matching.agreement_text import CURRENT_VERSION
from matching.enums import MentorshipStatus
from matching.models import Agreement, AgreementSignature, Mentorship, MentorshipMember

from . import stories
from .agreeing import agree_goals, agree_objectives
from .settling import settle
from .times import at

FIRST_CHECK_IN = timedelta(days=7)
MIDDLE_OF_STAGE = timedelta(days=20)


@dataclass
class Told:
    """One mentorship with its people, its story and what was made for it."""

    mentorship: Mentorship
    student: object
    mentor: object
    story: stories.Story
    check_ins: list = field(default_factory=list)
    goals: list = field(default_factory=list)


def tell(programme, pairs, *, placements, today, chance) -> list[Told]:
    """Make a mentorship for each (student, mentor, story), with all that has happened in it by ``today``."""
    told = [_begin(number, programme, *pair, placements, today) for number, pair in enumerate(pairs)]
    Mentorship.objects.bulk_create([one.mentorship for one in told])
    _seat(told)
    _agree(told)
    _meet(told, today, chance)
    _aim(told, today, chance)
    return told


def _begin(number, programme, student, mentor, story, placements, today):
    started = today - timedelta(days=6) if story.started is None else programme.starts_on + timedelta(days=number % 5)
    over = story.status != MentorshipStatus.ACTIVE
    row = Mentorship(
        organisation_id=programme.organisation_id,
        programme=programme,
        placement=placements.get(student.pk),
        stage=story.stage,
        stage_since=max(started, today - MIDDLE_OF_STAGE + timedelta(days=number % 12)),
        status=story.status,
        started_on=started,
        ends_on=programme.ends_on,
        ended_at=at(today - timedelta(days=9), 15) if over else None,
        ended_reason="The student was offered a job and started early." if story.status == "completed_early" else "",
    )
    return Told(row, student, mentor, story)


def _seat(told):
    MentorshipMember.objects.bulk_create(
        [
            MentorshipMember(
                organisation_id=one.mentorship.organisation_id, mentorship=one.mentorship, participant=person, side=person.side
            )
            for one in told
            for person in (one.student, one.mentor)
        ]
    )


def _agree(told):
    """Agreements: filled in where somebody has signed, complete where both have."""
    agreements = {}
    for one in told:
        signed_on = at(one.mentorship.started_on + timedelta(days=3), 18)
        agreements[id(one)] = Agreement(
            organisation_id=one.mentorship.organisation_id,
            mentorship=one.mentorship,
            version=CURRENT_VERSION,
            made_at=at(one.mentorship.started_on, 9),
            signed_at=signed_on if len(one.story.signed) > 1 else None,
        )
    Agreement.objects.bulk_create(agreements.values())
    settle([one for one in told if one.story.signed])
    AgreementSignature.objects.bulk_create(
        [
            AgreementSignature(
                organisation_id=one.mentorship.organisation_id,
                agreement=agreements[id(one)],
                participant=person,
                signed_name=person.membership.name,
                signed_at=at(one.mentorship.started_on + timedelta(days=2), 18),
                by_link=person.side == "mentor",
            )
            for one in told
            for person in (one.student, one.mentor)
            if person.side in one.story.signed
        ]
    )


def _meet(told, today, chance):
    for one in told:
        _plan(one, today, chance)
    CheckIn.objects.bulk_create([row for one in told for row in one.check_ins])
    actions = []
    for one in told:
        held = [row for row in one.check_ins if row.status == CheckIn.Status.HELD]
        one.mentorship.last_contact_on = held[-1].held_on if held else None
        for row in held:
            last = row is held[-1]
            owners = (one.student, one.mentor) if last else (one.student,)
            actions += [_action(row, owner, done=not last, chance=chance) for owner in owners]
    Action.objects.bulk_create(actions)
    Mentorship.objects.bulk_update([one.mentorship for one in told], ["last_contact_on"])


def _plan(one, today, chance):
    row, rhythm = one.mentorship, one.mentorship.programme.check_in_every_days
    past = list(one.story.past)
    for number, due_on in enumerate(plan(row.started_on + FIRST_CHECK_IN, row.ends_on, rhythm), 1):
        check_in = CheckIn(organisation_id=row.organisation_id, mentorship=row, number=number, due_on=due_on)
        happened = (past.pop(0) if past else None) if due_on < today else None
        if happened == stories.MISSED:
            check_in.status, check_in.missed_reason = CheckIn.Status.MISSED, chance.choice(stories.MISSED_BECAUSE)
        elif isinstance(happened, int):
            _log(check_in, happened, one.mentor.membership, chance, told=[row.progress for row in one.check_ins])
        elif row.status != MentorshipStatus.ACTIVE:
            check_in.status = CheckIn.Status.DROPPED
        one.check_ins.append(check_in)


def _log(check_in, mood, by, chance, *, told):
    """``told``: what this pair's earlier check-ins say; nothing is said twice."""
    check_in.status, check_in.mood, check_in.held_on = CheckIn.Status.HELD, mood, check_in.due_on
    check_in.minutes, check_in.way = chance.choice((30, 45, 45, 60)), chance.choice(Way.values[:3])
    check_in.topics = chance.sample(stories.TOPICS, 2)
    check_in.progress = chance.choice([text for text in stories.PROGRESS if text not in told])
    check_in.challenges = chance.choice(stories.CHALLENGES)
    check_in.logged_by, check_in.logged_at = by, at(check_in.due_on, 17, chance.randrange(60))
    check_in.by_link = chance.random() < 0.6


def _action(check_in, owner, *, done, chance):
    due_on = check_in.due_on + timedelta(days=10)
    return Action(
        organisation_id=check_in.organisation_id,
        check_in=check_in,
        text=chance.choice(stories.ACTIONS),
        owner=owner,
        due_on=due_on,
        done_at=at(due_on, 12) if done else None,
    )


def _aim(told, today, chance):
    """Goals with steps, and a line of progress that ends where the story says."""
    for one in told:
        one.goals = [_goal(one, idea, number, today) for number, idea in enumerate(_ideas(one, chance))]
    Goal.objects.bulk_create([goal for one in told for goal, _idea in one.goals])
    steps, progress = [], []
    for one in told:
        for goal, idea in one.goals:
            steps += list(_steps(one, goal, idea))
            progress += list(_progress(one, goal, today))
    GoalStep.objects.bulk_create(steps)
    GoalProgress.objects.bulk_create(progress)
    agree_goals(told)
    agree_objectives(told, chance)


def _ideas(one, chance):
    ideas = chance.sample(stories.GOALS, one.story.goals)
    if one.story.vague_goal and ideas:
        ideas[-1] = stories.GoalIdea(chance.choice(stories.VAGUE), "", "", ())
    return ideas


def _goal(one, idea, number, today):
    row = one.mentorship
    set_on = row.started_on + timedelta(days=9)
    due_on = row.ends_on - timedelta(days=21 - 7 * number) if idea.steps else None
    percent = 0
    if set_on < today:
        share = _time_gone(set_on, due_on, today) if due_on else 30
        percent = min(100, share * one.story.pace // 100)
    goal = Goal(
        organisation_id=row.organisation_id,
        mentorship=row,
        title=idea.title,
        measure=idea.measure,
        why=idea.why,
        due_on=due_on,
        percent=percent,
        written_by=one.student.membership,
        created_at=at(set_on, 19),
    )
    if percent == 100:
        goal.status, goal.settled_at = Goal.Status.DONE, at(today - timedelta(days=4), 14)
    return goal, idea


def _time_gone(start, end, today):
    return max(0, min(100, 100 * (today - start).days // max(1, (end - start).days)))


def _steps(one, goal, idea):
    for number, text in enumerate(idea.steps):
        due_on = goal.due_on - timedelta(days=7 * (len(idea.steps) - number))
        done = goal.percent * len(idea.steps) >= 100 * (number + 1)
        yield GoalStep(
            organisation_id=goal.organisation_id,
            goal=goal,
            text=text,
            owner=one.student,
            due_on=due_on,
            done_at=at(goal.created_at.date() + timedelta(days=7 * number + 5), 13) if done else None,
        )


def _progress(one, goal, today):
    """At each check-in held after the goal was written, evenly up to where it stands."""
    days = [row.held_on for row in one.check_ins if row.held_on and row.held_on > goal.created_at.date()]
    for number, day in enumerate(days, 1):
        yield GoalProgress(
            organisation_id=goal.organisation_id,
            goal=goal,
            percent=goal.percent * number // len(days),
            by=one.student.membership,
            at=at(day, 18),
        )
