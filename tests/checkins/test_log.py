"""Logging: what is kept, what is refused, who is quicker."""

import datetime as dt
import threading

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from checkins.models import Action, CheckIn, Note
from checkins.services.log import AlreadyLogged, NewAction, give_feedback, log_check_in, miss_check_in
from checkins.signals import check_in_logged
from common.tenancy import organisation_scope
from matching.models import Mentorship
from matching.services.refused import Refused
from organisations.models import Draft
from post.models import Letter
from tests import factories as make
from tests.cast import seat
from tests.checkins.helpers import answers, check_in, entry, log_url, token_for
from tests.checkins.test_planning import waiting_letter
from tests.queries import MOST, count_queries


def today():
    return timezone.localdate()


def ago(days):
    return today() - dt.timedelta(days=days)


def test_everything_is_kept(northfield):
    with northfield.scope():
        goal = make.GoalFactory(mentorship=northfield.mentorship)
        earlier = check_in(northfield, days=-14, status="held", held_on=ago(14))
        done, open_ = (Action.objects.create(check_in=earlier, text=text) for text in ("Draft it", "Show it"))
        row, mentor = check_in(northfield), northfield.people["mentor"]
        heard = []

        def listen(sender, check_in, by, **kwargs):
            heard.append((check_in.pk, by))

        check_in_logged.connect(listen)
        try:
            log_check_in(
                check_in=row,
                by=mentor,
                entry=entry(
                    held_on=ago(1), minutes=30, way="phone", mood=4, goals=[goal.pk], topics=["Coursework"], progress="Well",
                    challenges="Time", note="Likes Thursdays", visibility="only_me", done_actions=[done.pk],
                    actions=[NewAction("Brief Amara", northfield.student, ago(-14))], next_on=ago(-14),
                ),
            )  # fmt: skip
        finally:
            check_in_logged.disconnect(listen)
        row.refresh_from_db()
        kept = (row.status, row.held_on, row.minutes, row.way, row.mood, row.goals, row.topics, row.progress, row.challenges)
        assert kept == ("held", ago(1), 30, "phone", 4, [goal.pk], ["Coursework"], "Well", "Time")
        assert (row.logged_by, row.by_link) == (mentor, False)
        assert Mentorship.objects.get(pk=northfield.mentorship.pk).last_contact_on == ago(1)
        assert list(row.actions.values_list("text", "owner", "due_on")) == [("Brief Amara", northfield.student.pk, ago(-14))]
        assert (Action.objects.get(pk=done.pk).done_at is None, Action.objects.get(pk=open_.pk).done_at) == (False, None)
        assert list(Note.objects.values_list("text", "visibility", "check_in")) == [("Likes Thursdays", "only_me", row.pk)]
        assert list(CheckIn.objects.planned().values_list("due_on", flat=True)) == [ago(-14)]
        assert heard == [(row.pk, mentor)]


def test_the_next_planned_one_moves_to_the_agreed_day(northfield):
    with northfield.scope():
        row, following, later = check_in(northfield), check_in(northfield, days=14), check_in(northfield, days=28)
        log_check_in(check_in=row, by=northfield.people["mentor"], entry=entry(next_on=ago(-10)))
        days = dict(CheckIn.objects.planned().values_list("pk", "due_on"))
        assert days == {following.pk: ago(-10), later.pk: ago(-28)}


def test_an_earlier_contact_does_not_turn_the_clock_back(northfield):
    with northfield.scope():
        first, second = check_in(northfield, days=-3), check_in(northfield)
        for row, held_on in ((second, today()), (first, ago(3))):
            log_check_in(check_in=row, by=northfield.people["mentor"], entry=entry(held_on=held_on))
        assert Mentorship.objects.get(pk=northfield.mentorship.pk).last_contact_on == today()


@pytest.mark.parametrize("held_on", [lambda house: ago(-1), lambda house: house.mentorship.started_on - dt.timedelta(days=1)])
def test_impossible_days_are_refused(northfield, held_on):
    with northfield.scope():
        row = check_in(northfield)
        with pytest.raises(Refused):
            log_check_in(check_in=row, by=northfield.people["mentor"], entry=entry(held_on=held_on(northfield)))
        row.refresh_from_db()
        assert row.status == "planned"


@pytest.mark.parametrize("minutes", [0, -5, 601, 900])
def test_impossible_lengths_are_refused(northfield, minutes):
    with northfield.scope():
        row = check_in(northfield)
        with pytest.raises(Refused):
            log_check_in(check_in=row, by=northfield.people["mentor"], entry=entry(minutes=minutes))
        assert CheckIn.objects.get(pk=row.pk).status == "planned"


