"""Events: planned, written about, moved, called off. Who is told what, once, and what their calendars learn."""

import pytest
import time_machine
from django.urls import reverse

from audit.models import Event
from organisations.models import Job
from organisations.services import jobs
from post.models import Letter
from tests import factories as make
from tests.training.events import NOW, START, entry_of, invited, later, letters, plan
from training.models import Gathering, Guest, TrainingHours
from training.services import guests
from training.services.attendance import add_walk_in, note_attendance, source_of
from training.services.checklist import answer_aspect, response_for
from training.services.event_reminders import remind_everywhere
from training.services.gatherings import cancel_gathering, change_gathering
from training.services.guests import answer_invitation, send_invitations, set_guests
from training.services.refused import TrainingError


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel(NOW, tick=False):
        yield


def change(gathering, by, **fields):
    now = {"starts_at": gathering.starts_at, "minutes": gathering.minutes}
    return change_gathering(gathering=gathering, by=by, **now | fields)


def test_planning_tells_nobody_and_sending_tells_each_once(northfield):
    with northfield.scope():
        gathering, guests = invited(northfield, mentors=1)
        everybody = {guest.mentor.membership.email for guest in guests}
        assert len(everybody) == northfield.programme.participants.mentors().count() == 3
        assert {to for _name, to in letters("event_invitation")} == everybody
        assert send_invitations(gathering=gathering, by=northfield.people["coordinator"]) == 0
        assert len(letters()) == 3
        late = make.MentorFactory(programme=northfield.programme)
        assert send_invitations(gathering=gathering, by=northfield.people["coordinator"]) == 1
        assert letters()[-1] == ("event_invitation", late.membership.email)


def test_a_plan_alone_writes_no_letter_and_a_double_click_makes_one(northfield):
    with northfield.scope():
        assert plan(northfield).pk == plan(northfield).pk
        assert (Gathering.objects.count(), letters()) == (1, [])


def test_many_invitations_are_written_by_the_worker_once(northfield, sign_in, monkeypatch):
    monkeypatch.setattr(guests, "AT_ONCE", 2)
    by = northfield.people["coordinator"]
    with northfield.scope():
        make.MentorFactory.create_batch(3, programme=northfield.programme)
        gathering = plan(northfield)
    page = reverse("training:event_invite", args=["northfield", gathering.pk])
    client = sign_in(by)
    assert [client.post(page).status_code for _double_click in range(2)] == [302, 302]
    shown = client.get(reverse("training:event", args=["northfield", gathering.pk])).content.decode()
    assert ("Writing the invitations" in shown, "Send 5 invitations" in shown) == (True, False)
    with northfield.scope():
        assert letters() == []
        job = Job.objects.get(kind=guests.INVITE_JOB)
        for _started_again in range(2):
            jobs.run(northfield.organisation.pk, job.pk)
        job.refresh_from_db()
        assert (len(letters()), job.message) == (5, "5 invitations are on their way.")
    assert "5 invitations are on their way." in client.get(reverse("training:event", args=["northfield", gathering.pk])).content.decode()


def test_an_event_called_off_before_the_worker_came_writes_nothing(northfield, monkeypatch):
    monkeypatch.setattr(guests, "AT_ONCE", 0)
    with northfield.scope():
        by = northfield.people["coordinator"]
        gathering = plan(northfield)
        assert guests.start_invitations(gathering=gathering, by=by) is None
        cancel_gathering(gathering=gathering, by=by)
        job = Job.objects.get(kind=guests.INVITE_JOB)
        jobs.run(northfield.organisation.pk, job.pk)
        job.refresh_from_db()
        assert (job.status, job.message, letters("event_invitation")) == ("failed", "This event has been cancelled.", [])


def test_who_withdrew_or_left_is_not_written_to(northfield):
    with northfield.scope():
        gone, left, stays = make.MentorFactory.create_batch(3, programme=northfield.programme)
        gathering = plan(northfield)
        type(gone).objects.filter(pk=gone.pk).update(withdrawn_at=NOW)
        type(left.membership).objects.filter(pk=left.membership_id).update(left_at=NOW)
        send_invitations(gathering=gathering, by=northfield.people["coordinator"])
        written = {to for _name, to in letters()}
        assert stays.membership.email in written
        assert not {gone.membership.email, left.membership.email} & written


def test_only_those_who_asked_for_support_with_its_points(northfield):
    with northfield.scope():
        needy, covered, other = make.MentorFactory.create_batch(3, programme=northfield.programme)
        for mentor, aspect, value in ((needy, "functions", "need"), (covered, "functions", "covered"), (other, "purpose", "need")):
            answer_aspect(response=response_for(mentor), aspect=aspect, value=value, by=mentor.membership)
        gathering = plan(northfield, audience="needs")
        assert list(gathering.guests.values_list("mentor", flat=True)) == [needy.pk]


