"""Versions of a questionnaire: copied, changed, published, never changed afterwards."""

import pytest
from django.db import IntegrityError, transaction

from audit.models import Event
from matching.models import Question, Questionnaire
from matching.services import questionnaire_questions as questions
from matching.services import questionnaire_sheets as sheets
from matching.services import questionnaires as service
from matching.services.refused import Refused
from tests import factories as make


@pytest.fixture
def coordinator(northfield):
    with northfield.scope():
        yield northfield.people["coordinator"]


@pytest.fixture
def programme(coordinator):
    return make.ProgrammeFactory()


def begin(programme, by, side="student"):
    return service.start_draft(programme=programme, side=side, by=by)


def publish(programme, by, side="student"):
    return service.publish_questionnaire(questionnaire=begin(programme, by, side), by=by)


def keys(questionnaire):
    return list(questionnaire.questions.values_list("key", flat=True))


def add(questionnaire, by, label="Which shift suits you?", **fields):
    fields = {"kind": "choice", "options": ["early", "late"], "axis": "time"} | fields
    return questions.add_question(questionnaire=questionnaire, by=by, label=label, **fields)


def test_without_one_of_its_own_a_programme_asks_our_preset(programme):
    sheet = sheets.sheet_now(programme, "student")
    assert (sheet.version, sheet.side, sheet.questions[0].key) == (0, "student", "industry")
    assert all(isinstance(one.label, str) for one in sheet.questions)


def test_a_draft_is_a_copy_and_a_second_press_gives_the_same(programme, coordinator):
    draft = begin(programme, coordinator)
    assert begin(programme, coordinator) == draft
    assert sheets.sheet_of(draft).questions == sheets.preset_sheet("student").questions
    assert sheets.sheet_now(programme, "student").version == 0  # nobody sees it before it is published


def test_a_published_version_replaces_the_one_before_and_is_never_changed(programme, coordinator):
    first = publish(programme, coordinator)
    second = begin(programme, coordinator)
    add(second, coordinator)
    assert (first.version, second.version, len(keys(second))) == (1, 2, len(keys(first)) + 1)
    service.publish_questionnaire(questionnaire=second, by=coordinator)
    assert list(Questionnaire.objects.values_list("version", "status")) == [(2, "published"), (1, "replaced")]
    assert sheets.sheet_now(programme, "student").version == 2
    question = second.questions.first()
    for attempt in (
        lambda: questions.change_question(question=question, by=coordinator, label="Other"),
        lambda: questions.remove_question(question=question, by=coordinator),
        lambda: questions.move_question(question=question, up=False, by=coordinator),
        lambda: add(second, coordinator),
        lambda: service.publish_questionnaire(questionnaire=second, by=coordinator),
        lambda: service.offer_background(questionnaire=second, offered=False, by=coordinator),
    ):
        with pytest.raises(Refused):
            attempt()
    assert second.questions.first().label == question.label
    assert Event.objects.filter(verb="questionnaire published").count() == 2


def test_the_database_keeps_one_draft_and_one_published(programme, coordinator):
    first = publish(programme, coordinator)
    for status in ("published", "draft"):
        begin(programme, coordinator)
        with pytest.raises(IntegrityError), transaction.atomic():
            Questionnaire.objects.create(programme=programme, side="student", version=9, status=status)
    assert first.status == "published"


def test_an_empty_one_and_a_list_without_options_are_not_published(programme, coordinator):
    draft = begin(programme, coordinator)
    draft.questions.all().delete()
    with pytest.raises(Refused, match="no question"):
        service.publish_questionnaire(questionnaire=draft, by=coordinator)
    add(draft, coordinator, options=["only one"])
    with pytest.raises(Refused, match="Which shift suits you"):
        service.publish_questionnaire(questionnaire=draft, by=coordinator)
    assert sheets.sheet_now(programme, "student").version == 0


def test_a_draft_can_be_thrown_away_twice_and_what_is_asked_stays(programme, coordinator):
    publish(programme, coordinator)
    draft = begin(programme, coordinator)
    service.drop_draft(questionnaire=draft, by=coordinator)
    service.drop_draft(questionnaire=draft, by=coordinator)
    assert sheets.sheet_now(programme, "student").version == 1
    assert Event.objects.filter(verb="questionnaire draft dropped").count() == 1


