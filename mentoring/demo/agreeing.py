"""What is agreed in the demo's mentorships: the words of goals, and the learning objectives of placements."""

import io
from datetime import timedelta

from PIL import Image, ImageDraw

from common.storage import save_private
from goals.enums import Change, Pending, Voice
from goals.models import (
    Goal,
    GoalAgreement,
    GoalChange,
    GoalObjective,
    GoalProgress,
    GoalWording,
    Objective,
    ObjectiveAgreement,
)
from programmes.enums import Side

from . import stories
from .times import at

AGREED_AFTER = timedelta(days=2)
OBJECTIVES = 3  # of each placement


def agree_goals(told):
    """Each goal's first words, proposed by the student; the mentor has said yes to all but wishes."""
    goals = [(one, goal, idea) for one in told for goal, idea in one.goals]
    wordings = {goal.pk: _wording(goal) for _one, goal, _idea in goals}
    GoalWording.objects.bulk_create(wordings.values())
    yeses = []
    for one, goal, idea in goals:
        both = bool(idea.steps)
        goal.number, goal.pending = 1, "" if both else Pending.MENTOR
        goal.agreed_at = goal.created_at + AGREED_AFTER if both else None
        people = [(Side.STUDENT, one.student.membership, goal.created_at)]
        people += [(Side.MENTOR, one.mentor.membership, goal.created_at + AGREED_AFTER)] if both else []
        yeses += [_yes(GoalAgreement, wordings[goal.pk], person, when, side=side, wording=wordings[goal.pk]) for side, person, when in people]
    GoalAgreement.objects.bulk_create(yeses)
    Goal.objects.bulk_update([goal for _one, goal, _idea in goals], ["number", "pending", "agreed_at"])


def _wording(goal):
    words = {name: getattr(goal, name) for name in GoalWording.FIELDS}
    return GoalWording(organisation_id=goal.organisation_id, goal=goal, number=1, by=goal.written_by, at=goal.created_at, **words)


def _yes(model, row, person, when, **fields):
    return model(organisation_id=row.organisation_id, membership=person, name=person.name, at=when, **fields)


def agree_objectives(told, chance):
    """Objectives for each placement, written by the tutor or the coordinator's import, agreed by all once the two have signed."""
    made = {}
    for one in told:
        placement = one.mentorship.placement
        if placement is None or placement.pk in made:
            continue
        by = one.student.tutor or one.student.membership
        made[placement.pk] = (
            one,
            [
                Objective(
                    organisation_id=placement.organisation_id,
                    placement=placement,
                    text=text,
                    written_by=by,
                    written_at=at(one.mentorship.started_on - timedelta(days=4), 11),
                )
                for text in chance.sample(stories.OBJECTIVES, OBJECTIVES)
            ],
        )
    Objective.objects.bulk_create([row for _one, rows in made.values() for row in rows])
    yeses = []
    for one, rows in made.values():
        when = at(one.mentorship.started_on + timedelta(days=4), 12)
        people = [(Voice.STUDENT, one.student.membership)] + ([(Voice.TUTOR, one.student.tutor)] if one.student.tutor else [])
        people += [(Voice.MENTOR, one.mentor.membership)] if len(one.story.signed) > 1 else []
        yeses += [_yes(ObjectiveAgreement, row, person, when, objective=row, version=1, voice=voice) for row in rows for voice, person in people]
    ObjectiveAgreement.objects.bulk_create(yeses)
    links = []
    for one, rows in made.values():
        for (goal, idea), objective in zip(one.goals, rows, strict=False):
            if idea.steps:
                links.append(GoalObjective(organisation_id=goal.organisation_id, goal=goal, objective=objective))
    GoalObjective.objects.bulk_create(links)


