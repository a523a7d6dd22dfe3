"""Writing to everybody, nudging the rest, and the list of who has answered."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from matching.models import QuestionnaireResponse
from matching.services import questionnaire_asking as asking
from matching.services.refused import Refused
from organisations.models import Job
from organisations.services import jobs
from post.models import Letter
from programmes.models import Participant
from tests import factories as make
from tests.matching import people
from tests.queries import MOST, count_queries

DAY = dt.timedelta(days=1)


@pytest.fixture
def by(northfield):
    with northfield.scope():
        yield northfield.people["coordinator"]


@pytest.fixture
def programme(by):
    return people.crowd(3, 2)


def letters(name):
    return Letter.objects.filter(name=name)


def at(name, *args):
    return reverse(f"matching:{name}", args=["northfield", *args])


def answered(person):
    QuestionnaireResponse.objects.filter(participant=person).update(answered_at=timezone.now(), changed_at=timezone.now())


def run_jobs(house):
    with house.scope():
        waiting = list(Job.objects.filter(status=Job.Status.WAITING))
    for job in waiting:
        jobs.run(house.organisation.pk, job.pk)
    return waiting


def test_everybody_present_is_asked_once(programme, by):
    gone = make.StudentFactory(programme=programme, withdrawn_at=timezone.now())
    left = make.MentorFactory(programme=programme)
    type(left.membership).objects.filter(pk=left.membership.pk).update(left_at=timezone.now())
    assert [asking.ask(programme=programme, by=by) for _ in range(2)] == [5, 0]
    assert letters("questionnaire_asked").count() == 5
    assert not letters("questionnaire_asked").filter(to_email__in=[gone.membership.email, left.membership.email]).exists()
    make.StudentFactory(programme=programme)
    assert asking.ask(programme=programme, by=by) == 1  # who joins later, and nobody a second time


def test_each_letter_holds_its_own_link(programme, by, client):
    asking.ask(programme=programme, by=by)
    for letter in letters("questionnaire_asked"):
        [url] = {word for word in letter.text.split() if "/r/" in word}
        page = client.get(url)
        assert page.context["person"].membership.email == letter.to_email


def test_nudged_a_day_later_once_in_24_hours_and_only_who_has_not_answered(programme, by):
    start = timezone.now() - 5 * DAY
    asking.ask(programme=programme, by=by, at=start)
    answered(Participant.objects.filter(programme=programme).first())
    assert asking.nudge(programme=programme, by=by, at=start + DAY / 2) == 0
    assert asking.nudge(programme=programme, by=by, at=start + 2 * DAY) == 4
    assert asking.nudge(programme=programme, by=by, at=start + 2 * DAY + DAY / 2) == 0
    Letter.objects.update(created_at=start)  # the clock of the outbox is the real one
    assert asking.nudge(programme=programme, by=by, at=start + 4 * DAY) == 4
    assert letters("questionnaire_reminder").count() == 8


def test_another_reminder_today_is_enough_for_today(programme, by):
    asking.ask(programme=programme, by=by, at=timezone.now() - 2 * DAY)
    person = Participant.objects.filter(programme=programme).mentors().first()
    Letter.objects.filter(to_email=person.membership.email).update(name="training_reminder")
    assert asking.to_nudge(programme).count() == 4
    assert person not in asking.to_nudge(programme)


def test_nobody_is_written_to_in_a_closed_programme(programme, by):
    type(programme).objects.filter(pk=programme.pk).update(closed_at=timezone.now())
    for write in (asking.ask, asking.nudge):
        with pytest.raises(Refused):
            write(programme=programme, by=by)
    assert not Letter.objects.filter(name__startswith="questionnaire").exists()


def test_asked_from_the_page_by_a_job_whatever_is_pressed_twice(northfield, programme, sign_in):
    client = sign_in(northfield.people["coordinator"])
    assert "Write to 5 people?" in client.get(at("questionnaire_ask", programme.pk)).text
    assert [client.post(at("questionnaire_ask", programme.pk)).status_code for _ in range(2)] == [302, 302]
    assert [job.kind for job in run_jobs(northfield)] == ["questionnaire-ask"]
    with northfield.scope():
        assert letters("questionnaire_asked").count() == 5
        assert Job.objects.get().message == "5 letters are on their way."
        QuestionnaireResponse.objects.update(asked_at=timezone.now() - 2 * DAY)
    assert client.get(at("questionnaire_ask", programme.pk)).status_code == 302  # nobody is left to ask
    assert "Nudge 5 people" in client.get(at("questionnaire_people", programme.pk)).text
    client.post(at("questionnaire_nudge", programme.pk))
    run_jobs(northfield)
    client.post(at("questionnaire_nudge", programme.pk))
    with northfield.scope():
        assert (letters("questionnaire_reminder").count(), Job.objects.count()) == (5, 2)


def test_the_list_says_where_everybody_is(northfield, programme, sign_in):
    with northfield.scope():
        asking.ask(programme=programme, by=northfield.people["coordinator"], at=timezone.now() - 2 * DAY)
        done, begun, _asked = Participant.objects.filter(programme=programme).students()
        answered(done)
        QuestionnaireResponse.objects.filter(participant=begun).update(started_at=timezone.now())
        new = make.StudentFactory(programme=programme)
    client = sign_in(northfield.people["coordinator"])
    page = client.get(at("questionnaire_people", programme.pk))
    assert "1 of 6 have answered" in page.text
    for words in ("Answered", "Begun", "Not answered", "Not asked", "Write to 1 person"):
        assert words in page.text
    assert [one.pk for one in client.get(at("questionnaire_people", programme.pk), {"state": "answered"}).context["page"]] == [done.pk]
    students = client.get(at("questionnaire_people", programme.pk), {"side": "student", "state": "open"}).context["page"]
    assert new.pk in [one.pk for one in students] and len(students) == 3
    assert client.get(at("questionnaire_people", programme.pk), {"side": "x", "state": "y", "page": "z"}).status_code == 200


def test_one_persons_page_for_everybody_in_every_state(northfield, programme, sign_in):
    client = sign_in(northfield.people["coordinator"])
    with northfield.scope():
        person = Participant.objects.filter(programme=programme).first()
    assert "not asked yet" in client.get(at("questionnaire_person", programme.pk, person.pk)).text
    with northfield.scope():
        asking.ask(programme=programme, by=northfield.people["coordinator"])
    assert "not answered yet" in client.get(at("questionnaire_person", programme.pk, person.pk)).text
    assert client.get(at("questionnaire_person", northfield.programme.pk, person.pk)).status_code == 404


def test_pages_cost_the_same_for_three_and_for_thirty(northfield, by, sign_in):
    costs = {}
    for size in (3, 30):
        with northfield.scope():
            programme = people.crowd(size, size)
            asking.ask(programme=programme, by=by, at=timezone.now() - 2 * DAY)
            for person in Participant.objects.filter(programme=programme)[:size]:
                answered(person)
        client = sign_in(northfield.people["coordinator"])
        costs[size] = [count_queries(client, at(name, programme.pk)) for name in ("questionnaire", "questionnaire_people")]
    assert costs[3] == costs[30]
    assert max(costs[3]) <= MOST


def test_an_empty_programme_says_the_first_step(northfield, sign_in):
    with northfield.scope():
        programme = make.ProgrammeFactory()
    client = sign_in(northfield.people["coordinator"])
    assert "Bring in your people first" in client.get(at("questionnaire", programme.pk)).text
    assert "First the people" in client.get(at("questionnaire_people", programme.pk)).text