def test_chosen_ones_may_be_changed_until_they_are_written_to(northfield):
    by = northfield.people["coordinator"]
    with northfield.scope():
        one, two = make.MentorFactory.create_batch(2, programme=northfield.programme)
        gathering = plan(northfield, audience="chosen")
        assert gathering.guests.count() == 0
        set_guests(gathering=gathering, mentors=[one], by=by)
        send_invitations(gathering=gathering, by=by)
        set_guests(gathering=gathering, mentors=[two], by=by)
        assert set(gathering.guests.values_list("mentor", flat=True)) == {one.pk, two.pk}
        set_guests(gathering=gathering, mentors=[], by=by)
        assert list(gathering.guests.values_list("mentor", flat=True)) == [one.pk]


def test_the_invitation_carries_the_entry_and_a_link_of_ones_own(northfield):
    with northfield.scope():
        gathering, guests = invited(northfield, mentors=1, link="https://meet.example/room", about="Bring a pen.")
        rows = list(Letter.objects.filter(name="event_invitation").order_by("pk"))
        method, event = entry_of(rows[0])
        assert (method, int(event["SEQUENCE"]), event["DTSTART"].dt) == ("REQUEST", 0, START)
        assert {str(entry_of(row)[1]["UID"]) for row in rows} == {f"{gathering.uid}@alongside.example"}
        assert str(event["ATTENDEE"]) == f"mailto:{rows[0].to_email}"
        assert str(event["DESCRIPTION"]) == "Bring a pen.\n\nhttps://meet.example/room"
        assert "Thursday 5 November, 17:30 to 19:00" in rows[0].text
        assert len({row.text.partition("/r/")[2].partition("/")[0] for row in rows}) == len(guests)


def test_moved_after_the_invitations_went(northfield):
    by = northfield.people["coordinator"]
    with northfield.scope():
        gathering, guests = invited(northfield, mentors=1)
        answer_invitation(guest=guests[0], answer="yes", by=guests[0].mentor.membership)
        answer_invitation(guest=guests[1], answer="no", by=guests[1].mentor.membership)
        Letter.objects.update(status="sent")
        change(gathering, by, starts_at=later(days=1), place="Room 5")
        rows = list(Letter.objects.filter(name="event_moved").order_by("pk"))
        assert len(rows) == 3
        method, event = entry_of(rows[0])
        assert (method, int(event["SEQUENCE"]), event["DTSTART"].dt, str(event["LOCATION"])) == ("REQUEST", 1, later(days=1), "Room 5")
        assert "Friday 6 November, 17:30" in rows[0].text
        assert "Before, it was on Thursday 5 November at 17:30." in rows[0].text
        words = ("You said yes, and we keep your place", "You said no before", "Please say whether you can come")
        assert [word in row.text for word, row in zip(words, rows, strict=True)] == [True] * 3
        assert [guest.answer for guest in Guest.objects.order_by("pk")] == ["yes", "no", ""]


def test_moved_before_the_invitations_went_is_one_letter_with_the_new_time(northfield):
    with northfield.scope():
        gathering, guests = invited(northfield)
        change(gathering, northfield.people["coordinator"], starts_at=later(days=1))
        rows = Letter.objects.exclude(status="dropped")
        assert [(row.name, "Friday 6 November" in row.text) for row in rows] == [("event_invitation", True)] * len(guests)
        assert {int(entry_of(row)[1]["SEQUENCE"]) for row in rows} == {1}


def test_what_nobody_has_in_a_calendar_changes_without_a_letter(northfield):
    with northfield.scope():
        gathering, guests = invited(northfield)
        Letter.objects.update(status="sent")
        changed = change(gathering, northfield.people["coordinator"], about="Bring two questions.", capacity=20, aspects=["purpose"])
        assert (changed.sequence, letters("event_moved")) == (0, [])
        change(gathering, northfield.people["coordinator"], title="Listening first")
        assert len(letters("event_moved")) == len(guests)
        assert "Before, it was" not in Letter.objects.filter(name="event_moved").first().text


def test_called_off_tells_those_who_did_not_say_no_and_clears_their_calendars(northfield):
    with northfield.scope():
        gathering, guests = invited(northfield, mentors=1)
        answer_invitation(guest=guests[1], answer="no", by=guests[1].mentor.membership)
        Letter.objects.update(status="sent")
        for _twice in range(2):
            cancel_gathering(gathering=gathering, by=northfield.people["coordinator"], reason="The host is ill.")
        rows = list(Letter.objects.filter(name="event_cancelled").order_by("pk"))
        assert [row.to_email for row in rows] == [guest.mentor.membership.email for guest in (guests[0], guests[2])]
        method, event = entry_of(rows[0])
        assert (method, str(event["STATUS"]), int(event["SEQUENCE"])) == ("CANCEL", "CANCELLED", 1)
        assert "The host is ill." in rows[0].text
        assert Event.objects.filter(verb="event cancelled").count() == 1