def tell_own_pair(own, today):
    """The demo's own pair: a change that waits for the student, a wish that waits for the mentor, proof, an objective in new words."""
    goals = list(Goal.objects.filter(mentorship=own.mentorship).order_by("pk"))
    for goal in goals:  # their words were written anew for the demo
        words = {name: getattr(goal, name) for name in GoalWording.FIELDS}
        GoalWording.objects.filter(goal=goal).update(**words)
    wish = goals[-1]
    GoalAgreement.objects.filter(wording__goal=wish, side=Side.MENTOR).delete()
    Goal.objects.filter(pk=wish.pk).update(pending=Pending.MENTOR, agreed_at=None)
    GoalObjective.objects.filter(goal=wish).delete()
    second = goals[1]
    words = {name: getattr(second, name) for name in GoalWording.FIELDS}
    words |= {"measure": "The totals match the till on two Fridays", "due_on": second.due_on + timedelta(days=4)}
    when, mentor = at(today - timedelta(days=2), 18), own.mentor.membership
    change = GoalWording.objects.create(goal=second, number=2, by=mentor, at=when, **words)
    GoalAgreement.objects.create(wording=change, side=Side.MENTOR, membership=mentor, name=mentor.name, at=when)
    Goal.objects.filter(pk=second.pk).update(pending=Pending.STUDENT)
    _proof(goals[0], own, today)
    _own_goals(own, today)
    objective = Objective.objects.filter(placement=own.mentorship.placement).order_by("-pk").first()
    Objective.objects.filter(pk=objective.pk).update(
        text=objective.text + ", alone", version=2, changed_by=own.student.membership, changed_at=at(today - timedelta(days=3), 16)
    )
    ObjectiveAgreement.objects.create(
        objective=objective, version=2, voice=Voice.STUDENT, membership=own.student.membership, name=own.student.name,
        at=at(today - timedelta(days=3), 16),
    )  # fmt: skip


def _proof(goal, own, today):
    entry = GoalProgress.objects.filter(goal=goal).order_by("-at").first()
    content = _picture()
    path = save_private(goal.organisation_id, "notes.png", content)
    GoalProgress.objects.filter(pk=entry.pk).update(
        note="Briefed Amara. She filled it in without asking once.", path=path, file_name="Three bullet points.png", file_size=len(content)
    )
    GoalChange.objects.create(
        goal=goal, kind=Change.STEP_ADDED, text="Brief someone who needs an update", by=own.mentor.membership, at=at(today - timedelta(days=9), 17)
    )


def _picture():
    """A page of notes, drawn: three bullet points."""
    image = Image.new("RGB", (640, 300), "#fffdf8")
    draw = ImageDraw.Draw(image)
    for number, length in enumerate((430, 380, 460)):
        top = 60 + 75 * number
        draw.ellipse((50, top, 66, top + 16), fill="#0f5f5c")
        draw.rounded_rectangle((90, top - 4, 90 + length, top + 8), 6, fill="#4a5663")
        draw.rounded_rectangle((90, top + 18, 90 + length * 2 // 3, top + 28), 5, fill="#c9c2b2")
    made = io.BytesIO()
    image.save(made, "PNG", optimize=True)
    return made.getvalue()


def _own_goals(own, today):
    for idea, private in ((stories.MENTORS_GOALS[0], False), (stories.MENTORS_GOALS[1], True)):
        goal = Goal.objects.create(
            mentorship=own.mentorship, side=Side.MENTOR, owner=own.mentor, is_private=private, title=idea.title, measure=idea.measure,
            why=idea.why, due_on=own.mentorship.ends_on - timedelta(days=10), percent=30, number=1, pending="",
            written_by=own.mentor.membership, created_at=at(today - timedelta(days=16), 19),
        )  # fmt: skip
        GoalWording.objects.bulk_create([_wording(goal)])
        GoalProgress.objects.create(goal=goal, percent=0, by=own.mentor.membership, at=goal.created_at)
        GoalProgress.objects.create(goal=goal, percent=30, note=idea.steps[0], by=own.mentor.membership, at=at(today - timedelta(days=5), 18))
