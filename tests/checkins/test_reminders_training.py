"""Letters when the end checklist opens, and before training runs out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from checkins.services import reminders
from organisations.models import Organisation
from post.models import Letter
from tests import factories as make
from tests.checkins.helpers import rule
from tests.checkins.test_reminders import letters, noon, sweep
from tests.training.making import answer_all, train
from training.models import TrainingRules
from training.services.hours import log_training_hours
from training.services.rules import open_end_checklist

END, ENDS = ("end_checklist", "mentor@northfield.example"), ("training_runs_out", "mentor@northfield.example")


def end_rules(house):
    for days in (0, 3):
        rule(house, "end_checklist_opened", days, "mentor", "end_checklist")


def organisations_asked(days):
    """Slugs of the organisations the sweep would look at, so many days from now."""
    found = reminders.organisations_to_ask(noon(days))
    return set(Organisation.objects.filter(pk__in=found).values_list("slug", flat=True))


def test_the_end_checklist_is_told_of_when_it_opens_and_once_more(northfield, riverside):
    """The programme of the cast began 40 days ago and ends in 44: 80 % of its time is over in 27 days."""
    with northfield.scope():
        end_rules(northfield)
        train(northfield.mentor, needs=["learning"])
        without_student = make.MentorFactory(programme=northfield.programme)
        train(without_student)
    with riverside.scope():
        end_rules(riverside)
    assert (sweep(northfield, 26), sweep(northfield, 27), sweep(northfield, 28)) == ([], [END], [END])
    assert sweep(northfield, 30) == [END, END]
    assert (organisations_asked(20), organisations_asked(27)) == (set(), {"northfield", "riverside"})
    with northfield.scope():
        assert "Please look at the same 10 points once more." in Letter.objects.filter(name="end_checklist").first().text


def test_it_stops_when_it_is_answered_and_who_never_trained_is_not_asked(northfield):
    with northfield.scope():
        end_rules(northfield)
        train(northfield.mentor)  # the mentor of the other mentorship has not
    assert sweep(northfield, 27) == [END]
    with northfield.scope():
        answer_all(northfield.mentor, moment="end")
    assert letters(northfield, "dropped") == [END]
    assert sweep(northfield, 30) == []


def test_opened_by_hand_it_is_told_of_at_once(northfield):
    with northfield.scope():
        end_rules(northfield)
        train(northfield.mentor)
    assert sweep(northfield) == []
    with northfield.scope():
        open_end_checklist(programme=northfield.programme, by=northfield.people["coordinator"])
    assert organisations_asked(0) == {"northfield"}
    assert sweep(northfield) == [END]


def finished_days_ago(house, days):
    rule(house, "training_ends", -30, "mentor", "training_runs_out")
    train(house.mentor)
    house.mentor.checklist_responses.update(finished_at=timezone.now() - timedelta(days=days))


def test_a_month_before_training_runs_out_the_mentor_hears_of_it_once(northfield, riverside):
    with northfield.scope():
        TrainingRules.objects.create(valid_months=12)
        finished_days_ago(northfield, 365 - 40)
    with riverside.scope():
        finished_days_ago(riverside, 365 - 40)  # 24 months there
    assert (sweep(northfield, 8), sweep(northfield, 11), sweep(northfield, 12)) == ([], [ENDS], [ENDS])
    assert organisations_asked(11) == {"northfield"}
    with northfield.scope():
        assert "Refresher training of 60 minutes in all renews it" in Letter.objects.get(name="training_runs_out").text


def test_a_refresher_makes_it_needless(northfield):
    with northfield.scope():
        TrainingRules.objects.create(valid_months=12)
        finished_days_ago(northfield, 365 - 27)
        due = list(reminders.find_due(northfield.organisation, noon()))
        assert [one.template for one in due] == ["training_runs_out"]
        log_training_hours(
            membership=northfield.people["mentor"], kind="refresher", minutes=60, on=timezone.localdate(), what="Evening",
            by=northfield.people["coordinator"],
        )  # fmt: skip
        assert reminders.events["training_ends"].confirm(due) == []
    assert sweep(northfield) == []


@pytest.mark.parametrize("months", [0, 24])
def test_training_that_holds_on_is_not_reminded_of(northfield, months):
    with northfield.scope():
        TrainingRules.objects.create(programme=northfield.programme, valid_months=months)
        finished_days_ago(northfield, 365 - 27)
    assert sweep(northfield) == []
