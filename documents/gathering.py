"""From rows to action plans: reads what a plan prints, in the same number of queries for one mentorship as for many.

Printed is what everyone who may see the mentorship may read. Notes, what is hard, feedback and survey answers are not.
"""

import hashlib
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.db.models import Prefetch
from django.utils import formats, timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from checkins.models import CheckIn
from evaluation.models import Survey
from goals import smart
from goals.enums import Voice
from goals.models import Goal, Objective
from goals.objectives import ORDER as VOICES
from goals.objectives import row_of
from goals.track import is_on_track
from matching.models import Mentorship, MentorshipMember
from programmes.enums import Side

from . import plans

NEXT_CHECK_INS = 3


def gather_plans(mentorships, *, today) -> dict[int, plans.ActionPlan]:
    """The plan of each mentorship by its id, with version 0: the caller numbers it.

    ``mentorships``: a queryset of at most some dozens. ``today``: the organisation's own day.
    """
    rows = list(mentorships.select_related(*_ONE).prefetch_related(*_many()))
    surveys = _surveys({row.programme_id for row in rows})
    return {row.pk: _plan(row, surveys.get(row.programme_id, []), today) for row in rows}


def gather_plan(mentorship, *, today) -> plans.ActionPlan:
    return gather_plans(Mentorship.objects.filter(pk=mentorship.pk), today=today)[mentorship.pk]


def content_key(plan) -> str:
    """The same for two plans that say the same, whatever their version and the day they were made."""
    return hashlib.sha256(repr(replace(plan, version=0, made_on=date.min)).encode()).hexdigest()


_ONE = ["organisation", "programme", "placement__site__employer", "placement__line_manager", "agreement"]


def _many():
    members = MentorshipMember.objects.select_related("participant__membership", "participant__tutor")
    goals = Goal.objects.exclude(status=Goal.Status.DROPPED).prefetch_related(
        "steps__owner__membership", "progress", "objectives", "wordings__agreements"
    )
    objectives = Objective.objects.standing().prefetch_related("agreements")
    return [
        Prefetch("placement__learning_objectives", objectives),
        Prefetch("members", members),
        Prefetch("goals", goals),
        Prefetch("check_ins", CheckIn.objects.prefetch_related("actions")),
        "agreement__signatures__paper",
    ]


def _surveys(programme_ids):
    found = {}
    for survey in Survey.objects.filter(programme__in=programme_ids):
        found.setdefault(survey.programme_id, []).append(survey)
    return found


def _plan(row, surveys, today):
    students, mentors = _people(row, Side.STUDENT), _people(row, Side.MENTOR)
    tutors = {person.tutor_id: person.tutor for person in students if person.tutor_id}
    return plans.ActionPlan(
        organisation=row.organisation.name,
        programme=row.programme.name,
        version=0,
        made_on=today,
        student=get_text_list([person.name for person in students], _("and")),
        mentors=tuple(person.name for person in mentors),
        tutor=", ".join(tutor.name for tutor in tutors.values()),
        placement=_placement(row.placement),
        objectives=tuple(_objective(row_of(one)) for one in _objectives(row)),
        goals=tuple(_goal(goal, row, today) for goal in row.goals.all() if len(students) == 1 or goal.owner_id is None),
        check_ins=tuple(_check_in(one) for one in row.check_ins.all() if one.status == CheckIn.Status.HELD),
        next_dates=tuple(_next_dates(row, surveys, today)),
        signatures=tuple(_signatures(row, students + mentors, tutors.values())),
        language=settings.LANGUAGE_CODE,
    )


def _people(row, side):
    return [member.participant for member in row.members.all() if member.side == side]


def _placement(placement):
    if placement is None:
        return plans.Placement()
    return plans.Placement(
        role=placement.role,
        employer=placement.site.employer.name,
        site=placement.site.town,
        start=placement.starts_on,
        end=placement.ends_on,
        hours_done=placement.done_hours,
        hours_planned=placement.planned_hours,
        line_manager=placement.line_manager.name if placement.line_manager else "",
    )


