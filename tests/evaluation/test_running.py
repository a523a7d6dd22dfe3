"""The coordinator's pages: numbers, who has not answered, opening, dates, nudges and reminders."""

import datetime as dt

import time_machine
from django.utils import timezone

from checkins.services import reminders
from evaluation.models import Survey, SurveyRequest
from evaluation.services import nudging
from evaluation.services.answers import send_answers
from organisations.models import Job
from organisations.services import jobs
from programmes.models import Programme, ReminderRule
from tests import factories as make
from tests.evaluation.helpers import answer_row, asked, at_noon, letters, make_survey, own_page, page, requests_of
from tests.queries import MOST, count_queries

COORDINATOR_PAGES = ["survey", "survey_dates"]
POSTS = ["survey_open", "survey_nudge"]


def asked_long_ago(house, survey, voice, **fields):
    return asked(house, survey, voice, asked_at=at_noon(-5), **fields)


def run_jobs(house):
    with house.scope():
        waiting = list(Job.objects.filter(status="waiting").values_list("pk", flat=True))
    for pk in waiting:
        jobs.run(house.organisation.pk, pk)
    with house.scope():
        return list(Job.objects.order_by("pk").values_list("kind", "status", "result"))


def test_numbers_per_survey_and_voice(northfield, sign_in):
    with northfield.scope():
        review = make_survey(northfield, "review", opened=True)
        make_survey(northfield, "exit", opens=20, closes=40)
        for voice in ("student", "mentor", "line_manager"):
            asked(northfield, review, voice)
        answer_row(SurveyRequest.objects.get(voice="student"), goal=4)
        waits = asked(northfield, review, "mentor", mentorship=northfield.other_mentorship, asked_at=None)
    client = sign_in(northfield.people["coordinator"])
    cards = client.get(page(northfield, "programme", northfield.programme.pk)).context["cards"]
    found = [(c["survey"].kind, c["state"], c["answered"], c["asked"], [(v["answered"], v["asked"]) for v in c["voices"]]) for c in cards]
    assert found == [
        ("review", "open", 1, 3, [(1, 1), (0, 1), (0, 1)]),
        ("exit", "planned", 0, 0, [(0, 0), (0, 0), (0, 0)]),
    ]
    url = page(northfield, "survey", northfield.programme.pk, "review")
    rows = client.get(url).context["rows"]
    assert [(row["name"], row["request"].voice) for row in rows] == [("Mentor Example", "mentor"), ("Mateusz Silva", "line_manager")]
    assert waits.pk not in {row["request"].pk for row in rows}
    assert [row["name"] for row in client.get(url + "?voice=mentor").context["rows"]] == ["Mentor Example"]


