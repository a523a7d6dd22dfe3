"""Pages that only count say the same as readiness does mentor by mentor."""

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from checkins.services.attention import attention_list
from programmes.models import Participant
from tests import factories as make
from tests.training.making import answer_all, own_checklist, ready, train, use
from tests.training.test_code import publish
from training.models import TrainingRules
from training.services.code import sign_code
from training.services.counting import trained_mentors
from training.services.hours import log_training_hours
from training.services.points import answer_again

GATE = "confidentiality"


def said_again(mentor, value):
    answer_again(mentor=mentor, aspect=GATE, value=value, how="talked", by=mentor.membership)


def all_kinds(house, programme):
    """A mentor for every way in which it may stand: asked or not, said again, said at the end, signed before or after."""
    for need, again, end in product((True, False), (None, "covered", "need"), (None, "covered", "need", "open")):
        mentor = make.MentorFactory(programme=programme)
        train(mentor, needs=[GATE] if need else ["learning"])
        if again:
            said_again(mentor, again)
        if end:
            answer_all(mentor, moment="end", needs=[GATE] if end != "covered" else [], finish=end != "open")
    for finish, sign in product((True, False), repeat=2):
        mentor = make.MentorFactory(programme=programme)
        answer_all(mentor, finish=finish)
        if sign:
            sign_code(mentor=mentor, name="Mentor Example", by=mentor.membership)
    make.MentorFactory(programme=programme)


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("new_code", [False, True])
def test_the_database_and_readiness_agree(northfield, own, new_code):
    with northfield.scope():
        if own:
            use(northfield, own_checklist(northfield, keep=("purpose", "learning", GATE))[0])
        all_kinds(northfield, northfield.programme)
        if new_code:
            publish(northfield)
            late = make.MentorFactory(programme=northfield.programme)
            train(late)
        everybody = Participant.objects.mentors().filter(programme=northfield.programme)
        found = set(trained_mentors(everybody))
        assert found == {one for one in everybody if ready(one).trained}
        assert 0 < len(found) < everybody.count()


def needs_of(house):
    found = attention_list(membership=house.people["coordinator"], programme=house.programme, today=timezone.localdate())
    return [(one.who, one.why, one.urgency) for one in found if one.kind == "training"]


@pytest.mark.parametrize(("days", "urgency"), [(600, None), (715, 1), (800, 2)])
def test_training_that_runs_out_stands_on_the_attention_list(northfield, days, urgency):
    with northfield.scope():
        northfield.programme.organisation = northfield.organisation
        train(northfield.mentor)
        northfield.mentor.checklist_responses.update(finished_at=timezone.now() - timedelta(days=days))
        found = needs_of(northfield)
        assert [(who, rank) for who, _why, rank in found] == ([(northfield.mentor.name, urgency)] if urgency else [])


def test_a_refresher_or_another_rule_takes_it_off(northfield):
    with northfield.scope():
        northfield.programme.organisation = northfield.organisation
        train(northfield.mentor)
        northfield.mentor.checklist_responses.update(finished_at=timezone.now() - timedelta(days=800))
        rules = TrainingRules.objects.create(programme=northfield.programme, valid_months=0)
        assert needs_of(northfield) == []
        rules.delete()
        assert len(needs_of(northfield)) == 1
        log_training_hours(
            membership=northfield.people["mentor"], kind="refresher", minutes=60, on=timezone.localdate(), what="Evening",
            by=northfield.people["coordinator"],
        )  # fmt: skip
        assert needs_of(northfield) == []
