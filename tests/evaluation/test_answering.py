"""Answering: each voice by sign-in and by link, kept while typed, sent once, read by nobody else."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from evaluation.models import Survey, SurveyAnswer, SurveyRequest
from matching.models import Mentorship
from organisations.enums import Purpose
from organisations.models import Draft, SignedLink
from organisations.services import links
from post.models import Letter
from post.services.outbox import queue_letter
from programmes.models import Programme
from tests.evaluation.helpers import answer_row, answers_of, asked, filled, link_page, make_survey, own_page, page, token_for

KEPT = {"goal": 4, "objectives": 3, "relationship": 5, "work": None}


@pytest.fixture(autouse=True)
def _no_counts():
    cache.clear()


@pytest.fixture
def review(northfield):
    with northfield.scope():
        return make_survey(northfield, "review", opened=True)


def state(house, row):
    with house.scope():
        row = SurveyRequest.objects.get(pk=row.pk)
        return row.answered_at is not None, row.by_link


@pytest.mark.parametrize("voice", ["student", "mentor"])
def test_signed_in_one_answers_once(northfield, sign_in, review, voice):
    with northfield.scope():
        row = asked(northfield, review, voice)
        words = {"first_name": "", "organisation": "x", "programme": "x", "url": "https://x.example", "other_names": "x"}
        words |= {"closes_on": timezone.localdate(), "minutes": 5}
        queue_letter("review_open", to_email="x@northfield.example", context=words, dedupe_key="x", about=row)
    client = sign_in(northfield.people[voice])
    assert client.get(own_page(northfield, row)).status_code == 200
    answer = client.post(own_page(northfield, row), filled(works="Talking", change="More of it"))
    assert (answer.status_code, answer.url) == (302, own_page(northfield, row))
    assert "Thank you" in client.get(own_page(northfield, row)).content.decode()
    client.post(own_page(northfield, row), filled(goal="1", works="Second"))
    assert answers_of(northfield, row) == {**KEPT, "works": "Talking", "change": "More of it"}
    assert state(northfield, row) == (True, False)
    with northfield.scope():
        assert list(Letter.objects.values_list("status", flat=True)) == ["dropped"]
        events = Event.objects.filter(verb="survey answered").values_list("actor_name", flat=True)
        assert list(events) == [northfield.people[voice].name]


@pytest.mark.parametrize("voice", ["student", "mentor", "line_manager"])
def test_by_link_one_answers_once_and_every_link_is_finished(northfield, client, review, voice):
    with northfield.scope():
        row = asked(northfield, review, voice)
        _link, token = token_for(northfield, row)
        _link, again = token_for(northfield, row)
    for _scan in range(3):
        assert (client.get(link_page(token)).status_code, client.head(link_page(token)).status_code) == (200, 200)
    assert state(northfield, row) == (False, False)
    answer = client.post(link_page(token), filled(works="Private words", change=""))
    assert (answer.status_code, answer.url) == (302, link_page(token))
    assert answers_of(northfield, row) == {**KEPT, "works": "Private words"}
    for one in (token, again):
        shown = client.get(link_page(one)).content.decode()
        assert "There is nothing more to do" in shown
        assert "Private words" not in shown
        client.post(link_page(one), filled(goal="1"))
    assert answers_of(northfield, row) == {**KEPT, "works": "Private words"}
    assert state(northfield, row) == (True, True)
    with northfield.scope():
        assert SignedLink.objects.filter(purpose="survey", used_at=None).count() == 0
        name = Event.objects.get(verb="survey answered").actor_name
        assert name == SurveyRequest.objects.get(pk=row.pk).person_name


def test_the_line_manager_sees_student_placement_and_mentor_and_nothing_else(northfield, client, review):
    with northfield.scope():
        row = asked(northfield, review, "line_manager")
        other = asked(northfield, review, "student")
        SurveyAnswer.objects.create(request=other, question="works", text="KANARIE")
        Mentorship.objects.filter(pk=northfield.mentorship.pk).update(ended_reason="KANARIE")
        _link, token = token_for(northfield, row)
    response = client.get(link_page(token))
    facts = [(str(label), value) for label, value in response.context["page"].facts]
    assert facts == [("Student", "Student Example"), ("Mentor", "Mentor Example"), ("Placement", "Junior developer")]
    shown = response.content.decode()
    assert "KANARIE" not in shown
    assert "student@northfield.example" not in shown
    assert "/o/northfield/" not in shown


def test_what_is_missing_is_said_and_what_was_typed_stays(northfield, client, review):
    with northfield.scope():
        row = asked(northfield, review, "line_manager")
        _link, token = token_for(northfield, row)
    response = client.post(link_page(token), {"goal": "4", "relationship": "9", "works": "Kept words"})
    assert response.status_code == 200
    assert sorted(response.context["form"].errors) == ["objectives", "relationship", "work"]
    assert "Kept words" in response.content.decode()
    assert (answers_of(northfield, row), state(northfield, row)) == ({}, (False, False))


def test_a_draft_is_kept_and_found_again_from_another_link(northfield, client, sign_in, review):
    with northfield.scope():
        row, other = asked(northfield, review, "mentor"), asked(northfield, review, "student")
        tokens = [token_for(northfield, row)[1] for _n in range(2)]
        _l, foreign = token_for(northfield, other)
    draft = reverse("evaluation:answer_draft_by_link", args=[tokens[0]])
    for n in range(70):
        assert client.post(draft, {"goal": "2", "works": f"word {n}"}, headers={"X-Autosave": "1"}).status_code == 204
    for response in (client.get(link_page(tokens[1])), sign_in(northfield.people["mentor"]).get(own_page(northfield, row))):
        assert (response.context["form"]["works"].value(), response.context["form"]["goal"].value()) == ("word 69", "2")
    assert client.get(link_page(foreign)).context["form"]["works"].value() is None
    assert client.post(draft, {"works": "x" * 60_000}, headers={"X-Autosave": "1"}).status_code == 413
    client.post(page(northfield, "answer_draft", row.pk), {"works": "typed signed in"})
    assert client.get(link_page(tokens[0])).context["form"]["works"].value() == "typed signed in"
    client.post(link_page(tokens[0]), filled())
    client.post(draft, {"works": "late"}, headers={"X-Autosave": "1"})
    with northfield.scope():
        assert Draft.objects.count() == 0


def test_expired_altered_revoked_and_foreign_links(northfield, riverside, client, review):
    with northfield.scope():
        row, other = asked(northfield, review, "mentor"), asked(northfield, review, "line_manager")
        _l, token = token_for(northfield, row)
        _l, expired = token_for(northfield, row, life=dt.timedelta(seconds=-1))
        _l, wrong = links.make_link(Purpose.CHECK_IN, row.pk, membership=northfield.people["mentor"])
        _l, of_another = links.make_link(Purpose.SURVEY, row.pk, membership=northfield.people["student"])
        _l, nobody = links.make_link(Purpose.SURVEY, row.pk, holder_name="Mateusz Silva")
        _l, member = links.make_link(Purpose.SURVEY, other.pk, membership=northfield.people["mentor"])
        revoked_link, revoked = token_for(northfield, row)
        SignedLink.objects.filter(pk=revoked_link.pk).update(revoked_at=timezone.now())
    with riverside.scope():
        theirs = make_survey(riverside, "review", opened=True)
        asked(riverside, theirs, "mentor")
        _l, crossed = links.make_link(Purpose.SURVEY, row.pk, membership=riverside.people["mentor"])
    expected = {token[:-3] + "xyz": 404, "nonsense": 404, wrong: 404, of_another: 404, nobody: 404, member: 404, crossed: 404}
    expected |= {expired: 410, revoked: 410}
    found = {}
    for one in expected:
        found[one] = client.get(link_page(one)).status_code
        assert client.post(link_page(one), filled()).status_code == found[one]
        draft = reverse("evaluation:answer_draft_by_link", args=[one])
        assert client.post(draft, filled()).status_code == found[one]
    assert found == expected
    assert (state(northfield, row), state(northfield, other)) == ((False, False), (False, False))
    with northfield.scope():
        assert Draft.objects.count() == 0


def test_other_peoples_requests_are_403_and_other_organisations_404(northfield, riverside, sign_in, review):
    with northfield.scope():
        row = asked(northfield, review, "student")
    with riverside.scope():
        theirs = asked(riverside, make_survey(riverside, "review", opened=True), "student")
    for role in ("owner", "coordinator", "mentor", "tutor", "lead"):
        client = sign_in(northfield.people[role])
        for url in (own_page(northfield, row), page(northfield, "answer_draft", row.pk)):
            assert client.post(url, filled()).status_code == 403, role
        assert client.get(own_page(northfield, row)).status_code == 403
        assert client.get(own_page(northfield, theirs)).status_code == 404
        assert client.post(own_page(northfield, theirs), filled()).status_code == 404
        assert client.get(own_page(riverside, theirs)).status_code == 404
    client.logout()
    assert client.get(own_page(northfield, row)).status_code == 302
    assert state(northfield, row) == state(riverside, theirs) == (False, False)


@pytest.mark.parametrize("why", ["closed", "programme closed", "not asked"])
def test_outside_its_days_nothing_is_taken(northfield, sign_in, review, why):
    with northfield.scope():
        row = asked(northfield, review, "student", **({"asked_at": None} if why == "not asked" else {}))
        if why == "closed":
            Survey.objects.update(closes_on=timezone.localdate() - dt.timedelta(days=1))
        if why == "programme closed":
            Programme.objects.update(closed_at=timezone.now())
    client = sign_in(northfield.people["student"])
    assert "This survey is not open" in client.get(own_page(northfield, row)).content.decode()
    client.post(own_page(northfield, row), filled())
    assert client.post(page(northfield, "answer_draft", row.pk), filled()).status_code == 204
    assert (answers_of(northfield, row), state(northfield, row)) == ({}, (False, False))
    with northfield.scope():
        assert Draft.objects.count() == 0


def test_an_ended_mentorship_still_answers(northfield, sign_in, review):
    with northfield.scope():
        row = asked(northfield, make_survey(northfield, "exit", opened=True), "student")
        Mentorship.objects.filter(pk=northfield.mentorship.pk).update(status="completed_early")
    sign_in(northfield.people["student"]).post(own_page(northfield, row), filled(recommend="5"))
    assert answers_of(northfield, row) == {**KEPT, "recommend": 5}


def test_who_reads_the_answers_is_what_the_page_says(northfield, sign_in, review):
    """Review: student and mentor each other's; line manager's and exit answers only the coordinators and whoever wrote them."""
    with northfield.scope():
        last = make_survey(northfield, "exit", opened=True)
        for survey in (review, last):
            for voice in ("student", "mentor", "line_manager"):
                row = asked(northfield, survey, voice)
                SurveyAnswer.objects.create(request=row, question="works", text="x")
                answer_row(row, goal=2 if survey == review else 5)
    found = {}
    for role in ("coordinator", "student", "mentor", "tutor"):
        response = sign_in(northfield.people[role]).get(page(northfield, "mentorship", northfield.mentorship.pk))
        found[role] = {
            f"{one['survey'].kind} {voice['request'].voice}"
            for one in response.context["surveys"]
            for voice in one["voices"]
            if voice["lines"] is not None
        }
        changes = [(one["voice"], one["changes"][0].difference) for one in response.context["changed"]]
        found[f"{role} change"] = changes
    everything = {f"{kind} {voice}" for kind in ("review", "exit") for voice in ("student", "mentor", "line_manager")}
    assert found == {
        "coordinator": everything,
        "coordinator change": [("Student", 3), ("Mentor", 3), ("Line manager", 3)],
        "student": {"review student", "review mentor", "exit student"},
        "student change": [("Student", 3)],
        "mentor": {"review student", "review mentor", "exit mentor"},
        "mentor change": [("Mentor", 3)],
        "tutor": set(),
        "tutor change": [],
    }
    for role in ("owner", "lead"):
        assert sign_in(northfield.people[role]).get(page(northfield, "mentorship", northfield.mentorship.pk)).status_code == 403
    outsider = sign_in(northfield.people["mentor"]).get(page(northfield, "mentorship", northfield.other_mentorship.pk))
    assert outsider.status_code == 403