def test_a_programme_without_surveys_gets_them_with_one_press(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    assert "No surveys are planned" in client.get(page(northfield, "programme", northfield.programme.pk)).content.decode()
    for _press in range(2):
        client.post(page(northfield, "make", northfield.programme.pk))
    with northfield.scope():
        assert list(Survey.objects.values_list("kind", flat=True)) == ["review", "exit"]


def test_opening_now_writes_once_however_often_one_presses(northfield, sign_in):
    with northfield.scope():
        survey = make_survey(northfield, "review", opens=10, closes=30)
    client = sign_in(northfield.people["coordinator"])
    url = page(northfield, "survey_open", northfield.programme.pk, "review")
    for _press in range(2):
        assert client.post(url).status_code == 302
    assert [(kind, status, result["asked"]) for kind, status, result in run_jobs(northfield)] == [("survey-open", "done", 5)]
    client.post(url)
    assert [result["asked"] for _kind, _status, result in run_jobs(northfield)] == [5, 0]
    with northfield.scope():
        survey.refresh_from_db()
        assert (survey.opens_on, survey.opened_at is not None) == (timezone.localdate(), True)
    assert len(letters(northfield)) == len(requests_of(northfield)) == 5


def test_dates_move_but_an_open_survey_only_closes_later_or_earlier(northfield, sign_in):
    today = timezone.localdate()
    day = {n: today + dt.timedelta(days=n) for n in (-3, -1, 1, 5, 9, 30)}
    with northfield.scope():
        survey = make_survey(northfield, "review", opens=10, closes=30)
    client = sign_in(northfield.people["coordinator"])
    url = page(northfield, "survey_dates", northfield.programme.pk, "review")

    def dates():
        with northfield.scope():
            survey.refresh_from_db()
        return survey.opens_on, survey.closes_on

    for opens, closes in ((-3, 9), (9, 5), (None, 5)):
        sent = {"opens_on": day.get(opens, ""), "closes_on": day[closes]}
        assert client.post(url, sent).status_code == 200
    assert "a year after the programme" in client.post(url, {"opens_on": day[1], "closes_on": "9999-12-31"}).content.decode()
    assert dates() == (today + dt.timedelta(days=10), day[30])
    assert client.post(url, {"opens_on": day[1], "closes_on": day[9]}).status_code == 302
    assert dates() == (day[1], day[9])
    with northfield.scope():
        Survey.objects.update(opens_on=day[-3], opened_at=timezone.now())
    assert client.post(url, {"opens_on": day[1], "closes_on": day[-1]}).status_code == 200
    assert client.post(url, {"opens_on": day[1], "closes_on": day[5]}).status_code == 302
    assert dates() == (day[-3], day[5])


def test_a_nudge_writes_to_each_person_once_in_24_hours(northfield, sign_in):
    with northfield.scope():
        review = make_survey(northfield, "review", opened=True)
        for voice in ("student", "mentor", "line_manager"):
            asked_long_ago(northfield, review, voice)
        asked_long_ago(northfield, review, "mentor", mentorship=northfield.other_mentorship)  # the same mentor again
        answer_row(SurveyRequest.objects.get(voice="student"), goal=4)
        manager = northfield.placement.line_manager.email
    client = sign_in(northfield.people["coordinator"])
    for _double in range(2):
        client.post(page(northfield, "survey_nudge", northfield.programme.pk, "review"))
    assert [(kind, status, result["sent"]) for kind, status, result in run_jobs(northfield)] == [("survey-nudge", "done", 2)]
    expected = sorted([("line_manager_reminder", manager), ("review_reminder", "mentor@northfield.example")])
    assert letters(northfield) == expected
    client.post(page(northfield, "survey_nudge", northfield.programme.pk, "review"))
    assert [result["sent"] for _kind, _status, result in run_jobs(northfield)] == [2, 0]
    assert letters(northfield) == expected
    with northfield.scope():
        by, now = northfield.people["coordinator"], timezone.now()
        assert nudging.nudge(survey=review, by=by, at=now + dt.timedelta(hours=23)) == 0
        assert nudging.nudge(survey=review, by=by, at=now + dt.timedelta(hours=25)) == 2


def test_nobody_is_nudged_on_the_day_of_the_first_letter_or_after_the_end(northfield, sign_in):
    with northfield.scope():
        fresh = make_survey(northfield, "exit", opened=True)
        over = make_survey(northfield, "review", opens=-30, closes=-1, opened=True)
        asked(northfield, fresh, "student")
        asked_long_ago(northfield, over, "mentor")
        assert nudging.nudge(survey=fresh, by=northfield.people["coordinator"]) == 0
    client = sign_in(northfield.people["coordinator"])
    client.post(page(northfield, "survey_nudge", northfield.programme.pk, "review"))
    assert (run_jobs(northfield), letters(northfield)) == ([], [])


def remind(house, days):
    with time_machine.travel(at_noon(days), tick=False):
        reminders.send_due(house.organisation.pk)
    return letters(house)


def test_reminders_on_day_3_and_10_until_one_has_answered(northfield):
    with northfield.scope():
        review = make_survey(northfield, "review", opened=True)
        for day in (3, 10):
            ReminderRule.objects.create(
                programme=northfield.programme, event="survey_opened", offset_days=day, recipient="respondent", letter="survey_reminder"
            )
        rows = {voice: asked(northfield, review, voice, asked_at=at_noon()) for voice in ("student", "mentor", "line_manager")}
        manager = ("line_manager_reminder", northfield.placement.line_manager.email)
    student, mentor = (("review_reminder", f"{role}@northfield.example") for role in ("student", "mentor"))
    assert remind(northfield, 2) == []
    assert remind(northfield, 3) == remind(northfield, 4) == sorted([student, mentor, manager])
    with northfield.scope():
        send_answers(request=rows["student"], answers={"goal": 4}, by=northfield.people["student"])
        SurveyRequest.objects.filter(pk=rows["mentor"].pk).update(last_nudged_at=at_noon(10))
    assert remind(northfield, 10) == sorted([student, mentor, manager, manager])
    assert len(letters(northfield, status="dropped")) == 1  # the student's, not yet gone
    assert remind(northfield, 11) == sorted([student, mentor, mentor, manager, manager])


def test_no_reminder_of_a_review_once_the_mentorship_ended_nor_after_the_last_day(northfield):
    with northfield.scope():
        for kind, closes in (("review", 20), ("exit", 2)):
            survey = make_survey(northfield, kind, closes=closes, opened=True)
            asked(northfield, survey, "student", asked_at=at_noon())
        ReminderRule.objects.create(
            programme=northfield.programme, event="survey_opened", offset_days=3, recipient="respondent", letter="survey_reminder"
        )
        northfield.mentorship.status = "completed"
        northfield.mentorship.save()
    assert remind(northfield, 3) == []


def test_one_mentorship_is_opened_early_from_its_page(northfield, sign_in):
    with northfield.scope():
        make_survey(northfield, "exit", opens=20, closes=40)
    client = sign_in(northfield.people["coordinator"])
    where = page(northfield, "mentorship", northfield.mentorship.pk)
    assert [one["askable"] for one in client.get(where).context["surveys"]] == [True]
    for _double in range(2):
        client.post(page(northfield, "mentorship_open", northfield.mentorship.pk, "exit"))
    assert [one["askable"] for one in client.get(where).context["surveys"]] == [False]
    assert len(requests_of(northfield)) == len(letters(northfield)) == 3


def test_only_coordinators_run_surveys(northfield, riverside, sign_in):
    for house in (northfield, riverside):
        with house.scope():
            survey = make_survey(house, "review", opened=True)
            asked_long_ago(house, survey, "student")

    def answers(client, house, slug_of):
        pk = house.programme.pk
        found = [client.get(page(slug_of, "programme", pk)).status_code, client.post(page(slug_of, "make", pk)).status_code]
        found += [client.get(page(slug_of, name, pk, "review")).status_code for name in COORDINATOR_PAGES]
        found += [client.post(page(slug_of, name, pk, "review")).status_code for name in POSTS]
        found += [client.post(page(slug_of, "mentorship_open", house.mentorship.pk, "review")).status_code]
        return found

    for role in ("owner", "tutor", "mentor", "student", "lead"):
        assert answers(sign_in(northfield.people[role]), northfield, northfield) == [403] * 7, role
    client = sign_in(northfield.people["coordinator"])
    assert answers(client, riverside, northfield) == [404] * 7
    assert answers(client, riverside, riverside) == [404] * 7
    assert client.get(page(northfield, "survey", northfield.programme.pk, "nonsense")).status_code == 404
    for name in POSTS:
        assert client.get(page(northfield, name, northfield.programme.pk, "review")).status_code == 405
    for house in (northfield, riverside):
        assert letters(house) == []
        with house.scope():
            assert Job.objects.count() == 0


def test_a_closed_programme_sends_nothing_more(northfield, sign_in):
    with northfield.scope():
        survey = make_survey(northfield, "review", opened=True)
        asked_long_ago(northfield, survey, "student")
        Programme.objects.update(closed_at=timezone.now())
    client = sign_in(northfield.people["coordinator"])
    for name in POSTS:
        client.post(page(northfield, name, northfield.programme.pk, "review"))
    client.post(page(northfield, "mentorship_open", northfield.mentorship.pk, "review"))
    assert (run_jobs(northfield), letters(northfield)) == ([], [])


def test_pages_cost_the_same_for_many(northfield, sign_in):
    with northfield.scope():
        survey = make_survey(northfield, "review", opened=True)
        row = asked_long_ago(northfield, survey, "student")
        asked_long_ago(northfield, survey, "line_manager")
    urls = [
        (page(northfield, "programme", northfield.programme.pk), "coordinator"),
        (page(northfield, "survey", northfield.programme.pk, "review"), "coordinator"),
        (page(northfield, "mentorship", northfield.mentorship.pk), "coordinator"),
        (own_page(northfield, row), "student"),
    ]
    first = [count_queries(sign_in(northfield.people[role]), url) for url, role in urls]
    with northfield.scope():
        for _n in range(9):
            student = make.StudentFactory(programme=northfield.programme)
            mentorship = make.MentorshipFactory(programme=northfield.programme, student=student)
            asked_long_ago(northfield, survey, "student", mentorship=mentorship, participant=student)
    assert [count_queries(sign_in(northfield.people[role]), url) for url, role in urls] == first
    assert max(first) <= MOST
