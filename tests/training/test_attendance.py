"""Who was there: one tap, or the code; hours from it once; needs ready to be answered again."""

import pytest
import time_machine
from django.core.cache import cache

from tests import factories as make
from tests.training.events import NOW, START, invited, later, plan
from training.models import Gathering, Guest, TrainingHours
from training.services.attendance import MOST_WRONG, add_walk_in, note_attendance, note_everybody, type_code
from training.services.checklist import answer_aspect, response_for
from training.services.gatherings import cancel_gathering, change_gathering
from training.services.guests import answer_invitation
from training.services.needs import ready_again
from training.services.refused import TrainingError


@pytest.fixture(autouse=True)
def _nobody_has_tried():
    cache.clear()


@pytest.fixture
def evening(northfield):
    """The house's mentor and one more are asked to an event, and it has begun; (event, guests)."""
    with time_machine.travel(NOW, tick=False), northfield.scope():
        made = invited(northfield)
    with time_machine.travel(later(minutes=5), tick=False), northfield.scope():
        yield made


def hours():
    return list(TrainingHours.objects.order_by("pk").values_list("membership", "kind", "minutes", "on", "what", "source"))


def wrong_code(gathering):
    return f"{(int(gathering.code) + 1) % 1_000_000:06d}"


def test_a_tap_counts_the_hours_once_and_a_second_takes_them_back(northfield, evening):
    gathering, guests = evening
    by, mentor = northfield.people["coordinator"], guests[0].mentor
    for _twice in range(2):
        note_attendance(guest=guests[0], there=True, by=by)
    expected = (mentor.membership_id, "initial", 90, START.date(), "Listening before advising", f"event:{gathering.pk}")
    assert hours() == [expected]
    for _twice in range(2):
        note_attendance(guest=guests[0], there=False, by=by)
    assert hours() == []
    assert Guest.objects.get(pk=guests[0].pk).attended_how == ""


def test_an_event_that_counts_for_nothing_counts_nothing(northfield, evening):
    gathering, guests = evening
    Gathering.objects.filter(pk=gathering.pk).update(counts_as="")
    note_attendance(guest=guests[0], there=True, by=northfield.people["coordinator"])
    assert hours() == []


def test_hours_follow_when_the_length_or_the_kind_is_put_right(northfield, evening):
    gathering, guests = evening
    by = northfield.people["coordinator"]
    note_attendance(guest=guests[0], there=True, by=by)
    same = {"gathering": gathering, "starts_at": START, "by": by}
    change_gathering(**same, minutes=45, counts_as="refresher")
    assert [row[1:3] for row in hours()] == [("refresher", 45)]
    change_gathering(**same, minutes=45, counts_as="")
    assert hours() == []


def test_nobody_is_there_before_it_begins_or_when_it_is_off(northfield):
    by = northfield.people["coordinator"]
    with time_machine.travel(NOW, tick=False), northfield.scope():
        gathering, guests = invited(northfield)
        with pytest.raises(TrainingError, match="has not begun"):
            note_attendance(guest=guests[0], there=True, by=by)
        with pytest.raises(TrainingError, match="not the code"):
            type_code(membership=guests[0].mentor.membership, code=gathering.code)
        cancel_gathering(gathering=gathering, by=by)
    with time_machine.travel(START, tick=False), northfield.scope():
        with pytest.raises(TrainingError, match="cancelled"):
            note_attendance(guest=guests[0], there=True, by=by)
        with pytest.raises(TrainingError, match="not the code"):
            type_code(membership=guests[0].mentor.membership, code=gathering.code)


def test_everybody_who_said_yes_at_one_press(northfield):
    by = northfield.people["coordinator"]
    with time_machine.travel(NOW, tick=False), northfield.scope():
        gathering, guests = invited(northfield, mentors=2)
        for guest, answer in zip(guests, ("yes", "yes", "no", None), strict=True):
            if answer:
                answer_invitation(guest=guest, answer=answer, by=guest.mentor.membership)
    with time_machine.travel(START, tick=False), northfield.scope():
        assert [note_everybody(gathering=gathering, by=by) for _twice in range(2)] == [2, 0]
        assert set(Guest.objects.there().values_list("pk", flat=True)) == {guests[0].pk, guests[1].pk}


def test_the_code_on_the_screen(northfield, evening):
    gathering, guests = evening
    typed = f" {gathering.code[:3]} {gathering.code[3:]}"
    for _twice in range(2):
        type_code(membership=guests[0].mentor.membership, code=typed)
    noted = Guest.objects.get(pk=guests[0].pk)
    assert (noted.was_there, noted.attended_how, len(hours())) == (True, "code", 1)


