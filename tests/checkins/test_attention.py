"""What needs a coordinator: each rule just before and just when it applies, with its sentence."""

import datetime as dt

import pytest
from django.utils import timezone

from checkins.models import ReminderSent
from checkins.services.attention import attention_list
from checkins.services.reminder_events import target_of
from matching.models import Mentorship
from matching.services import changes
from post.models import Letter
from programmes.models import Participant
from tests import factories as make
from tests.checkins.helpers import check_in, rule
from tests.queries import _counts


def today():
    return timezone.localdate()


def ago(days):
    return today() - dt.timedelta(days=days)


@pytest.fixture
def house(northfield):
    """A programme in which all is well: both pairs spoke today, nobody waits."""
    with northfield.scope():
        Mentorship.objects.update(last_contact_on=today(), stage="progression")
        yield northfield


def needs(house, role="coordinator", **kwargs):
    kwargs = {"programme": house.programme, "today": today(), **kwargs}
    return [(one.kind, one.who, one.why, one.urgency) for one in attention_list(membership=house.people[role], **kwargs)]


def pair(house, **fields):
    Mentorship.objects.filter(pk=house.mentorship.pk).update(**fields)


PAIR = "Student Example and Mentor Example"


def test_nothing_when_all_is_well(house):
    assert needs(house) == []


@pytest.mark.parametrize(("days", "urgency"), [(13, None), (14, 2), (27, 2), (28, 3)])
def test_silence(house, days, urgency):
    pair(house, last_contact_on=ago(days))
    expected = [] if urgency is None else [("quiet", PAIR, f"No contact for {days} days.", urgency)]
    assert needs(house) == expected


def test_silence_with_what_was_tried_and_said(house):
    pair(house, last_contact_on=ago(19))
    check_in(house, days=-19, status="held", held_on=ago(19), mood=2)
    due = check_in(house, days=-12)
    nudge = rule(house, "check_in_planned", 3, "mentor", "check_in_overdue")
    again = rule(house, "check_in_planned", 10, "mentor", "check_in_overdue")
    before = rule(house, "check_in_planned", -1, "mentor", "check_in_due")
    for one in (nudge, again, before):  # what went out before the day was no chasing
        ReminderSent.objects.create(rule=one, target=target_of(due), recipient="membership:1", letter_key=f"{one.pk}")
    when = f"{today():%A} {today().day} {today():%B}"
    why = f"No contact for 19 days. 2 reminders sent, the last on {when}. Student felt “a bit lost” at the last check-in."
    assert needs(house) == [("quiet", PAIR, why, 2)]


def test_never_met(house):
    pair(house, last_contact_on=None, started_on=ago(20))
    day = ago(20)
    why = f"They started on {day:%A} {day.day} {day:%B} and have not met yet."
    assert needs(house) == [("quiet", PAIR, why, 2)]


@pytest.mark.parametrize(("mood", "urgency"), [(1, 3), (2, 2), (3, None), (None, None)])
def test_low_mood(house, mood, urgency):
    check_in(house, days=-9, status="held", held_on=ago(9), mood=1)
    check_in(house, days=-2, status="held", held_on=ago(2), mood=mood)
    words = {1: "stuck", 2: "a bit lost"}.get(mood)
    expected = [] if urgency is None else [("mood", PAIR, f"Student felt “{words}” at the last check-in.", urgency)]
    assert needs(house) == expected


@pytest.mark.parametrize(("states", "shown"), [(["missed", "missed"], True), (["missed", "held"], False), (["held", "missed"], False), (["missed"], False)])  # fmt: skip
def test_missed_twice_in_a_row(house, states, shown):
    for n, status in enumerate(states):
        check_in(house, days=-20 + 7 * n, status=status)
    assert needs(house) == ([("missed", PAIR, "The last two check-ins did not happen.", 2)] if shown else [])


@pytest.mark.parametrize(("days", "shown"), [(9, False), (10, True)])
def test_unsigned_agreement(house, days, shown):
    pair(house, started_on=ago(days))
    make.AgreementFactory(mentorship=house.mentorship)
    make.AgreementFactory(mentorship=house.other_mentorship, signed_at=timezone.now())
    why = f"The agreement is not signed by everybody, {days} days after the start."
    assert needs(house) == ([("agreement", PAIR, why, 2)] if shown else [])


@pytest.mark.parametrize(("stage", "days", "shown"), [("rapport", 20, False), ("rapport", 21, True), ("progression", 40, False)])
def test_stuck_in_an_early_stage(house, stage, days, shown):
    pair(house, stage=stage, stage_since=ago(days))
    why = f"In the stage “Rapport building” for {days} days."
    assert needs(house) == ([("stage", PAIR, why, 1)] if shown else [])


def test_one_mentorship_is_one_line_with_all_its_reasons(house):
    pair(house, last_contact_on=ago(30), stage="rapport", stage_since=ago(30))
    make.AgreementFactory(mentorship=house.mentorship)
    [(kind, who, why, urgency)] = needs(house)
    assert (kind, who, urgency) == ("quiet", PAIR, 3)
    assert why == (
        "No contact for 30 days. The agreement is not signed by everybody, 40 days after the start."
        " In the stage “Rapport building” for 30 days."
    )


