"""Who is asked, when, and exactly once."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from audit.models import Event
from evaluation.models import Survey, SurveyRequest
from evaluation.services import asking, surveys
from evaluation.tasks import open_surveys
from matching.models import Mentorship
from matching.services.mentorships import end_mentorship
from matching.services.refused import Refused
from organisations.models import Membership, SignedLink
from post.models import Letter
from programmes.models import LineManager, Programme
from programmes.services.programmes import create_programme
from tests import factories as make
from tests.evaluation.helpers import at_noon, letters, make_survey, open_it, requests_of


def own(house):
    """[(voice, name)] of the cast's mentorship, and of the other one."""
    return [*requests_of(house, mentorship=house.mentorship), *requests_of(house, mentorship=house.other_mentorship)]


CAST = [("line_manager", "Mateusz Silva", True), ("mentor", "Mentor Example", True), ("student", "Student Example", True)]


def others(house, *, was_asked=True):
    with house.scope():
        seats = house.other_mentorship.members.select_related("participant__membership")
        return sorted((seat.side, seat.participant.name, was_asked) for seat in seats)


def test_a_new_programme_has_both_surveys_with_dates_from_its_own(northfield):
    first, last = dt.date(2026, 9, 1), dt.date(2026, 12, 10)
    with northfield.scope():
        by = northfield.people["coordinator"]
        programme = create_programme(preset="industry_placement", by=by, name="New", starts_on=first, ends_on=last)
        found = Survey.objects.filter(programme=programme).values_list("kind", "version", "opens_on", "closes_on", "opened_at")
        assert list(found) == [
            ("review", "2026-1", dt.date(2026, 10, 21), dt.date(2026, 11, 11), None),
            ("exit", "2026-1", dt.date(2026, 11, 26), dt.date(2026, 12, 24), None),
        ]
        surveys.make_surveys(programme=programme, by=by)
        assert Survey.objects.filter(programme=programme).count() == 2


def test_opening_asks_three_voices_once_however_often_it_runs(northfield):
    with northfield.scope():
        survey = make_survey(northfield, "review")
    assert [open_it(northfield, survey) for _again in range(3)] == [5, 0, 0]
    assert own(northfield) == [*CAST, *others(northfield)]
    with northfield.scope():
        manager = ("line_manager_review", LineManager.objects.get().email)
        people = Membership.objects.filter(participations__seats__isnull=False).values_list("email", flat=True)
        assert SignedLink.objects.filter(purpose="survey").count() == 5
        assert Event.objects.filter(verb="survey opened").count() == 1
        assert letters(northfield) == sorted([manager, *(("review_open", email) for email in people)])


def test_the_sweep_opens_what_is_due_in_every_organisation(northfield, riverside):
    for house in (northfield, riverside):
        with house.scope():
            make_survey(house, "exit", opens=0)
            make_survey(house, "review", opens=1)
    with time_machine.travel(at_noon(), tick=False):
        open_surveys()
        open_surveys()
    for house in (northfield, riverside):
        assert requests_of(house, survey__kind="exit") == sorted([*CAST, *others(house)])
        assert requests_of(house, survey__kind="review") == []
        assert sorted({name for name, _email in letters(house)}) == ["line_manager_survey", "survey_open"]
        assert len(letters(house)) == 5
    with time_machine.travel(at_noon(1), tick=False):
        open_surveys()
    assert len(letters(northfield)) == 10


def test_letters_of_the_sweep_wait_for_the_morning(northfield):
    with northfield.scope():
        make_survey(northfield, "exit")
    today = timezone.localdate()
    night = dt.datetime.combine(today, dt.time(3), dt.UTC)
    with time_machine.travel(night, tick=False):
        open_surveys()
    with northfield.scope():
        eight = dt.datetime.combine(today, dt.time(8), ZoneInfo("Europe/London"))
        assert {one.due_at for one in Letter.objects.all()} == {eight}


@pytest.mark.parametrize(
    ("opens", "closes", "closed"), [(1, 20, False), (-20, -1, False), (0, 20, True)], ids=["not yet", "over", "programme closed"]
)
def test_nobody_is_asked_outside_its_days_or_after_the_programme_closed(northfield, opens, closes, closed):
    with northfield.scope():
        survey = make_survey(northfield, opens=opens, closes=closes)
        Programme.objects.filter(pk=northfield.programme.pk).update(closed_at=timezone.now() if closed else None)
    assert open_it(northfield, survey) == 0
    assert (requests_of(northfield), letters(northfield)) == ([], [])


def test_who_began_after_the_opening_is_asked_a_week_later(northfield):
    with northfield.scope():
        survey = make_survey(northfield, "review", opens=-3)
        late = make.MentorshipFactory(programme=northfield.programme, started_on=timezone.localdate())
    found = {}
    for days in (0, 6, 7):
        open_it(northfield, survey, at_noon(days))
        found[days] = len(requests_of(northfield, mentorship=late))
    assert found == {0: 0, 6: 0, 7: 2}
    assert len(letters(northfield)) == 7