def test_a_closed_programme_changes_nothing(programme, coordinator):
    type(programme).objects.filter(pk=programme.pk).update(closed_at="2026-01-01T00:00Z")
    programme.refresh_from_db()
    with pytest.raises(Refused, match="closed"):
        begin(programme, coordinator)
    assert not Questionnaire.objects.exists()


def test_questions_move_up_and_down_and_stay_at_the_ends(programme, coordinator):
    draft = begin(programme, coordinator)
    before = keys(draft)
    first, last = draft.questions.first(), draft.questions.last()
    questions.move_question(question=first, up=True, by=coordinator)
    questions.move_question(question=last, up=False, by=coordinator)
    assert keys(draft) == before
    questions.move_question(question=first, up=False, by=coordinator)
    assert keys(draft) == [before[1], before[0], *before[2:]]
    questions.remove_question(question=first, by=coordinator)
    questions.remove_question(question=first, by=coordinator)
    assert keys(draft) == [before[1], *before[2:]]
    assert list(draft.questions.values_list("position", flat=True)) == list(range(1, len(before)))


@pytest.mark.parametrize(
    ("label", "key"),
    [("Which shift suits you?", "which-shift-suits-you"), ("ما هي لغتك؟", "question"), ("Industry", "industry-2"), ("x" * 300, "x" * 36)],
)
def test_keys_come_from_the_words_and_never_take_a_facts_name(programme, coordinator, label, key):
    draft = begin(programme, coordinator)
    assert add(draft, coordinator, label).key == key
    twin = add(draft, coordinator, label).key
    assert twin != key
    assert len(twin) <= 40


def test_a_mentors_question_is_compared_with_the_students_it_names_and_with_no_other_by_chance(programme, coordinator):
    students, mentors = begin(programme, coordinator), begin(programme, coordinator, "mentor")
    shift = add(students, coordinator)
    chance = add(mentors, coordinator)
    assert chance.key == "which-shift-suits-you-2"
    paired = add(mentors, coordinator, "When do you work?", pair_with=shift.key)
    assert paired.key == shift.key
    with pytest.raises(Refused, match="counterpart already"):
        add(mentors, coordinator, "And again?", pair_with=shift.key)
    with pytest.raises(Refused, match="students are asked"):
        add(mentors, coordinator, "Else?", pair_with="no-such-key")
    changed = questions.change_question(question=paired, by=coordinator, pair_with="", label="When do you work?")
    assert changed.key == "when-do-you-work"
    assert questions.change_question(question=chance, by=coordinator, pair_with=shift.key, label="x").key == shift.key


def test_the_same_key_twice_is_refused_by_the_database(programme, coordinator):
    draft = begin(programme, coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.create(questionnaire=draft, position=99, key="industry", kind="text", label="Again?")


def test_ask_too_puts_the_same_into_the_mentors_draft(programme, coordinator):
    shift = add(begin(programme, coordinator), coordinator)
    copy = questions.ask_too(question=shift, by=coordinator)
    assert (copy.questionnaire.side, copy.questionnaire.status, copy.key, copy.options) == ("mentor", "draft", shift.key, ["early", "late"])
    with pytest.raises(Refused, match="already"):
        questions.ask_too(question=shift, by=coordinator)


def test_ready_made_questions_come_back_with_their_key(programme, coordinator):
    draft = begin(programme, coordinator)
    draft.questions.filter(key="interests").delete()
    assert [one.key for one in questions.lacking(sheets.sheet_of(draft))] == ["interests"]
    assert questions.add_ready_made(questionnaire=draft, key="interests", by=coordinator).key == "interests"
    for key in ("interests", "nonsense"):
        with pytest.raises(Refused):
            questions.add_ready_made(questionnaire=draft, key=key, by=coordinator)


def test_there_is_an_end_to_questions(programme, coordinator, monkeypatch):
    draft = begin(programme, coordinator)
    monkeypatch.setattr(questions, "MOST_QUESTIONS", draft.questions.count())
    with pytest.raises(Refused, match="the most"):
        add(draft, coordinator)
