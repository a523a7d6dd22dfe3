"""Programmes full of people, for the tests of matching. Call inside a scope."""

import datetime as dt

from django.utils import timezone

from matching.fit import FIT_AXES
from matching.models import Proposal
from matching.run_rules import RunRules
from matching.services import answers, fit_cards, publishing, runs
from tests import factories as make
from training.models import ChecklistResponse, CodeSignature
from training.presets import CODE_OF_CONDUCT


def train(mentor):
    """Finish a mentor's training: checklist done, code of conduct signed."""
    ChecklistResponse.objects.create(mentor=mentor, version="1", finished_at=timezone.now())
    CodeSignature.objects.create(mentor=mentor, version=CODE_OF_CONDUCT.version, signed_name=mentor.name)
    return mentor


def mentor(programme, **fields):
    """A mentor who may be matched."""
    return train(make.MentorFactory(programme=programme, **fields))


def crowd(students=3, mentors=2, *, capacity=2):
    """A programme with so many students (each with a placement) and trained mentors."""
    programme = make.ProgrammeFactory()
    for _number in range(students):
        make.PlacementFactory(student=make.StudentFactory(programme=programme))
    for _number in range(mentors):
        mentor(programme, capacity=capacity)
    return programme


def run(programme, by, **rules):
    """Match a programme at once."""
    return runs.make_run(programme=programme, rules=RunRules(**rules), by=by)


def publish(programme, by, **part):
    """Match a programme and publish the draft at once, or a part of it; returns the run."""
    made = run(programme, by)
    publishing.publish_run(run=made, by=by, **part)
    return made


def one_out(by, **fields) -> Proposal:
    """A programme of one student and one mentor, matched and published: the proposal that is out."""
    programme = crowd(1, 1, **fields)
    publishing.publish_run(run=run(programme, by), by=by)
    return Proposal.objects.get(programme=programme)


def send_card(proposal, side, **unlike):
    """One side's fit card: yes to all but what is given (axis="unsure")."""
    person = proposal.student if side == "student" else proposal.mentor
    fit = {axis.key: "yes" for axis in FIT_AXES} | unlike
    return fit_cards.send_fit_card(proposal=proposal, side=side, fit=fit, by=person.membership)


def say(proposal, side, decision, **fields):
    """One side answers; before a yes, the five questions."""
    person = proposal.student if side == "student" else proposal.mentor
    if decision == "accept" and proposal.status == "published" and not proposal.fit_cards.filter(side=side).exists():
        send_card(proposal, side)
    return answers.answer_proposal(proposal=proposal, side=side, decision=decision, by=person.membership, **fields)


def together(by):
    """A mentorship made the whole way: matched, published, both said yes."""
    proposal = one_out(by)
    say(proposal, "student", "accept")
    say(proposal, "mentor", "accept")
    proposal.refresh_from_db()
    return proposal.mentorship


def days(number):
    return dt.timedelta(days=number)
