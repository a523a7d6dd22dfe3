"""What is told and wished about a background: seen by its owner, read by the engine, found nowhere else."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import AccessLog, Event
from matching.models import BackgroundAnswer, Proposal
from matching.run_rules import RunRules
from matching.services import background as service
from matching.services import runs
from matching.services.criteria import answered
from organisations.models import Draft
from organisations.services.links import link_url
from organisations.services.people import take_out
from post.models import Letter
from programmes.models import Participant
from programmes.services.people import withdraw_participant
from tests.access.objects import Objects
from tests.canary.crawling import Crawl
from tests.canary.test_canary import ROLES, crawl
from tests.matching import people

SIKH = re.compile(r"\bsikh\b", re.IGNORECASE)


def page(person):
    return reverse("matching:questionnaire_background", args=["northfield", person.pk])


def rows(house):
    with house.scope():
        return list(BackgroundAnswer.objects.order_by("pk").values_list("participant_id", "kind", "topic", "values"))


def link_of(house, person):
    with house.scope():
        url = link_url("matching:questionnaire_by_link", "questionnaire", person.pk, membership=person.membership)
    return url.replace("/questionnaire/", "/questionnaire/background/")


@pytest.fixture
def told(northfield):
    """The mentor told, the student wishes for it, and another mentor told something nobody wishes for."""
    with northfield.scope():
        by = northfield.people["mentor"]
        service.save_background(participant=northfield.mentor, answers={"faith": ["sikh"], "gender": ["woman"]}, by=by)
        service.save_background(participant=northfield.student, answers={"faith": ["sikh"]}, by=northfield.people["student"])
    return northfield


def test_a_mentor_tells_nothing_by_default_and_what_is_told_is_theirs(northfield, sign_in):
    client = sign_in(northfield.people["mentor"])
    form = client.get(page(northfield.mentor)).context["form"]
    assert {field.value() for field in form} == {"rather-not"}
    client.post(page(northfield.mentor), dict.fromkeys(form.fields, "rather-not") | {"faith": "sikh"})
    assert rows(northfield) == [(northfield.mentor.pk, "told", "faith", ["sikh"])]
    assert client.get(page(northfield.mentor)).context["form"]["faith"].value() == "sikh"
    client.post(page(northfield.mentor), {"faith": "rather-not"})
    assert rows(northfield) == []


def test_a_student_wishes_and_is_not_asked_about_themselves(northfield, sign_in):
    client = sign_in(northfield.people["student"])
    shown = client.get(page(northfield.student))
    assert "I would like a mentor who" in shown.text
    assert "What is your" not in shown.text
    client.post(page(northfield.student), {"gender": ["woman", "non-binary"], "faith": []})
    assert rows(northfield) == [(northfield.student.pk, "wish", "gender", ["woman", "non-binary"])]


def test_an_answer_that_does_not_exist_is_refused(northfield, sign_in):
    wrong = sign_in(northfield.people["mentor"]).post(page(northfield.mentor), {"faith": "jedi"})
    assert wrong.status_code == 422
    assert rows(northfield) == []


def test_deleted_at_any_time_and_the_record_says_that_not_what(told, sign_in):
    client = sign_in(told.people["mentor"])
    client.post(page(told.mentor), {"forget": "1"})
    client.post(page(told.mentor), {"forget": "1"})
    assert [row[0] for row in rows(told)] == [told.student.pk]
    with told.scope():
        events = Event.objects.filter(verb__startswith="background")
        assert [one.verb for one in events.order_by("pk")] == ["background answers saved"] * 2 + ["background answers deleted"]
        assert {json.dumps(one.data) for one in events} == {"{}"}
        assert not hasattr(BackgroundAnswer, "pgh_event_model")  # no history keeps what was deleted


def test_by_link_it_is_written_but_never_shown(told, client):
    url = link_of(told, told.mentor)
    shown = client.get(url)
    assert "sign in to see it" in shown.text
    assert {field.value() for field in shown.context["form"]} == {"rather-not"}
    client.post(url, {"faith": "muslim"})
    assert (told.mentor.pk, "told", "faith", ["muslim"]) in rows(told)
    assert not any(topic == "gender" for _person, _kind, topic, _values in rows(told))  # what was kept is replaced as a whole


def test_it_is_not_drafted_while_it_is_filled(northfield, sign_in):
    client = sign_in(northfield.people["mentor"])
    assert "data-autosave" not in client.get(page(northfield.mentor)).text
    client.post(reverse("matching:questionnaire_draft", args=["northfield", northfield.mentor.pk]), {"faith": "sikh", "q-note": "hi"})
    with northfield.scope():
        assert "faith" not in Draft.objects.get().data


def test_only_its_owner_may_see_a_row(told):
    with told.scope():
        seen = {name: BackgroundAnswer.objects.visible_to(one).count() for name, one in told.people.items()}
    assert seen == {"owner": 0, "coordinator": 0, "mentor": 2, "student": 1, "tutor": 0, "lead": 0}


def test_who_withdraws_or_leaves_leaves_nothing_behind(told):
    with told.scope():
        by = told.people["coordinator"]
        withdraw_participant(participant=told.mentor, reason="", by=by)
        assert [row[0] for row in rows(told)] == [told.student.pk]
        take_out(membership=told.people["student"], by=told.people["owner"])
        assert rows(told) == []


def test_not_offered_where_the_coordinator_says_so_but_what_is_kept_can_still_be_deleted(told, sign_in):
    from matching.services import questionnaires

    with told.scope():
        by = told.people["coordinator"]
        for side in ("mentor", "student"):
            draft = questionnaires.start_draft(programme=told.programme, side=side, by=by)
            questionnaires.offer_background(questionnaire=draft, offered=False, by=by)
            questionnaires.publish_questionnaire(questionnaire=draft, by=by)
    client = sign_in(told.people["mentor"])
    assert "Delete what I have kept here" in client.get(page(told.mentor)).text
    client.post(page(told.mentor), {"forget": "1"})
    assert "nothing to answer here" in client.get(page(told.mentor)).text
    client.post(page(told.mentor), {"faith": "sikh"})
    assert [row[0] for row in rows(told)] == [told.student.pk]


def test_the_engine_is_told_only_what_somebody_wishes_for(told):
    with told.scope():
        everybody = list(Participant.objects.filter(programme=told.programme).select_related("membership"))
        found = answered(told.programme, everybody)
    assert found.wishes == {told.student.pk: {"background:faith": frozenset({"sikh"})}}
    assert found.background == {told.mentor.pk: {"background:faith": frozenset({"sikh"})}}  # not the gender: nobody asked
    assert [one.key for one in found.criteria if one.kind == "wish"] == ["background:faith"]


def test_nothing_is_told_where_nobody_wishes(told):
    with told.scope():
        service.delete_background(participant=told.student, by=told.people["student"])
        found = answered(told.programme, list(Participant.objects.filter(programme=told.programme)))
    assert (found.wishes, found.background) == ({}, {})


# --- a met wish decides, and leaves no trace --------------------------------------------------


@pytest.fixture
def met(northfield):
    """A student between two mentors who are the same but for what one of them told; matched and published."""
    with northfield.scope():
        by = northfield.people["coordinator"]
        programme = people.crowd(1, 0)
        first, second = (people.mentor(programme, capacity=1) for _ in range(2))
        student = Participant.objects.students().get(programme=programme)
        for told in (first, second):  # whichever the engine would choose of two equals, the wish chooses the other
            BackgroundAnswer.objects.all().delete()
            service.save_background(participant=told, answers={"faith": ["sikh"]}, by=told.membership)
            service.save_background(participant=student, answers={"faith": ["sikh"]}, by=student.membership)
            run = runs.make_run(programme=programme, rules=RunRules(), by=by)
            assert run.proposals.get(status="draft").mentor == told
        from matching.services import publishing

        publishing.publish_run(run=run, by=by)
    return northfield, programme, student


def test_a_met_wish_chooses_and_is_no_reason(met):
    house, programme, _student = met
    with house.scope():
        proposal = Proposal.objects.get(programme=programme, status="published")
        kept = json.dumps([proposal.reasons_for, proposal.reasons_against, proposal.alternative, proposal.axes, proposal.run.settings, proposal.run.totals])
        assert "same_industry" in kept  # there are reasons, and they are the others
        assert not re.search(r"sikh|faith|background:|wish", kept, re.IGNORECASE)


def test_no_page_letter_file_or_record_says_it(told, met, django_capture_on_commit_callbacks):
    """Everybody of the organisation opens everything they can reach; only the two owners' own page knows the word."""
    house, _programme, _student = met
    own = Objects(house).own
    owners = {page(house.mentor), page(house.student)}
    for role in ROLES:
        seen = crawl(house, role, own)
        assert sum(status == 200 for status in seen.statuses.values()) >= 5
        said = {url for url, text in seen.texts.items() if SIKH.search(text)}
        # the owner's page offers the word to everybody who may open it: whether it is chosen is what must not show
        assert said <= owners, role
    with house.scope():
        letters = Letter.objects.filter(organisation_id=house.organisation.pk)
        assert letters.count() >= 2
        assert [one.pk for one in letters if SIKH.search(f"{one.subject}{one.text}{one.html}")] == []
        assert [one.pk for one in Event.objects.all() if SIKH.search(json.dumps(one.data) + one.verb)] == []
        assert [one.pk for one in AccessLog.objects.all() if SIKH.search(one.what + one.reason)] == []
    client = Client()
    seen = Crawl(client, [link_of(house, house.mentor)]).run()
    assert any("checked" in text for text in seen.texts.values())
    assert not any(re.search(r'value="sikh"[^>]*checked', text) for text in seen.texts.values())
