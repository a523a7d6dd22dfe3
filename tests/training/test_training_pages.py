"""Training as the mentor and the coordinator meet it."""

import re

import pytest
from django.urls import reverse

from audit.models import Event
from post.models import Letter
from tests import factories as make
from tests.queries import MOST, count_queries
from training.models import ChecklistAnswer, ChecklistResponse, CodeSignature, TrainingOverride
from training.presets import CHECKLIST_ASPECTS
from training.services.checklist import answer_aspect, finish_checklist, response_for
from training.services.code import sign_code
from training.services.overrides import override_training, withdraw_override
from training.services.readiness import readiness_of

ALL = {f"value-{aspect.key}": "covered" for aspect in CHECKLIST_ASPECTS}


def url(house, name, *args):
    return reverse(f"training:{name}", args=[house.organisation.slug, *args])


def train(house, mentor):
    response = response_for(mentor)
    for aspect in CHECKLIST_ASPECTS:
        answer_aspect(response=response, aspect=aspect.key, value="covered", by=mentor.membership)
    finish_checklist(response=response, by=mentor.membership)
    sign_code(mentor=mentor, name="Mentor Example", by=mentor.membership)


def test_answers_are_kept_one_by_one_and_resumed(northfield, sign_in):
    client = sign_in(northfield.people["mentor"])
    page = url(northfield, "checklist", northfield.mentor.pk)
    first = CHECKLIST_ASPECTS[0]
    saved = client.post(url(northfield, "answer", northfield.mentor.pk), {f"value-{first.key}": "need", f"note-{first.key}": "examples"})
    assert saved.status_code == 200
    with northfield.scope():
        answers = ChecklistAnswer.objects.values_list("response__mentor", "aspect", "value", "note")
        assert list(answers) == [(northfield.mentor.pk, first.key, "need", "examples")]
    html = client.get(page).content.decode()
    assert "1 of 10 answered" in html
    assert "examples" in html
    assert 'href="#aspect-functions"' in html


def test_finishing_with_nine_answers_names_the_tenth_and_keeps_the_nine(northfield, sign_in):
    client = sign_in(northfield.people["mentor"])
    nine = {key: value for key, value in ALL.items() if key != "value-work_culture"}
    answer = client.post(url(northfield, "checklist", northfield.mentor.pk), nine | {"finish": "1"})
    assert answer.status_code == 422
    assert "9. " in answer.content.decode()
    assert 'href="#work_culture-covered"' in answer.content.decode()
    with northfield.scope():
        assert ChecklistAnswer.objects.count() == 9
        assert ChecklistResponse.objects.get().finished_at is None


def test_finishing_then_signing_makes_a_mentor_ready(northfield, sign_in):
    client = sign_in(northfield.people["mentor"])
    done = client.post(url(northfield, "checklist", northfield.mentor.pk), ALL | {"finish": "1"})
    assert done.url == url(northfield, "code", northfield.mentor.pk)
    for _double_click in range(2):
        client.post(done.url, {"signed_name": "  Mentor   Example "})
    with northfield.scope():
        assert [s.signed_name for s in CodeSignature.objects.all()] == ["Mentor Example"]
        assert readiness_of([northfield.mentor])[northfield.mentor.pk].ready is True
    assert client.get(url(northfield, "my_training")).status_code == 200


def test_signing_with_nothing_is_refused_at_the_field(northfield, sign_in):
    answer = sign_in(northfield.people["mentor"]).post(url(northfield, "code", northfield.mentor.pk), {"signed_name": " "})
    assert answer.status_code == 422
    with northfield.scope():
        assert CodeSignature.objects.count() == 0


@pytest.mark.parametrize(
    ("finished", "signed", "overridden", "expected"),
    [
        (False, False, False, (False, "not_started")),
        (True, False, False, (False, "under_way")),
        (False, True, False, (False, "under_way")),
        (True, True, False, (True, "ready")),
        (False, False, True, (True, "overridden")),
        (True, True, True, (True, "ready")),
    ],
)
def test_readiness(northfield, finished, signed, overridden, expected):
    mentor, by = northfield.mentor, northfield.people["coordinator"]
    with northfield.scope():
        if overridden:
            override_training(mentor=mentor, reason="Twenty years a mentor elsewhere", by=by)
        if finished:
            response = response_for(mentor)
            for aspect in CHECKLIST_ASPECTS:
                answer_aspect(response=response, aspect=aspect.key, value="covered", by=by)
            finish_checklist(response=response, by=by)
        if signed:
            sign_code(mentor=mentor, name="Mentor Example", by=by)
        found = readiness_of([mentor])[mentor.pk]
        assert (found.ready, found.state) == expected