def test_called_off_half_way_takes_back_the_time_that_was_counted(northfield):
    """Otherwise it would count for ever: attendance at a cancelled event cannot be changed, and hours from it not be removed."""
    with northfield.scope():
        by = northfield.people["coordinator"]
        gathering, (guest, *_others) = invited(northfield, mentors=1)
        elsewhere = plan(northfield, title="Another evening", counts_as="initial")
        with time_machine.travel(later(minutes=10), tick=False):
            note_attendance(guest=guest, there=True, by=by)
            add_walk_in(gathering=elsewhere, mentor=guest.mentor, by=by)
            cancel_gathering(gathering=gathering, by=by, reason="Fire alarm")
        assert list(TrainingHours.objects.values_list("source", flat=True)) == [source_of(elsewhere)]


def test_called_off_before_anything_went_takes_the_letters_back(northfield):
    with northfield.scope():
        gathering, _guests = invited(northfield)
        cancel_gathering(gathering=gathering, by=northfield.people["coordinator"])
        assert letters() == []


@pytest.mark.parametrize("days", [-1, 0])
def test_a_time_that_has_passed_is_refused(northfield, days):
    with northfield.scope():
        with pytest.raises(TrainingError, match="has passed") as refused:
            plan(northfield, starts_at=NOW if days == 0 else later(days=-30))
        assert refused.value.field == "day"
        gathering = plan(northfield)
        with pytest.raises(TrainingError, match="has passed"):
            change(gathering, northfield.people["coordinator"], starts_at=NOW)


def test_one_that_has_begun_keeps_its_beginning_but_its_length_may_be_put_right(northfield):
    by = northfield.people["coordinator"]
    with northfield.scope():
        gathering, _guests = invited(northfield)
    with time_machine.travel(later(minutes=10), tick=False), northfield.scope():
        with pytest.raises(TrainingError, match="has begun"):
            change(gathering, by, starts_at=later(days=1))
        assert change(gathering, by, minutes=120).minutes == 120
        with pytest.raises(TrainingError, match="has begun"):
            send_invitations(gathering=gathering, by=by)
    with time_machine.travel(later(days=1), tick=False), northfield.scope(), pytest.raises(TrainingError, match="has taken place"):
        cancel_gathering(gathering=gathering, by=by)


def test_nothing_is_done_with_one_that_is_off(northfield):
    by = northfield.people["coordinator"]
    with northfield.scope():
        gathering, guests = invited(northfield)
        cancel_gathering(gathering=gathering, by=by)
        for what in (
            lambda: change(gathering, by, title="Again"),
            lambda: send_invitations(gathering=gathering, by=by),
            lambda: set_guests(gathering=gathering, mentors=[], by=by),
            lambda: answer_invitation(guest=guests[0], answer="yes", by=guests[0].mentor.membership),
        ):
            with pytest.raises(TrainingError, match="has been cancelled"):
                what()


def test_the_day_before_each_hears_once_but_not_who_said_no_or_was_only_just_asked(northfield, riverside):
    with riverside.scope():
        invited(riverside, starts_at=later(days=20))
    with northfield.scope():
        _gathering, guests = invited(northfield, mentors=2)
        answer_invitation(guest=guests[0], answer="yes", by=guests[0].mentor.membership)
        answer_invitation(guest=guests[1], answer="no", by=guests[1].mentor.membership)
        Guest.objects.filter(pk=guests[2].pk).update(invited_at=later(hours=-30))
    for moment in (later(hours=-40), later(hours=-20), later(hours=-19)):
        with time_machine.travel(moment, tick=False):
            remind_everywhere()
    with northfield.scope():
        expected = {guests[place].mentor.membership.email for place in (0, 3)}
        assert {to for _name, to in letters("event_reminder")} == expected
        assert len(letters("event_reminder")) == 2
        assert all("Thursday 5 November, 17:30" in row.text for row in Letter.objects.filter(name="event_reminder"))
    with riverside.scope():
        assert letters("event_reminder") == []


def test_nobody_is_reminded_before_eight(northfield):
    with northfield.scope():
        invited(northfield)
    night = later(hours=-14)  # half past three
    with time_machine.travel(night, tick=False):
        assert remind_everywhere() == 2
    with northfield.scope():
        due = {row.due_at for row in Letter.objects.filter(name="event_reminder")}
        assert due == {START.replace(hour=8, minute=0)}
