"""How mentorships end: one way for all, never cancelled; done early is said by all or confirmed."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from matching.enums import MentorshipStatus
from matching.models import EarlyEnd, Mentorship, MentorshipMember
from matching.services.early_end import not_yet, say_done, take_back
from matching.services.mentorships import end_mentorship
from matching.services.refused import Refused
from post.models import Letter
from tests import factories as make


def url(house, name):
    return reverse(f"matching:{name}", args=[house.organisation.slug, house.mentorship.pk])


def say(house, who):
    return say_done(mentorship=house.mentorship, participant=getattr(house, who), by=house.people[who])


def status(house):
    with house.scope():
        return Mentorship.objects.get(pk=house.mentorship.pk).status


def test_no_way_to_end_is_called_cancelled():
    assert [label for label in map(str, MentorshipStatus.labels) if "cancel" in label.lower()] == []
    assert set(MentorshipStatus.values) == {"active", "completed", "completed_early", "ended_by_agreement", "ended_with_concern", "no_show"}


def test_early_is_completed_with_the_last_yes_and_check_ins_stop(northfield):
    with northfield.scope():
        check_in = make.CheckInFactory(mentorship=northfield.mentorship)
        assert say(northfield, "student").is_active
        assert say(northfield, "student").is_active  # a double click
        assert [one.pk for one in not_yet(northfield.mentorship)] == [northfield.mentor.pk]
        told = Letter.objects.filter(name="done_early").values_list("to_email", flat=True)
        assert sorted(told) == ["coordinator@northfield.example", "mentor@northfield.example"]
        assert say(northfield, "mentor").status == "completed_early"
        check_in.refresh_from_db()
        assert check_in.status == "dropped"
        assert Event.objects.filter(verb="mentorship ended").count() == 1
        assert set(Letter.objects.filter(name="done_early").values_list("status", flat=True)) == {"dropped"}


def test_on_the_last_day_it_is_simply_completed(northfield):
    with northfield.scope():
        Mentorship.objects.update(ends_on=timezone.localdate())
        say(northfield, "mentor")
        assert say(northfield, "student").status == "completed"


def test_in_a_group_everybody_still_there_says_it(northfield):
    with northfield.scope():
        second, gone = (make.StudentFactory(programme=northfield.programme) for _n in range(2))
        for one in (second, gone):
            MentorshipMember.objects.create(mentorship=northfield.mentorship, participant=one, side="student")
        gone.withdrawn_at = timezone.now()
        gone.save()
        say(northfield, "student")
        assert say(northfield, "mentor").is_active
        assert say_done(mentorship=northfield.mentorship, participant=second, by=second.membership).status == "completed_early"


def test_it_can_be_taken_back(northfield, sign_in):
    client = sign_in(northfield.people["student"])
    client.post(url(northfield, "early_end"))
    assert "You have said so" in client.get(url(northfield, "early_end")).content.decode()
    for _double_click in range(2):
        client.post(url(northfield, "early_end"), {"back": "1"})
    with northfield.scope():
        assert EarlyEnd.objects.count() == 0
        say(northfield, "mentor")
        take_back(mentorship=northfield.mentorship, participant=northfield.student, by=northfield.people["student"])
        assert EarlyEnd.objects.count() == 1
    assert status(northfield) == "active"


def test_the_other_is_asked_on_the_mentorships_page_and_the_coordinator_confirms(northfield, sign_in):
    sign_in(northfield.people["student"]).post(url(northfield, "early_end"))
    said = f"{northfield.student.name} says that this mentorship has done"
    assert said in sign_in(northfield.people["mentor"]).get(northfield.mentorship.get_absolute_url()).content.decode()
    client = sign_in(northfield.people["coordinator"])
    assert client.get(url(northfield, "early_end")).url == url(northfield, "end")
    assert client.post(url(northfield, "early_end")).status_code == 403
    html = client.get(url(northfield, "end")).content.decode()
    assert f"{northfield.student.name} says that they have done" in html
    client.post(url(northfield, "end"), {"status": "completed_early", "reason": "SECRET reason"})
    assert status(northfield) == "completed_early"
    for who in ("student", "mentor", "tutor"):
        page = sign_in(northfield.people[who]).get(northfield.mentorship.get_absolute_url()).content.decode()
        assert ("Completed early" in page, "SECRET" in page) == (True, False)


def test_who_met_did_begin_and_nothing_typed_is_lost(northfield, sign_in):
    with northfield.scope():
        Mentorship.objects.update(last_contact_on=timezone.localdate() - dt.timedelta(days=9))
    answer = sign_in(northfield.people["coordinator"]).post(url(northfield, "end"), {"status": "no_show", "reason": "KEPT words"})
    html = answer.content.decode()
    assert (answer.status_code, "so it did begin" in html, "KEPT words" in html) == (422, True, True)
    assert status(northfield) == "active"
    with northfield.scope():
        Mentorship.objects.update(last_contact_on=None)
        end_mentorship(mentorship=northfield.mentorship, status="no_show", by=northfield.people["coordinator"])
    assert status(northfield) == "no_show"


def test_ended_it_cannot_be_said_any_more(northfield):
    with northfield.scope():
        end_mentorship(mentorship=northfield.mentorship, status="completed", by=northfield.people["coordinator"])
        with pytest.raises(Refused):
            say(northfield, "student")
        assert EarlyEnd.objects.count() == 0