def test_an_override_needs_a_reason_is_kept_and_can_be_taken_back(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "override", northfield.mentor.pk)
    assert client.post(page, {"reason": "  "}).status_code == 422
    for _double_click in range(2):
        client.post(page, {"what": ["checklist", "code"], "reason": "Trained last year"})
    with northfield.scope():
        kept = TrainingOverride.objects.order_by("id").values_list("what", "reason", "by", "withdrawn_at")
        coordinator = northfield.people["coordinator"]
        assert list(kept) == [(what, "Trained last year", coordinator.pk, None) for what in ("checklist", "code")]
        assert list(Event.objects.filter(verb="training overridden").order_by("id").values_list("actor_name", "data")) == [
            (coordinator.name, {"reason": "Trained last year", "what": what}) for what in ("checklist", "code")
        ]
    client.post(page, {"withdraw": "code"})
    with northfield.scope():
        assert readiness_of([northfield.mentor])[northfield.mentor.pk].undecided == ["code"]
    client.post(page, {"withdraw": "1"})
    with northfield.scope():
        assert readiness_of([northfield.mentor])[northfield.mentor.pk].ready is False
        withdraw_override(mentor=northfield.mentor, by=northfield.people["coordinator"])
        assert TrainingOverride.objects.count() == 2
    assert "Trained last year" in client.get(page).content.decode()


def test_mentors_are_written_to_once_and_those_without_a_sign_in_can_join(northfield, sign_in):
    with northfield.scope():
        newcomer = make.MentorFactory(programme=northfield.programme)
        trained = make.MentorFactory(programme=northfield.programme)
        train(northfield, trained)
    client = sign_in(northfield.people["coordinator"])
    for _double_click in range(2):
        client.post(url(northfield, "invite", northfield.programme.pk))
    with northfield.scope():
        letters = {letter.to_email: letter.text for letter in Letter.objects.filter(name="training_invite")}
        expected = set(northfield.programme.participants.mentors().exclude(pk=trained.pk).values_list("membership__email", flat=True))
    assert set(letters) == expected
    client.logout()
    address = re.search(r"http://testserver(/r/\S+)", letters[newcomer.membership.email]).group(1)
    assert "Choose a password" in client.get(address).content.decode()
    assert url(northfield, "my_training") in letters["mentor@northfield.example"]


def test_another_mentors_checklist_is_refused_and_another_organisations_unknown(northfield, riverside, sign_in):
    with northfield.scope():
        other = make.MentorFactory(programme=northfield.programme)
    client = sign_in(northfield.people["mentor"])
    for name in ("checklist", "code"):
        assert client.get(url(northfield, name, other.pk)).status_code == 403
        assert client.get(url(northfield, name, riverside.mentor.pk)).status_code == 404
        assert client.get(url(riverside, name, riverside.mentor.pk)).status_code == 404
    assert client.post(url(northfield, "answer", other.pk), ALL).status_code == 403
    with northfield.scope():
        assert ChecklistAnswer.objects.count() == 0


def test_students_do_not_train_and_mentors_do_not_override(northfield, sign_in):
    assert sign_in(northfield.people["student"]).get(url(northfield, "my_training")).status_code == 403
    client = sign_in(northfield.people["mentor"])
    assert client.post(url(northfield, "override", northfield.mentor.pk), {"reason": "me"}).status_code == 403
    assert client.get(url(northfield, "programme", northfield.programme.pk)).status_code == 403


def test_every_resource_opens_and_is_marked_as_read_once(northfield, sign_in):
    client = sign_in(northfield.people["mentor"])
    for aspect in CHECKLIST_ASPECTS:
        page = url(northfield, "resource", aspect.resource)
        assert client.get(page).status_code == 200
        for _double_click in range(2):
            assert client.post(page).status_code == 302
    assert client.get(url(northfield, "resource", "no-such-text")).status_code == 404
    assert client.get(url(northfield, "my_training")).content.decode().count('aria-label="Read"') == 10


def test_the_page_costs_the_same_for_one_mentor_and_ten(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "programme", northfield.programme.pk)
    one = count_queries(client, page)
    with northfield.scope():
        for mentor in make.MentorFactory.create_batch(9, programme=northfield.programme):
            answer_aspect(response=response_for(mentor), aspect="purpose", value="need", by=mentor.membership)
            override_training(mentor=mentor, reason="x", by=northfield.people["coordinator"])
    assert count_queries(client, page) == one <= MOST


def test_the_spreadsheet_of_needs_is_defused(northfield, sign_in):
    with northfield.scope():
        person = make.MembershipFactory(first_name="=HYPERLINK(1)", last_name="", roles=["mentor"])
        mentor = make.MentorFactory(programme=northfield.programme, membership=person)
        answer_aspect(response=response_for(mentor), aspect="purpose", value="need", by=person)
    text = sign_in(northfield.people["coordinator"]).get(url(northfield, "export", northfield.programme.pk, "csv")).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "asks for more" in text


def test_an_answer_that_does_not_exist_is_refused_on_the_page(northfield, sign_in):
    from django.urls import reverse

    from training.presets import CHECKLIST_ASPECTS

    url = reverse("training:checklist", args=["northfield", northfield.mentor.pk])
    answer = sign_in(northfield.people["mentor"]).post(url, {f"value-{CHECKLIST_ASPECTS[0].key}": "bogus"})
    assert (answer.status_code, "Choose one of the two answers." in answer.content.decode()) == (422, True)
