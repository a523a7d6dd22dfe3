import pytest

from evaluation.change import Change, changes
from evaluation.measures import MEASURE_LISTS, MEASURES, measures_for
from evaluation.presets import EXIT_SURVEY, MID_POINT_REVIEW, ROLES, SCALE, SHARED_MEASURES, SURVEYS, survey_for

FOUR = ["goal", "objectives", "relationship", "work"]
every_survey = pytest.mark.parametrize(
    "survey",
    [survey for by_role in SURVEYS.values() for survey in by_role.values()],
    ids=lambda survey: f"{survey.key}-{survey.role}",
)


def test_one_scale_from_one_to_five():
    assert [value for value, _label in SCALE] == [1, 2, 3, 4, 5]
    assert len({str(label) for _value, label in SCALE}) == 5


def test_three_voices_at_both_moments():
    assert list(MID_POINT_REVIEW) == list(EXIT_SURVEY) == list(ROLES) == ["student", "mentor", "line_manager"]


@every_survey
def test_four_questions_on_the_scale_in_the_order_of_the_measures(survey):
    assert [measure for measure, _label in SHARED_MEASURES] == FOUR
    assert [question.measure for question in survey.questions] == FOUR
    assert {question.kind for question in survey.questions} == {"scale"}
    assert SURVEYS[survey.key][survey.role] == survey


@every_survey
def test_each_key_is_used_once_and_fits_its_column(survey):
    keys = [question.key for question in survey.all_questions]
    assert len(set(keys)) == len(keys)
    assert [key for key in keys if len(key) > 40] == []


@every_survey
def test_reflections_are_in_words_and_optional(survey):
    assert len(survey.reflections) >= 2
    assert {(question.kind, question.measure, question.required) for question in survey.reflections} == {("text", "", False)}


@every_survey
def test_every_question_asks(survey):
    assert [str(question.text) for question in survey.all_questions if not str(question.text).endswith("?")] == []


def test_the_same_question_is_worded_for_each_voice():
    texts = [str(question.text) for by_role in SURVEYS.values() for survey in by_role.values() for question in survey.questions]
    assert len(texts) == 24
    # The line manager is asked the same two things at both moments; nobody else's wording repeats.
    assert len(set(texts)) == 23


def test_students_reflect_on_work_and_on_the_industry():
    texts = [question.text for question in survey_for("exit-survey", "student").reflections]
    assert texts[:2] == [
        "What did you learn about workplaces and careers?",
        "Do you want to explore this industry further? Why, or why not?",
    ]


def test_an_unknown_survey_or_voice_is_refused():
    for key, role in (("exit-survey", "tutor"), ("pulse", "student")):
        with pytest.raises(KeyError):
            survey_for(key, role)


def test_the_change_is_computed_for_each_measure():
    found = changes({"goal": 2, "objectives": 3, "relationship": None}, {"goal": 5, "objectives": 2, "relationship": 4})
    assert [(change.measure, change.before, change.after, change.difference) for change in found] == [
        ("goal", 2, 5, 3),
        ("objectives", 3, 2, -1),
        ("relationship", None, 4, None),
        ("work", None, None, None),
    ]
    assert isinstance(found[0], Change)


def test_what_only_the_exit_survey_asks_has_no_change():
    assert [change.measure for change in changes({}, {"recommend": 5})] == FOUR


def test_every_list_of_measures_names_measures_that_exist_once():
    assert len({measure.key for measure in MEASURES}) == len(MEASURES)
    for key, names in MEASURE_LISTS.items():
        assert tuple(measure.key for measure in measures_for(key)) == names
        assert len(set(names)) == len(names)


def test_benchmarks_of_good_programmes():
    assert {measure.key: measure.good for measure in MEASURES if measure.good} == {
        "goal_progress": 95,
        "satisfaction": 4.7,
        "mentor_skills": 92,
        "recommend": 97,
        "hours": 315,
    }
