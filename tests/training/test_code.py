"""The code of conduct in versions: a new one asks for a new signature, the old ones are kept."""

import pytest
from django.urls import reverse

from audit.models import Event
from post.models import Letter
from tests import factories as make
from tests.training.making import ready, train, url
from training.models import CodeSignature, CodeVersion
from training.presets import CODE_OF_CONDUCT
from training.services import code_versions as service
from training.services.code import code_of, current_code_version, sign_code
from training.services.refused import TrainingError

WORDS = {f"{part}-{one.key}": str(value) for one in CODE_OF_CONDUCT.clauses for part, value in (("title", one.title), ("text", one.text))}


def publish(house, text="Phones stay in the locker."):
    by = house.people["coordinator"]
    draft = service.begin_code(by=by)
    clauses = [(one.key, one.title, text if one.key == "focus" else one.text) for one in code_of(draft).clauses]
    service.save_code(version=draft, clauses=clauses, by=by)
    return service.publish_code(version=draft, by=by)


def test_our_seven_parts_bind_until_an_organisation_publishes_its_own(northfield, riverside):
    with riverside.scope():
        publish(riverside)
    with northfield.scope():
        assert code_of(current_code_version()) == CODE_OF_CONDUCT


def test_a_new_version_asks_for_a_new_signature_and_keeps_the_old_one(northfield, sign_in):
    with northfield.scope():
        train(northfield.mentor)
        publish(northfield)
        found = ready(northfield.mentor)
        assert (found.missing, found.state, found.why_not) == (["code"], "held", ["new code of conduct not signed yet"])
    client = sign_in(northfield.people["mentor"])
    page = url(northfield, "code", northfield.mentor.pk)
    html = client.get(page).content.decode()
    assert ("Phones stay in the locker." in html, "Signed before" in html) == (True, True)
    for _double_click in range(2):
        client.post(page, {"signed_name": "Mentor Example", "version": "1"})
    with northfield.scope():
        kept = CodeSignature.objects.order_by("id").values_list("version", "code_version__number")
        assert list(kept) == [(CODE_OF_CONDUCT.version, None), ("1", 1)]
        assert ready(northfield.mentor).trained is True


def test_nobody_signs_a_version_they_have_not_read(northfield, sign_in):
    with northfield.scope():
        publish(northfield)
    page = url(northfield, "code", northfield.mentor.pk)
    stale = sign_in(northfield.people["mentor"]).post(page, {"signed_name": "Mentor Example", "version": CODE_OF_CONDUCT.version})
    html = stale.content.decode()
    assert (stale.status_code, "has changed since you opened this page" in html, 'value="Mentor Example"' in html) == (422, True, True)
    with northfield.scope():
        assert CodeSignature.objects.count() == 0


def test_drafting_saving_and_publishing_on_the_pages(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    for _double_click in range(2):
        client.post(url(northfield, "code_begin"))
    page = url(northfield, "code_edit")
    wrong = client.post(page, WORDS | {"text-focus": "", "text-own-1": "We greet everybody."})
    html = wrong.content.decode()
    assert (wrong.status_code, "each of the seven parts stays" in html, "We greet everybody." in html) == (422, True, True)
    client.post(page, WORDS | {"title-own-1": "Manners", "text-own-1": "We greet everybody."})
    with northfield.scope():
        assert [one.key for one in code_of(service.draft_code()).clauses][-2:] == ["equality", "own-1"]
        assert current_code_version() is None
    assert "Until they have, no new student is suggested" in client.get(url(northfield, "code_publish")).content.decode()
    for _double_click in range(2):
        client.post(url(northfield, "code_publish"))
    with northfield.scope():
        assert (CodeVersion.objects.get().number, len(code_of(current_code_version()).clauses)) == (1, 8)
        assert Event.objects.filter(verb="code of conduct published").count() == 1


def test_publishing_what_says_the_same_is_refused(northfield):
    with northfield.scope():
        draft = service.begin_code(by=northfield.people["coordinator"])
        with pytest.raises(TrainingError):
            service.publish_code(version=draft, by=northfield.people["coordinator"])
        assert current_code_version() is None


def test_a_published_version_is_not_changed_and_not_published_again(northfield):
    by = northfield.people["coordinator"]
    with northfield.scope():
        version = publish(northfield)
        for change in (
            lambda: service.save_code(version=version, clauses=[("focus", "x", "y")], by=by),
            lambda: service.publish_code(version=version, by=by),
        ):
            with pytest.raises(TrainingError):
                change()
        assert len(code_of(current_code_version()).clauses) == 7
        assert service.begin_code(by=by).number == 2
        assert (service.drop_code(by=by), service.drop_code(by=by)) == (True, False)


def test_mentors_who_signed_before_are_written_to_once_for_each_version(northfield, sign_in):
    with northfield.scope():
        train(northfield.mentor)
        type(northfield.mentor).objects.update(invited_at=northfield.organisation.created_at)
        publish(northfield)
    client = sign_in(northfield.people["coordinator"])
    assert "Write to 1 mentor" in client.get(url(northfield, "programme", northfield.programme.pk)).content.decode()
    for _double_click in range(2):
        client.post(url(northfield, "invite", northfield.programme.pk))
    with northfield.scope():
        letters = Letter.objects.filter(name="code_changed")
        assert list(letters.values_list("to_email", flat=True)) == ["mentor@northfield.example"]
        publish(northfield, "Phones are off.")
    client.post(url(northfield, "invite", northfield.programme.pk))
    with northfield.scope():
        assert Letter.objects.filter(name="code_changed").count() == 2


def test_signing_again_asks_for_no_new_training(northfield):
    with northfield.scope():
        train(northfield.mentor)
        before = ready(northfield.mentor).valid_until
        publish(northfield)
        sign_code(mentor=northfield.mentor, name="Mentor Example", by=northfield.people["mentor"])
        assert ready(northfield.mentor).valid_until == before


def test_an_agreement_keeps_the_code_that_bound_when_it_was_made(northfield, sign_in):
    with northfield.scope():
        before = make.AgreementFactory(mentorship=northfield.mentorship)
        publish(northfield)
        after = make.AgreementFactory(mentorship=northfield.other_mentorship)
    client = sign_in(northfield.people["coordinator"])
    pages = [client.get(reverse("matching:agreement", args=["northfield", one.mentorship_id])).content.decode() for one in (before, after)]
    assert ["Phones stay in the locker." in html for html in pages] == [False, True]