def test_ended_mentorships_get_the_exit_survey_but_no_review(northfield):
    with northfield.scope():
        review, last = make_survey(northfield, "review"), make_survey(northfield, "exit")
        Mentorship.objects.filter(pk=northfield.mentorship.pk).update(status="completed_early")
        Mentorship.objects.filter(pk=northfield.other_mentorship.pk).update(status="no_show")
    assert (open_it(northfield, review), open_it(northfield, last)) == (0, 3)
    assert requests_of(northfield, survey=last) == CAST


def test_ending_early_asks_the_exit_survey_at_once(northfield):
    with northfield.scope():
        make_survey(northfield, "exit", opens=30, closes=60)
        make_survey(northfield, "review", opens=20, closes=40)
        end_mentorship(mentorship=northfield.mentorship, status="completed_early", by=northfield.people["coordinator"])
    # The placement goes on, so the line manager is asked when the survey opens for everybody.
    assert requests_of(northfield) == CAST[1:]
    assert letters(northfield, name__contains="survey") == [
        ("survey_open", "mentor@northfield.example"),
        ("survey_open", "student@northfield.example"),
    ]
    with northfield.scope():
        letter = Letter.objects.filter(name="survey_open").first()
        day = timezone.localdate() + dt.timedelta(days=28)
        assert f"Please answer by {day:%A} {day.day} {day:%B}" in letter.text
    with northfield.scope():
        survey = Survey.objects.get(kind="exit")
    assert open_it(northfield, survey, at_noon(31)) == 3  # the line manager, and the two of the other mentorship
    assert requests_of(northfield, mentorship=northfield.mentorship) == CAST


@pytest.mark.parametrize("status", ["no_show", "ended_with_concern"])
def test_nobody_is_asked_by_itself_where_it_never_began_or_ended_with_a_concern(northfield, status):
    with northfield.scope():
        survey = make_survey(northfield, "exit")
        end_mentorship(mentorship=northfield.mentorship, status=status, by=northfield.people["coordinator"])
    open_it(northfield, survey)
    assert own(northfield) == others(northfield)
    with northfield.scope():
        by = northfield.people["coordinator"]
        assert asking.ask_mentorship(survey=survey, mentorship=northfield.mentorship, by=by) == 3


def test_a_coordinator_opens_it_early_for_one_mentorship(northfield):
    with northfield.scope():
        by = northfield.people["coordinator"]
        review = make_survey(northfield, "review", opens=10, closes=20)
        over = make_survey(northfield, "exit", opens=-9, closes=-1)
        assert asking.ask_mentorship(survey=review, mentorship=northfield.mentorship, by=by) == 3
        assert asking.ask_mentorship(survey=review, mentorship=northfield.mentorship, by=by) == 0
        with pytest.raises(Refused):
            asking.ask_mentorship(survey=over, mentorship=northfield.mentorship, by=by)
    assert own(northfield) == CAST
    assert open_it(northfield, review, at_noon(11)) == 2


def test_whoever_withdrew_or_left_is_not_asked(northfield):
    with northfield.scope():
        survey = make_survey(northfield)
        northfield.student.withdrawn_at = timezone.now()
        northfield.student.save()
        Membership.objects.filter(pk=northfield.people["mentor"].pk).update(left_at=timezone.now())
    open_it(northfield, survey)
    assert own(northfield) == [("line_manager", "Mateusz Silva", True), *others(northfield)]


def test_a_line_manager_is_asked_once_for_a_placement_with_two_mentorships(northfield):
    with northfield.scope():
        survey = make_survey(northfield)
        Mentorship.objects.filter(pk=northfield.mentorship.pk).update(status="ended_by_agreement")
        again = make.MentorshipFactory(programme=northfield.programme, placement=northfield.placement, student=northfield.student)
    open_it(northfield, survey)
    with northfield.scope():
        rows = SurveyRequest.objects.filter(voice="line_manager").values_list("mentorship", flat=True)
        assert list(rows) == [again.pk]


def test_the_letter_to_the_line_manager_names_the_student_and_needs_no_account(northfield, client):
    with northfield.scope():
        survey = make_survey(northfield, "review")
    open_it(northfield, survey)
    with northfield.scope():
        letter = Letter.objects.get(name="line_manager_review")
        manager = LineManager.objects.get()
        assert (letter.to_email, letter.to_name) == (manager.email, manager.name)
        assert "Student Example is about half-way" in letter.text
        path = re.search(r"https?://[^/\s]+(/r/\S+)", letter.text)[1]
        link = SignedLink.objects.get(purpose="survey", holder_name=manager.name)
        last = timezone.localtime(link.expires_at - dt.timedelta(minutes=1), ZoneInfo("Europe/London")).date()
        assert (link.membership, last) == (None, survey.closes_on)
    assert client.get(path).status_code == 200