def test_today_is_the_organisations_today(northfield):
    """Half past eleven at night in London is tomorrow in Auckland."""
    with northfield.scope():
        northfield.organisation.time_zone = "Pacific/Auckland"
        northfield.organisation.save()
        row = check_in(northfield)
        at = dt.datetime.combine(today(), dt.time(23, 30), dt.UTC)
        tomorrow = today() + dt.timedelta(days=1)
        log_check_in(check_in=row, by=northfield.people["mentor"], entry=entry(held_on=tomorrow), at=at)
        assert CheckIn.objects.get(pk=row.pk).held_on == tomorrow


@time_machine.travel("2026-10-25 00:30:00+00:00", tick=False)  # the night the clocks go back in London
def test_the_night_the_clocks_change(northfield, sign_in):
    with northfield.scope():
        row = make.CheckInFactory(mentorship=northfield.mentorship, due_on=dt.date(2026, 10, 25))
    answer = sign_in(northfield.people["mentor"]).post(log_url(northfield, row), answers())
    assert answer.status_code == 302
    with northfield.scope():
        assert CheckIn.objects.get(pk=row.pk).held_on == dt.date(2026, 10, 25)


def test_the_second_to_log_meets_the_first_ones_words(northfield):
    with northfield.scope():
        row = check_in(northfield)
        log_check_in(check_in=row, by=northfield.people["mentor"], entry=entry(progress="first"))
        with pytest.raises(AlreadyLogged) as already:
            log_check_in(check_in=row, by=northfield.people["student"], entry=entry(progress="second"))
        assert already.value.check_in.progress == "first"
        assert CheckIn.objects.get(pk=row.pk).progress == "first"


