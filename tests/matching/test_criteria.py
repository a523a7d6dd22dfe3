"""From answers to what the engine decides by."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from matching.run_rules import RunRules
from matching.services import questionnaire_answers, questionnaires, runs
from matching.services import questionnaire_questions as questions
from matching.services.criteria import answered
from matching.services.questionnaire_sheets import sheet_now
from matching.services.records import build_pool
from programmes.models import Participant
from tests.matching import people

SHIFT = "which-shift"


def say(person, **answers):
    """Somebody answers these questions."""
    person = Participant.objects.select_related("programme", "membership").get(pk=person.pk)
    sheet = sheet_now(person.programme, person.side)
    response = getattr(person, "questionnaire_response", None)
    questionnaire_answers.save_answers(
        participant=person, sheet=sheet, answers=answers, by=person.membership, seen=questionnaire_answers.stamp_of(response)
    )


def both_sides(programme, by, **fields):
    """A question of the programme's own, asked of both and published; returns its key."""
    fields = {"label": "Which shift?", "kind": "choice", "options": ["early", "late"], "axis": "time", "weight": 4} | fields
    students = questionnaires.start_draft(programme=programme, side="student", by=by)
    row = questions.add_question(questionnaire=students, by=by, **fields)
    questions.ask_too(question=row, by=by)
    for side in ("student", "mentor"):
        draft = questionnaires.start_draft(programme=programme, side=side, by=by)
        questionnaires.publish_questionnaire(questionnaire=draft, by=by)
    return row.key


def crowd():
    """A student and two mentors who are all alike."""
    programme = people.crowd(1, 2)
    rows = Participant.objects.filter(programme=programme)
    return programme, rows.students().get(), list(rows.mentors().order_by("pk"))


def matched(programme, by, **rules):
    run = runs.make_run(programme=programme, rules=RunRules(**rules), by=by)
    return run, run.proposals.filter(status="draft").first()


def test_an_answer_of_their_own_question_decides_between_two_who_are_alike(northfield):
    with northfield.scope():
        by = northfield.people["coordinator"]
        programme, student, mentors = crowd()
        assert both_sides(programme, by) == SHIFT
        say(student, **{SHIFT: ["early"]})
        for chosen, other in (mentors, reversed(mentors)):
            say(chosen, **{SHIFT: ["early"]})
            say(other, **{SHIFT: ["late"]})
            _run, proposal = matched(programme, by)
            assert proposal.mentor == chosen
        reasons = {one["code"]: one["params"] for one in proposal.reasons_for}
        assert reasons.get("answer_shared", {}).get("label") == "Which shift?"


def test_a_must_rules_out_who_answered_otherwise_but_not_who_left_it_out(northfield):
    with northfield.scope():
        by = northfield.people["coordinator"]
        programme, student, [one, other] = crowd()
        both_sides(programme, by, is_hard=True)
        say(student, **{SHIFT: ["early"]})
        say(one, **{SHIFT: ["late"]})
        say(other, **{SHIFT: ["late"]})
        run, proposal = matched(programme, by)
        assert (proposal, run.unmatched.get().code) == (None, "all_differ")
        say(other, **{SHIFT: []})
        assert matched(programme, by)[1].mentor == other


def test_a_fact_that_is_a_must_is_read_from_the_participants_row(northfield):
    with northfield.scope():
        by = northfield.people["coordinator"]
        programme, _student, [one, other] = crowd()
        Participant.objects.filter(pk=one.pk).update(channel="phone")
        Participant.objects.filter(pk=other.pk).update(channel="phone")
        draft = questionnaires.start_draft(programme=programme, side="student", by=by)
        questions.change_question(question=draft.questions.get(key="channel"), by=by, is_hard=True)
        questionnaires.publish_questionnaire(questionnaire=draft, by=by)
        assert matched(programme, by)[1] is None
        Participant.objects.filter(pk=one.pk).update(channel="VIDEO")
        assert matched(programme, by)[1].mentor == one


def test_what_nobody_has_published_counts_for_nothing(northfield):
    with northfield.scope():
        by = northfield.people["coordinator"]
        programme, _student, _mentors = crowd()
        draft = questionnaires.start_draft(programme=programme, side="student", by=by)
        questions.add_question(
            questionnaire=draft, by=by, label="Shift?", kind="choice", options=["a", "b"], axis="time", is_hard=True
        )
        assert {one.key for one in build_pool(programme).criteria} == {"help", "rhythm", "style"}  # our preset's


def test_records_carry_answers_and_the_ways_a_mentor_can_speak_for(northfield):
    with northfield.scope():
        programme, student, [mentor, _other] = crowd()
        say(student, style=["4"], help=["feeling more confident"], note=["nobody's business"])
        say(mentor, style=["2"], career_goal=["go to university"])
        pool = build_pool(programme)
        assert pool.by_id[student.pk].answers == {"style": 4.0, "help": frozenset({"feeling more confident"})}
        assert pool.by_id[mentor.pk].answers == {"style": 2.0}
        assert pool.by_id[mentor.pk].goals == {"go to university"}


def test_somebody_withdrawn_and_another_programme_are_not_read(northfield):
    with northfield.scope():
        programme, student, _mentors = crowd()
        _other, stranger, _theirs = crowd()
        say(student, style=["4"])
        say(stranger, style=["1"])
        everybody = list(Participant.objects.filter(programme=programme))
        assert answered(programme, everybody).answers == {student.pk: {"style": 4.0}}


def test_as_many_queries_for_twenty_as_for_two(northfield):
    with northfield.scope():
        counts = []
        for size in (2, 20):
            programme = people.crowd(size, size)
            for person in Participant.objects.filter(programme=programme)[:size]:
                say(person, style=["3"], rhythm=["every week"])
            with CaptureQueriesContext(connection) as captured:
                build_pool(programme)
            counts.append(len(captured.captured_queries))
        assert counts[0] == counts[1] <= 15
