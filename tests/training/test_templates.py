"""Checklists of an organisation's own: versions, who answers which, and two people at once."""

import threading

import pytest
from django.db import connection

from audit.models import Event
from tests import factories as make
from tests.training.making import ALL_COVERED, answer_all, next_version, own_checklist, ready, train, url, use
from training.models import ChecklistAnswer, ChecklistResponse, ChecklistTemplate, ChecklistVersion, TemplateAspect
from training.presets import CHECKLIST_ASPECTS
from training.services import templates as service
from training.services.checklist import ChecklistError, answer_aspect, open_response, response_for, save_answers
from training.services.refused import TrainingError


def keys(version):
    return list(version.aspects.order_by("position").values_list("key", flat=True))


# Copying and changing


def test_a_copy_begins_as_a_draft_with_our_ten_points(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    assert client.post(url(northfield, "template_copy"), {"name": "  "}).status_code == 422
    for _double_click in range(2):
        client.post(url(northfield, "template_copy"), {"name": "  Building   sites "})
    with northfield.scope():
        template = ChecklistTemplate.objects.get()
        draft = service.draft_of(template)
        assert (template.name, template.state, draft.number) == ("Building sites", "draft", 1)
        assert keys(draft) == [aspect.key for aspect in CHECKLIST_ASPECTS]
        assert list(draft.aspects.filter(must_be_covered=True).values_list("key", flat=True)) == ["confidentiality"]


def test_a_name_that_is_in_use_is_refused(northfield, sign_in):
    with northfield.scope():
        own_checklist(northfield)
    answer = sign_in(northfield.people["coordinator"]).post(url(northfield, "template_copy"), {"name": "OURS"})
    assert (answer.status_code, "There is a checklist of this name already" in answer.content.decode()) == (422, True)


def test_points_are_added_changed_moved_and_taken_out_of_a_draft(northfield, sign_in):
    by = northfield.people["coordinator"]
    with northfield.scope():
        template = service.copy_checklist(name="Ours", by=by)
        draft = service.draft_of(template)
        draft.aspects.exclude(key__in=["purpose", "learning"]).delete()
    client = sign_in(by)
    page = url(northfield, "aspect_add", template.pk)
    token = client.get(page).content.decode().split('name="token" value="')[1][:16]
    data = {"title": "Safety  on site", "explanation": "You know the rules.", "resource": "", "must_be_covered": "on", "token": token}
    wrong = client.post(page, data | {"explanation": ""})
    assert (wrong.status_code, 'value="Safety  on site"' in wrong.content.decode()) == (422, True)
    for _double_click in range(2):
        client.post(page, data)
    with northfield.scope():
        added = draft.aspects.get(title="Safety on site")
        assert (keys(draft), added.must_be_covered) == (["purpose", "learning", added.key], True)
    client.post(url(northfield, "aspect_move", added.pk), {"up": "1"})
    client.post(url(northfield, "aspect", added.pk), data | {"title": "Safe work"})
    with northfield.scope():
        purpose = draft.aspects.get(key="purpose")
        assert keys(draft) == ["purpose", added.key, "learning"]
    client.post(url(northfield, "aspect_move", purpose.pk), {"up": "1"})
    client.post(url(northfield, "aspect_remove", purpose.pk))
    with northfield.scope():
        assert draft.aspects.order_by("position").first().title == "Safe work"
        assert keys(draft) == [added.key, "learning"]


def test_a_template_without_points_is_not_published(northfield, sign_in):
    by = northfield.people["coordinator"]
    with northfield.scope():
        template = service.copy_checklist(name="Ours", by=by)
        draft = service.draft_of(template)
        draft.aspects.all().delete()
        with pytest.raises(TrainingError) as refused:
            service.publish_version(version=draft, by=by)
        assert str(refused.value) == "A checklist needs at least one point before mentors can answer it."
    client = sign_in(by)
    assert "A checklist needs at least one point" in client.get(url(northfield, "template", template.pk)).content.decode()
    assert client.get(url(northfield, "template_publish", draft.pk)).status_code == 302
    with northfield.scope():
        assert ChecklistVersion.objects.get().published_at is None


def test_a_checklist_does_not_grow_without_end(northfield, monkeypatch):
    monkeypatch.setattr(service, "MOST_ASPECTS", 10)
    by = northfield.people["coordinator"]
    with northfield.scope():
        draft = service.draft_of(service.copy_checklist(name="Ours", by=by))
        with pytest.raises(TrainingError):
            service.save_aspect(version=draft, by=by, title="One more", explanation="x", resource="", must_be_covered=False)
        assert draft.aspects.count() == 10


# In use


def test_what_is_published_stays_as_it_is(northfield, sign_in):
    with northfield.scope():
        template, version = own_checklist(northfield)
        point = version.aspects.get(key="purpose")
        for change in (
            lambda by: service.remove_aspect(aspect=point, by=by),
            lambda by: service.move_aspect(aspect=point, up=False, by=by),
            lambda by: service.save_aspect(version=version, aspect=point, title="x", by=by),
            lambda by: service.save_aspect(version=version, title="x", explanation="x", by=by),
        ):
            with pytest.raises(TrainingError):
                change(northfield.people["coordinator"])
        assert keys(version) == ["purpose", "confidentiality"]
    client = sign_in(northfield.people["coordinator"])
    data = {"title": "My wording", "explanation": "Typed at length", "resource": ""}
    refused = client.post(url(northfield, "aspect", point.pk), data)
    html = refused.content.decode()
    assert (refused.status_code, "in use by now" in html, "Typed at length" in html) == (422, True, True)
    assert client.get(url(northfield, "aspect_add", template.pk)).url == url(northfield, "template", template.pk)


def test_mentors_part_way_finish_the_version_they_began_and_others_begin_the_new_one(northfield):
    with northfield.scope():
        template, first = own_checklist(northfield, keep=("purpose", "learning", "confidentiality"))
        use(northfield, template)
        later = make.MentorFactory(programme=northfield.programme)
        looked = make.MentorFactory(programme=northfield.programme)
        response = response_for(northfield.mentor)
        open_response(looked)
        answer_aspect(response=response, aspect="learning", value="need", by=northfield.people["mentor"])
        second = next_version(northfield, template, without=["learning"])
        assert (first.number, second.number, keys(second)) == (1, 2, ["purpose", "confidentiality"])
        train(northfield.mentor, needs=["learning"])
        train(later)
        assert open_response(looked).template_version == second
        found = {one: (ready(one).total, ready(one).trained, ready(one).needs) for one in (northfield.mentor, later)}
        assert found == {northfield.mentor: (3, True, ["learning"]), later: (2, True, [])}
        assert list(ChecklistResponse.objects.order_by("mentor").values_list("template_version__number", flat=True)) == [1, 2, 2]


def test_the_programmes_heat_map_shows_points_of_both_versions(northfield, sign_in):
    with northfield.scope():
        template, _first = own_checklist(northfield, keep=("purpose", "learning", "confidentiality"))
        use(northfield, template)
        train(northfield.mentor, needs=["learning"])
        next_version(northfield, template, without=["learning"])
    html = sign_in(northfield.people["coordinator"]).get(url(northfield, "needs", northfield.programme.pk)).content.decode()
    assert "How students learn and develop" in html


def test_the_end_checklist_asks_the_version_of_the_start(northfield):
    with northfield.scope():
        template, first = own_checklist(northfield, keep=("purpose", "learning"))
        use(northfield, template)
        answer_all(northfield.mentor)
        next_version(northfield, template, without=["learning"])
        assert response_for(northfield.mentor, moment="end").template_version == first


def test_a_point_that_is_not_in_the_version_is_refused_and_the_rest_kept(northfield, sign_in):
    with northfield.scope():
        template, _version = own_checklist(northfield)
        use(northfield, template)
        response = response_for(northfield.mentor)
        with pytest.raises(ChecklistError):
            answer_aspect(response=response, aspect="learning", value="need", by=northfield.people["mentor"])
        assert save_answers(response=response, answers={"learning": ("need", "")}, by=northfield.people["mentor"]) == ["learning"]
        assert ChecklistAnswer.objects.count() == 0
    client = sign_in(northfield.people["mentor"])
    answer = client.post(url(northfield, "checklist", northfield.mentor.pk), ALL_COVERED | {"finish": "1"})
    assert (answer.status_code, "not on your checklist any more" in answer.content.decode()) == (422, True)
    saved = client.post(url(northfield, "answer", northfield.mentor.pk), {"value-learning": "need", "value-purpose": "need"})
    assert saved.status_code == 400
    with northfield.scope():
        answers = ChecklistAnswer.objects.order_by("aspect").values_list("aspect", "value")
        assert list(answers) == [("confidentiality", "covered"), ("purpose", "need")]
        assert ChecklistResponse.objects.get().finished_at is None


def test_answers_of_a_finished_checklist_stand(northfield, sign_in):
    with northfield.scope():
        train(northfield.mentor)
    client = sign_in(northfield.people["mentor"])
    assert client.post(url(northfield, "answer", northfield.mentor.pk), {"value-purpose": "need"}).status_code == 400
    with northfield.scope():
        assert ChecklistAnswer.objects.get(aspect="purpose").value == "covered"
    assert "These answers stand" in client.get(url(northfield, "checklist", northfield.mentor.pk)).content.decode()


def test_a_checklist_never_published_is_not_used(northfield):
    with northfield.scope():
        template = service.copy_checklist(name="Ours", by=northfield.people["coordinator"])
        service.draft_of(template).aspects.exclude(key="purpose").delete()
        use(northfield, template)
        assert (response_for(northfield.mentor).template_version, ready(northfield.mentor).total) == (None, 10)


# Publishing, dropping, retiring


def test_publishing_twice_says_who_did_it_and_does_nothing(northfield, sign_in):
    by = northfield.people["coordinator"]
    with northfield.scope():
        other = make.MembershipFactory(first_name="Rosa", roles=["coordinator"])
        template = service.copy_checklist(name="Ours", by=by)
        draft = service.draft_of(template)
        service.publish_version(version=draft, by=other)
    answer = sign_in(by).post(url(northfield, "template_publish", draft.pk), follow=True)
    assert "Rosa Example has published this version already" in answer.content.decode()
    with northfield.scope():
        assert Event.objects.filter(verb="checklist published").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_publishing_at_once_publish_once(northfield):
    by = northfield.people["coordinator"]
    with northfield.scope():
        draft = service.draft_of(service.copy_checklist(name="Ours", by=by))
    start, outcomes = threading.Barrier(2), []

    def press():
        try:
            start.wait()
            with northfield.scope():
                service.publish_version(version=ChecklistVersion.objects.select_related("template").get(pk=draft.pk), by=by)
            outcomes.append("published")
        except TrainingError:
            outcomes.append("refused")
        finally:
            connection.close()

    both = [threading.Thread(target=press) for _one in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(outcomes) == ["published", "refused"]


def test_beginning_a_version_twice_is_one_draft(northfield, sign_in):
    with northfield.scope():
        template, _version = own_checklist(northfield)
    client = sign_in(northfield.people["coordinator"])
    for _double_click in range(2):
        client.post(url(northfield, "template_begin", template.pk))
    with northfield.scope():
        assert list(ChecklistVersion.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    client.post(url(northfield, "template_drop", template.pk))
    with northfield.scope():
        assert list(ChecklistVersion.objects.values_list("number", flat=True)) == [1]


def test_dropping_a_draft_never_published_takes_the_template_along(northfield, sign_in):
    with northfield.scope():
        template = service.copy_checklist(name="Ours", by=northfield.people["coordinator"])
    answer = sign_in(northfield.people["coordinator"]).post(url(northfield, "template_drop", template.pk))
    assert answer.url == url(northfield, "standards")
    with northfield.scope():
        assert (ChecklistTemplate.objects.count(), TemplateAspect.objects.count()) == (0, 0)


def test_a_checklist_in_use_is_not_retired_and_a_retired_one_not_offered(northfield, sign_in):
    with northfield.scope():
        template, _version = own_checklist(northfield)
        use(northfield, template)
    client = sign_in(northfield.people["coordinator"])
    rules = url(northfield, "programme_rules", northfield.programme.pk)
    refused = client.post(url(northfield, "template_retire", template.pk), follow=True)
    assert f"It is in use: {northfield.programme.name}" in refused.content.decode()
    client.post(rules, {"checklist_key": "mentor-training", "end_percent": "80"})
    client.post(url(northfield, "template_retire", template.pk))
    with northfield.scope():
        assert ChecklistTemplate.objects.get().state == "retired"
    assert template.key not in client.get(rules).content.decode()
    assert client.post(rules, {"checklist_key": template.key, "end_percent": "80"}).status_code == 422


def test_another_organisations_checklist_cannot_be_chosen_or_copied(northfield, riverside, sign_in):
    with riverside.scope():
        theirs, _version = own_checklist(riverside)
    client = sign_in(northfield.people["coordinator"])
    rules = url(northfield, "programme_rules", northfield.programme.pk)
    assert client.post(rules, {"checklist_key": theirs.key, "end_percent": "80"}).status_code == 422
    assert client.get(url(northfield, "template_copy") + f"?from={theirs.pk}").status_code == 404


def test_a_programme_is_given_a_checklist_and_rules_of_its_own(northfield, sign_in):
    with northfield.scope():
        template, _version = own_checklist(northfield)
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "programme_rules", northfield.programme.pk)
    wrong = client.post(page, {"checklist_key": template.key, "end_percent": "5", "valid_months": "7"})
    assert (wrong.status_code, 'value="7"' in wrong.content.decode()) == (422, True)
    client.post(page, {"checklist_key": template.key, "end_percent": "70", "valid_months": "", "refresher_minutes": "30"})
    with northfield.scope():
        northfield.programme.refresh_from_db()
        northfield.mentor.programme = northfield.programme
        rules = ready(northfield.mentor).rules
        assert (northfield.programme.checklist_key, rules.end_percent, rules.valid_months, rules.refresher_minutes) == (template.key, 70, 24, 30)
        assert ready(northfield.mentor).total == 2