@pytest.mark.django_db(transaction=True)
def test_two_logs_at_once_make_one():
    house = seat("northfield")
    with house.scope():
        row = check_in(house)
    outcomes, gate = [], threading.Barrier(2)

    def log(role):
        try:
            gate.wait(10)
            with organisation_scope(house.organisation.pk):
                log_check_in(check_in=row, by=house.people[role], entry=entry(actions=[NewAction(role)], note=role))
            outcomes.append("logged")
        except AlreadyLogged:
            outcomes.append("already")
        finally:
            connection.close()

    threads = [threading.Thread(target=log, args=[role]) for role in ("mentor", "student")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with house.scope():
        assert sorted(outcomes) == ["already", "logged"]
        assert (Action.objects.count(), Note.objects.count()) == (1, 1)


def test_logging_takes_back_its_letters_and_no_others(northfield):
    with northfield.scope():
        row, other = check_in(northfield), check_in(northfield, days=14)
        letters = [waiting_letter(northfield, one) for one in (row, other)]
        log_check_in(check_in=row, by=northfield.people["mentor"], entry=entry())
        assert [Letter.objects.get(pk=one.pk).status for one in letters] == ["dropped", "waiting"]


def test_missed_with_a_new_day_is_moved(northfield):
    with northfield.scope():
        missed, moved = check_in(northfield, days=-1), check_in(northfield)
        miss_check_in(check_in=missed, reason="No answer", by=northfield.people["mentor"])
        miss_check_in(check_in=moved, reason="Ill", moved_to=ago(-3), by=northfield.people["mentor"])
        rows = list(CheckIn.objects.order_by("id").values_list("status", "due_on", "missed_reason"))
        assert rows == [("missed", ago(1), "No answer"), ("moved", today(), "Ill"), ("planned", ago(-3), "")]
        assert Mentorship.objects.get(pk=northfield.mentorship.pk).last_contact_on is None


def test_a_missed_one_may_have_happened_after_all(northfield, sign_in):
    with northfield.scope():
        row = check_in(northfield, status="missed", missed_reason="No answer")
    client = sign_in(northfield.people["mentor"])
    assert client.get(log_url(northfield, row)).status_code == 302
    assert client.post(log_url(northfield, row) + "?again", answers()).status_code == 302
    with northfield.scope():
        row.refresh_from_db()
        assert (row.status, row.missed_reason) == ("held", "")


def test_an_ended_mentorship_takes_no_more(northfield, sign_in):
    with northfield.scope():
        row = check_in(northfield)
        Mentorship.objects.filter(pk=northfield.mentorship.pk).update(status="completed")
        with pytest.raises(Refused):
            log_check_in(check_in=row, by=northfield.people["mentor"], entry=entry())
        _link, token = token_for(northfield, row)
    client = sign_in(northfield.people["mentor"])
    assert client.post(log_url(northfield, row), answers()).status_code == 302
    assert client.post(reverse("checkins:log_by_link", args=[token]), answers()).status_code == 302
    with northfield.scope():
        assert CheckIn.objects.get(pk=row.pk).status == "planned"


def test_feedback_is_the_students_alone(northfield, sign_in):
    with northfield.scope():
        row = check_in(northfield, status="held", held_on=today(), mood=4)
    url = reverse("checkins:feedback", args=["northfield", row.pk])
    for role in ("mentor", "tutor", "coordinator"):
        assert sign_in(northfield.people[role]).post(url, {"mood": "1", "feedback": "no"}).status_code == 403
    client = sign_in(northfield.people["student"])
    assert client.post(url, {"feedback": "  "}).status_code == 200
    assert client.post(url, {"mood": "2", "feedback": "More time, please"}).status_code == 302
    with northfield.scope():
        row.refresh_from_db()
        assert (row.mood, row.feedback) == (2, "More time, please")


def test_feedback_waits_until_it_was_held(northfield):
    with northfield.scope():
        row = check_in(northfield)
        with pytest.raises(Refused):
            give_feedback(check_in=row, mood=1, feedback="Lost", by=northfield.people["student"])
        assert CheckIn.objects.get(pk=row.pk).mood is None


# The page


def test_a_mentor_needs_three_taps(northfield, sign_in):
    """Open it, choose a face, save: what the page proposes is all there."""
    with northfield.scope():
        row = check_in(northfield)
        check_in(northfield, days=14)
        check_in(northfield, days=-14, status="held", held_on=ago(14), way="in_person", minutes=60)
    client = sign_in(northfield.people["mentor"])
    form = client.get(log_url(northfield, row)).context["form"]
    proposed = {name: form[name].value() for name in ("day", "way", "minutes", "next", "visibility")}
    assert proposed == {"day": "today", "way": "in_person", "minutes": "60", "next": "usual", "visibility": "mentorship"}
    answer = client.post(log_url(northfield, row), {**proposed, "mood": "3"})
    assert answer.status_code == 302
    with northfield.scope():
        row.refresh_from_db()
        assert (row.status, row.held_on, row.minutes, row.way, row.mood) == ("held", today(), 60, "in_person", 3)
        assert list(CheckIn.objects.planned().values_list("due_on", flat=True)) == [ago(-14)]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"day": "other", "held_on": "2999-01-01"}, "held_on"),
        ({"day": "other", "held_on": "2001-01-01"}, "held_on"),
        ({"day": "other", "held_on": "31 February"}, "held_on"),
        ({"day": "other"}, "held_on"),
        ({"day": "someday"}, "day"),
        ({"minutes": "other", "minutes_other": "0"}, "minutes_other"),
        ({"minutes": "other", "minutes_other": "900"}, "minutes_other"),
        ({"minutes": "other"}, "minutes_other"),
        ({"minutes": "900"}, "minutes"),
        ({"next": "other", "next_on": "2999-01-01"}, "next_on"),
        ({"next": "other", "next_on": "2001-01-01"}, "next_on"),
        ({"mood": "9"}, "mood"),
        ({"action_0_text": "x" * 301}, "action_0_text"),
    ],
)
def test_wrong_answers_are_said_by_their_field_and_nothing_typed_is_lost(northfield, sign_in, sent, field):
    with northfield.scope():
        row = check_in(northfield)
    answer = sign_in(northfield.people["mentor"]).post(log_url(northfield, row), answers(note="Long thoughts", **sent))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["note"].value() == "Long thoughts"
    with northfield.scope():
        assert (CheckIn.objects.get(pk=row.pk).status, Note.objects.count()) == ("planned", 0)


def test_goals_of_another_mentorship_are_no_choice(northfield, sign_in):
    with northfield.scope():
        row = check_in(northfield)
        make.GoalFactory(mentorship=northfield.mentorship, title="Ours")
        theirs = make.GoalFactory(mentorship=northfield.other_mentorship, title="Theirs")
    client = sign_in(northfield.people["mentor"])
    assert b"Theirs" not in client.get(log_url(northfield, row)).content
    answer = client.post(log_url(northfield, row), answers(goals=[str(theirs.pk)]))
    assert list(answer.context["form"].errors) == ["goals"]


def test_pressing_twice_makes_one(northfield, sign_in):
    with northfield.scope():
        row = check_in(northfield)
    client = sign_in(northfield.people["mentor"])
    for _press in range(2):
        answer = client.post(log_url(northfield, row), answers(note="once", action_0_text="one thing"))
        assert answer.status_code == 302
    with northfield.scope():
        assert (Note.objects.count(), Action.objects.count(), CheckIn.objects.count()) == (1, 1, 1)