def _objectives(row):
    return list(row.placement.learning_objectives.all()) if row.placement else []


def _objective(row):
    yes = tuple(plans.Yes(row.yes[voice].name, timezone.localdate(row.yes[voice].at)) for voice in VOICES if voice in row.yes)
    return plans.Objective(row.objective.text, yes, tuple(str(Voice(voice).label) for voice in VOICES if voice not in row.yes))


def _agreed(goal):
    """Who agreed the words that stand, or that they wait for somebody."""
    if goal.agreed_at is None:
        return _("proposed, not agreed by both yet")
    standing = next((one for one in goal.wordings.all() if one.number == goal.number), None)
    names = get_text_list([yes.name for yes in standing.agreements.all()] if standing else [], _("and"))
    day = formats.date_format(timezone.localdate(goal.agreed_at), "j F")
    said = _("agreed by %(names)s, %(day)s") % {"names": names, "day": day} if names else _("agreed, %(day)s") % {"day": day}
    return f"{said} · {_('a change is proposed')}" if goal.pending else said


def _goal(goal, row, today):
    steps, done = list(goal.steps.all()), goal.status == Goal.Status.DONE
    return plans.Goal(
        title=goal.title,
        percent=100 if done else goal.percent,
        on_track=True if done else is_on_track(goal, today),
        smart=_letters(goal, row, len(steps), today),
        steps=tuple(
            plans.Step(step.text, step.owner.membership.first_name if step.owner else "", step.due_on, step.done_at is not None)
            for step in steps
        ),
        history=tuple(plans.ProgressPoint(timezone.localdate(one.at), one.percent) for one in goal.progress.all()),
        agreed=_agreed(goal),
        work=goal.work,
        serves=_serves(goal, row),
    )


def _serves(goal, row):
    """Numbers, from 1, of the plan's objectives that the goal serves."""
    served = {one.pk for one in goal.objectives.all()}
    return tuple(number for number, one in enumerate(_objectives(row), 1) if one.pk in served)


def _letters(goal, row, steps, today):
    frame = row.placement or row.programme
    assessment = smart.assess(
        goal.title,
        measure=goal.measure,
        why=goal.why,
        due=goal.due_on,
        start=frame.starts_on,
        end=frame.ends_on,
        steps=steps,
        today=today,
        set_on=timezone.localdate(goal.created_at),
        objective="; ".join(one.text for one in goal.objectives.all()),
    )
    return "".join(letter.letter for letter in assessment.letters if letter.ok)


def _check_in(check_in):
    return plans.CheckIn(
        on=check_in.held_on or check_in.due_on,
        how=str(check_in.get_way_display()).lower(),
        minutes=check_in.minutes,
        mood=str(check_in.get_mood_display() or ""),
        agreed="; ".join(action.text for action in check_in.actions.all()),
    )


def _next_dates(row, surveys, today):
    if not row.is_active:
        return
    planned = [one for one in row.check_ins.all() if one.is_planned and one.due_on >= today]
    for one in sorted(planned, key=lambda one: (one.due_on, one.pk))[:NEXT_CHECK_INS]:
        yield plans.NextDate(timezone.localtime(one.starts_at) if one.starts_at else one.due_on, _("Check-in"))
    for survey in surveys:
        if survey.opens_on >= today:
            yield plans.NextDate(survey.opens_on, _("%(survey)s opens") % {"survey": survey.get_kind_display()})
    if row.ends_on >= today:
        yield plans.NextDate(row.ends_on, _("The mentorship ends"))


def _signatures(row, participants, tutors):
    agreement = getattr(row, "agreement", None)
    signed = {one.participant_id: one.signed_on for one in agreement.standing_signatures()} if agreement else {}
    for person in participants:
        yield plans.Signature(person.name, str(person.get_side_display()).lower(), signed.get(person.pk))
    for tutor in tutors:
        yield plans.Signature(tutor.name, _("tutor"))
