"""One letter to each member on the day the ending begins."""

from datetime import timedelta

import pytest
from django.utils import timezone

from checkins.services import reminders
from goals.enums import Farewell
from goals.services.ending import agree_contact, keep_note, propose_contact
from matching.models import Mentorship
from matching.services.mentorships import change_stage, end_mentorship
from organisations.models import Organisation
from post.models import Letter
from tests import factories as make
from tests.checkins.helpers import rule
from tests.checkins.test_reminders import noon, sweep

MENTOR, STUDENT = ("winding_down", "mentor@northfield.example"), ("winding_down", "student@northfield.example")


@pytest.fixture
def ruled(northfield):
    """The cast's mentorship began 40 days ago and ends in 44: 80 % of its time is over in 28 days."""
    with northfield.scope():
        rule(northfield, "winding_down", 0, "both", "winding_down")
        Mentorship.objects.filter(pk=northfield.other_mentorship.pk).update(status="completed")
        row = northfield.mentorship
        today = timezone.localdate()
        Mentorship.objects.filter(pk=row.pk).update(started_on=today - timedelta(days=40), ends_on=today + timedelta(days=44))
        row.refresh_from_db()
    return northfield


def asked(days):
    found = reminders.organisations_to_ask(noon(days))
    return set(Organisation.objects.filter(pk__in=found).values_list("slug", flat=True))


def test_both_are_told_on_the_day_by_time_and_once(ruled):
    assert (sweep(ruled, 27), sorted(sweep(ruled, 28)), sorted(sweep(ruled, 29))) == ([], [MENTOR, STUDENT], [MENTOR, STUDENT])
    assert (asked(15), asked(28)) == (set(), {"northfield"})


def test_goals_that_are_reached_bring_it_sooner_and_so_does_the_stage(ruled):
    with ruled.scope():
        make.GoalFactory(mentorship=ruled.mentorship, status="done", settled_at=timezone.now())
    assert asked(0) == {"northfield"}
    assert sorted(sweep(ruled)) == [MENTOR, STUDENT]


def test_moved_there_by_hand_it_is_told_of_that_day(ruled):
    with ruled.scope():
        change_stage(mentorship=ruled.mentorship, stage="winding_down", by=ruled.people["mentor"])
    assert sorted(sweep(ruled)) == [MENTOR, STUDENT]


def test_who_has_written_everything_is_not_asked_and_an_end_takes_the_letter_back(ruled):
    with ruled.scope():
        for kind in Farewell.values:
            keep_note(mentorship=ruled.mentorship, participant=ruled.mentor, kind=kind, text="x", by=ruled.people["mentor"])
    assert sweep(ruled, 28) == [STUDENT]
    with ruled.scope():
        end_mentorship(mentorship=ruled.mentorship, status="completed", by=ruled.people["coordinator"])
        assert Letter.objects.get(name="winding_down").status == "dropped"


def test_thanks_are_told_when_they_are_shown_without_a_word_of_them(ruled):
    note = {"mentorship": ruled.mentorship, "participant": ruled.student, "by": ruled.people["student"], "text": "MARK"}
    with ruled.scope():
        keep_note(kind="thanks", **note)
        assert not Letter.objects.filter(name="thanks_shown").exists()
        for _twice in range(2):
            keep_note(kind="thanks", shown=True, **note)
        keep_note(kind="reflection", shown=True, **note)
        letter = Letter.objects.get(name="thanks_shown")
        assert (letter.to_email, "MARK" in letter.text + letter.html + letter.subject) == ("mentor@northfield.example", False)


def test_contact_that_runs_out_is_told_of_two_weeks_before_unless_it_is_settled_anew(ruled):
    until = ruled.mentorship.ends_on + timedelta(days=60)

    def settle(**rule_):
        proposed = propose_contact(mentorship=ruled.mentorship, participant=ruled.student, by=ruled.people["student"], **rule_)
        agree_contact(rule=proposed, participant=ruled.mentor, by=ruled.people["mentor"])

    with ruled.scope():
        settle(kind="as_agreed", words="E-mail", until=until)
        waiting = Letter.objects.filter(name="contact_runs_out", status="waiting")
        assert sorted(waiting.values_list("to_email", flat=True)) == ["mentor@northfield.example", "student@northfield.example"]
        assert {timezone.localdate(letter.due_at) for letter in waiting.all()} == {until - timedelta(days=14)}
        end_mentorship(mentorship=ruled.mentorship, status="completed", by=ruled.people["coordinator"])
        assert waiting.count() == 2  # it goes on when the mentorship is over
        settle(kind="none")
        assert waiting.count() == 0