def test_what_is_typed_is_kept_and_picked_up(northfield, sign_in):
    with northfield.scope():
        row = check_in(northfield)
        make.GoalFactory(mentorship=northfield.mentorship)
    url, draft = log_url(northfield, row), reverse("checkins:log_draft", args=["northfield", row.pk])
    client = sign_in(northfield.people["mentor"])
    sent = answers(note="half a sen", minutes="other", minutes_other="abc", mood="2", topics=["Coursework"], alien="x")
    assert client.post(draft, sent, headers={"X-Autosave": "1"}).status_code == 204
    form = client.get(url).context["form"]
    kept = {name: form[name].value() for name in ("note", "minutes", "minutes_other", "mood", "topics")}
    assert kept == {"note": "half a sen", "minutes": "other", "minutes_other": "abc", "mood": "2", "topics": ["Coursework"]}
    assert sign_in(northfield.people["student"]).get(url).context["form"]["note"].value() is None
    with northfield.scope():
        assert "alien" not in Draft.objects.get().data
    client = sign_in(northfield.people["mentor"])
    client.post(url, answers())
    with northfield.scope():
        assert Draft.objects.count() == 0


def test_a_huge_draft_is_refused(northfield, sign_in):
    with northfield.scope():
        row = check_in(northfield)
    draft = reverse("checkins:log_draft", args=["northfield", row.pk])
    assert sign_in(northfield.people["mentor"]).post(draft, answers(note="x" * 60_000)).status_code == 413
    with northfield.scope():
        assert Draft.objects.count() == 0


def test_it_did_not_happen(northfield, sign_in):
    with northfield.scope():
        row = check_in(northfield)
    client = sign_in(northfield.people["mentor"])
    bad = client.post(log_url(northfield, row), {"did_not_happen": "1", "missed-why": "No answer", "missed-moved_to": "2001-01-01"})
    assert list(bad.context["missed_form"].errors) == ["moved_to"]
    assert client.post(log_url(northfield, row), {"did_not_happen": "1", "missed-why": "No answer"}).status_code == 302
    with northfield.scope():
        row.refresh_from_db()
        assert (row.status, row.missed_reason) == ("missed", "No answer")


@pytest.mark.parametrize(
    ("role", "status"), [("mentor", 200), ("student", 200), ("coordinator", 200), ("tutor", 403), ("owner", 403), ("lead", 403)]
)
def test_who_may_log(northfield, riverside, sign_in, role, status):
    with northfield.scope():
        row = check_in(northfield)
    with riverside.scope():
        foreign = check_in(riverside)
    client = sign_in(northfield.people[role])
    assert client.get(log_url(northfield, row)).status_code == status
    assert client.post(log_url(northfield, row), answers()).status_code == (302 if status == 200 else 403)
    assert client.get(f"/o/northfield/check-ins/{foreign.pk}/log/").status_code in {403, 404}
    assert client.get(log_url(riverside, foreign)).status_code == 404
    with northfield.scope():
        assert CheckIn.objects.get(pk=row.pk).status == ("held" if status == 200 else "planned")


def test_markup_in_what_people_write_stays_text(northfield, sign_in):
    with northfield.scope():
        row = check_in(northfield)
    client = sign_in(northfield.people["mentor"])
    client.post(log_url(northfield, row), answers(progress="<script>alert(1)</script>", note="<b>bold</b>", action_0_text="<i>x</i>"))
    page = client.get(reverse("checkins:detail", args=["northfield", row.pk])).content.decode()
    assert ("<script>alert" in page, "<b>bold" in page, "<i>x" in page) == (False, False, False)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("page", ["log", "detail"])
def test_pages_cost_the_same_for_many(northfield, sign_in, page):
    with northfield.scope():
        row = check_in(northfield)
    client, counts = sign_in(northfield.people["mentor"]), []
    for _round in range(2):
        with northfield.scope():
            for n in range(3):
                goal = make.GoalFactory(mentorship=northfield.mentorship)
                make.GoalStepFactory(goal=goal)
                held = check_in(northfield, days=-14, status="held", held_on=ago(14), minutes=45, way="video")
                Action.objects.create(check_in=held, text=f"Action {n}", owner=northfield.student)
                Action.objects.create(check_in=row, text=f"Mine {n}", owner=northfield.student)
                make.NoteFactory(mentorship=northfield.mentorship, check_in=row, author=northfield.people["student"])
        counts.append(count_queries(client, reverse(f"checkins:{page}", args=["northfield", row.pk])))
    assert counts[0] == counts[1] <= MOST


@pytest.mark.parametrize(("days", "proposed"), [(2, "today"), (0, "today"), (-1, "yesterday"), (-5, "planned")])
def test_the_day_proposed_is_the_likely_one(northfield, sign_in, days, proposed):
    with northfield.scope():
        row = check_in(northfield, days=days)
    client = sign_in(northfield.people["mentor"])
    assert client.get(log_url(northfield, row)).context["form"]["day"].value() == proposed
    client.post(log_url(northfield, row), answers(day=proposed))
    with northfield.scope():
        assert CheckIn.objects.get(pk=row.pk).held_on == min(today(), row.due_on)