def test_who_was_not_asked_may_come_if_they_are_in_the_programme(northfield, riverside, evening):
    gathering, _guests = evening
    newcomer = make.MentorFactory(programme=northfield.programme)
    elsewhere = make.MentorFactory()
    assert type_code(membership=newcomer.membership, code=gathering.code).invited_at is None
    with pytest.raises(TrainingError):
        type_code(membership=elsewhere.membership, code=gathering.code)
    with riverside.scope(), pytest.raises(TrainingError):
        type_code(membership=riverside.people["mentor"], code=gathering.code)
    with pytest.raises(TrainingError):
        type_code(membership=northfield.people["student"], code=gathering.code)
    assert set(Guest.objects.there().values_list("mentor", flat=True)) == {newcomer.pk}


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６"])
def test_what_is_no_code_is_said_so_and_costs_no_try(northfield, evening, code):
    for _often in range(MOST_WRONG + 2):
        with pytest.raises(TrainingError, match="six digits"):
            type_code(membership=northfield.people["mentor"], code=code)


def test_wrong_codes_are_slowed_down_even_the_right_one_then_and_for_nobody_else(northfield, evening):
    gathering, guests = evening
    for _often in range(MOST_WRONG):
        with pytest.raises(TrainingError, match="not the code"):
            type_code(membership=guests[0].mentor.membership, code=wrong_code(gathering))
    with pytest.raises(TrainingError, match="too many tries"):
        type_code(membership=guests[0].mentor.membership, code=gathering.code)
    assert not Guest.objects.there().exists()
    assert type_code(membership=guests[1].mentor.membership, code=gathering.code).was_there
    assert note_attendance(guest=guests[0], there=True, by=northfield.people["coordinator"]).was_there


@pytest.mark.parametrize(
    ("moment", "counts"),
    [(later(minutes=-31), False), (later(minutes=-29), True), (later(minutes=90 + 119), True), (later(minutes=90 + 121), False)],
)
def test_when_the_code_counts(northfield, moment, counts):
    with time_machine.travel(NOW, tick=False), northfield.scope():
        gathering, guests = invited(northfield)
    with time_machine.travel(moment, tick=False), northfield.scope():
        assert gathering.takes_codes() is counts
        if counts:
            assert type_code(membership=guests[0].mentor.membership, code=gathering.code).was_there
        else:
            with pytest.raises(TrainingError):
                type_code(membership=guests[0].mentor.membership, code=gathering.code)


def test_ticked_off_shortly_before_midnight_for_an_event_after_it(northfield):
    begins = START.replace(hour=0, minute=10)
    with time_machine.travel(NOW, tick=False), northfield.scope():
        gathering = plan(northfield, starts_at=begins)
    with time_machine.travel(begins.replace(day=4, hour=23, minute=50), tick=False), northfield.scope():
        add_walk_in(gathering=gathering, mentor=northfield.mentor, by=northfield.people["coordinator"])
        assert [row[3] for row in hours()] == [begins.replace(day=4).date()]


def test_a_need_is_ready_again_after_an_event_about_it_until_it_is_answered_again(northfield):
    mentor, by = northfield.mentor, northfield.people["coordinator"]
    with time_machine.travel(NOW, tick=False), northfield.scope():
        gathering, guests = invited(northfield)
        response = response_for(mentor)
        for aspect, value in (("functions", "need"), ("purpose", "need"), ("learning", "covered")):
            answer_aspect(response=response, aspect=aspect, value=value, by=mentor.membership)
        assert ready_again([mentor]) == {mentor.pk: {}}
    with time_machine.travel(later(minutes=5), tick=False), northfield.scope():
        guest = next(guest for guest in guests if guest.mentor_id == mentor.pk)
        note_attendance(guest=guest, there=True, by=by)
        assert ready_again([mentor]) == {mentor.pk: {"functions": gathering}}
    with time_machine.travel(later(days=1), tick=False), northfield.scope():
        answer_aspect(response=response, aspect="functions", value="need", by=mentor.membership)
        assert ready_again([mentor]) == {mentor.pk: {}}


def test_an_event_counts_for_the_same_persons_need_in_another_programme(northfield):
    with time_machine.travel(NOW, tick=False), northfield.scope():
        gathering, guests = invited(northfield)
        other = make.MentorFactory(membership=northfield.mentor.membership)
        answer_aspect(response=response_for(other), aspect="functions", value="need", by=other.membership)
    with time_machine.travel(START, tick=False), northfield.scope():
        guest = next(guest for guest in guests if guest.mentor_id == northfield.mentor.pk)
        note_attendance(guest=guest, there=True, by=northfield.people["coordinator"])
        assert ready_again([other, northfield.mentor]) == {other.pk: {"functions": gathering}, northfield.mentor.pk: {}}