def test_what_a_member_asks_for_is_in_the_line_of_their_mentorship(house):
    pair(house, last_contact_on=ago(30))
    house.mentorship.refresh_from_db()
    changes.ask_for_change(
        mentorship=house.mentorship, participant=house.student, wish="another", reason="Not said here", by=house.people["student"]
    )
    expected = "Student Example: Asks for somebody else, just now. No contact for 30 days."
    assert needs(house) == [("change", PAIR, expected, 3)]


def test_ended_and_other_programmes_are_left_out(house):
    pair(house, last_contact_on=ago(30), status="completed")
    other = make.MentorshipFactory(programme=make.ProgrammeFactory(), last_contact_on=ago(30))
    assert [one for one in needs(house) if one[0] == "quiet"] == []
    quiet = [one[0] for one in needs(house, programme=other.programme)]
    assert quiet == ["quiet"]


def test_students_without_a_mentor_are_one_line(house):
    for name in ("Ada", "Ben", "Cai", "Dee"):
        make.StudentFactory(programme=house.programme, membership__first_name=name)
    make.StudentFactory(programme=house.programme, withdrawn_at=timezone.now())
    expected = [("unmatched", "4 students have no mentor", "Ada Example, Ben Example, Cai Example, …", 2)]
    assert needs(house) == expected
    over = needs(house, today=house.programme.ends_on + dt.timedelta(days=1))
    assert [one for one in over if one[0] == "unmatched"] == []  # nobody is matched into what is over


@pytest.mark.parametrize(("days", "urgency", "words"), [(-1, 3, "ran out"), (5, 2, "runs out"), (20, 1, "runs out"), (44, None, "")])
def test_background_checks_that_end_too_soon(house, days, urgency, words):
    until = today() + dt.timedelta(days=days)
    Participant.objects.filter(pk=house.mentor.pk).update(check_valid_until=until)
    why = f"The background check {words} on {until:%A} {until.day} {until:%B}."
    assert needs(house) == ([("check", "Mentor Example", why, urgency)] if urgency else [])


@pytest.mark.parametrize("needed", [True, False])
def test_a_mentorship_that_runs_without_any_background_check(house, needed):
    type(house.programme).objects.filter(pk=house.programme.pk).update(requires_background_check=needed)
    house.programme.refresh_from_db()
    make.MentorFactory(programme=house.programme, check_valid_until=None)  # mentors nobody yet
    Participant.objects.filter(pk=house.mentor.pk).update(check_valid_until=None)
    line = ("check", "Mentor Example", "No background check is noted, and the mentorship runs.", 3)
    assert needs(house) == ([line] if needed else [])


def test_letters_that_came_to_nothing(house, riverside):
    for organisation, status in [(house, "failed"), (house, "sent"), (riverside, "failed")]:
        with organisation.scope():
            Letter.objects.create(
                organisation_id=organisation.organisation.pk, dedupe_key=f"{organisation.organisation.slug}{status}", status=status,
                name="proposal", to_email="a@b.example", subject="s", text="t", html="h", due_at=timezone.now(),
            )  # fmt: skip
    expected = [("letters", "1 letter could not be delivered", "The address may be wrong.", 2)]
    assert needs(house) == expected


@pytest.mark.parametrize("role", ["owner", "tutor", "mentor", "student", "lead"])
def test_others_have_no_such_list(house, role):
    pair(house, last_contact_on=ago(30))
    assert needs(house, role) == []


def test_it_costs_the_same_for_many(house, django_assert_max_num_queries):
    costs = []
    needs(house)  # the programme's organisation is read once
    for _round in range(2):
        for n in range(4):
            other = make.MentorshipFactory(programme=house.programme, last_contact_on=ago(20))
            mentor = other.members.get(side="mentor").participant
            Participant.objects.filter(pk=mentor.pk).update(check_valid_until=ago(n))
            make.CheckInFactory(mentorship=other, due_on=ago(8))
            make.AgreementFactory(mentorship=other)
            make.StudentFactory(programme=house.programme)
        with django_assert_max_num_queries(20) as captured:
            found = needs(house)
        costs.append(len([q for q in captured.captured_queries if _counts(q["sql"])]))
    assert costs[0] == costs[1]
    assert len(found) == 8 + 8 + 1


@pytest.mark.parametrize(("side", "who", "why"), [("mentor", "Student Example", "The mentor"), ("student", "Mentor Example", "The student")])
def test_somebody_is_left_alone(house, side, who, why):
    Participant.objects.filter(pk=getattr(house, side).pk).update(withdrawn_at=timezone.now())
    words = f"{why} is no longer there. End the mentorship, so that the other can be matched again."
    assert [need for need in needs(house) if need[0] == "alone"] == [("alone", who, words, 3)]
