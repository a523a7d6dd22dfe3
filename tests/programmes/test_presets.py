from dataclasses import fields
from datetime import date, timedelta

import pytest
from django.conf import settings

from evaluation.measures import MEASURE_LISTS
from evaluation.presets import SURVEYS
from programmes.coordinator_checklist import PHASES, dated
from programmes.enums import Format, Recipient, ReminderEvent
from programmes.formats import FORMATS, format_by_key
from programmes.models import Programme
from programmes.presets import PRESETS, preset_by_key
from programmes.reminder_rules import STANDARD_RULES
from training.presets import CHECKLISTS

START = date(2026, 9, 21)
every_preset = pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)


def test_the_four_presets():
    assert [preset.key for preset in PRESETS] == ["industry_placement", "co_op_term", "career_mentoring_year", "blank"]
    assert preset_by_key("blank") == PRESETS[3]
    with pytest.raises(KeyError):
        preset_by_key("apprenticeship")


@every_preset
def test_what_a_preset_names_exists(preset):
    assert format_by_key(preset.format).stands_alone
    assert preset.checklist_key in CHECKLISTS
    assert {survey.kind for survey in SURVEYS[preset.review_key].values()} == {"review"}
    assert {survey.kind for survey in SURVEYS[preset.exit_key].values()} == {"exit"}
    assert preset.measures_key in MEASURE_LISTS


@every_preset
def test_the_clocks_of_a_preset_agree_with_each_other(preset):
    days = preset.default_weeks * 7
    assert preset.check_in_every_days < preset.quiet_days < days
    assert preset.first_meeting_days < days
    assert 0 < preset.review_at_percent < 100
    assert preset.students_per_mentor >= format_by_key(preset.format).max_students_per_mentor


@every_preset
def test_the_usual_end_closes_whole_weeks(preset):
    assert preset.end_for(START) == START + timedelta(days=preset.default_weeks * 7 - 1)


def test_only_the_blank_preset_leaves_purpose_and_outcomes_open():
    assert [preset.key for preset in PRESETS if not preset.purpose or not preset.outcomes] == ["blank"]


def test_the_hours_of_an_industry_placement_are_the_least_allowed():
    assert [preset.planned_hours for preset in PRESETS] == [315, 560, None, None]


def test_every_format_of_the_model_has_its_ratio():
    assert [spec.key for spec in FORMATS] == Format.values


@pytest.mark.parametrize(
    ("key", "students", "mentors", "fits"),
    [
        ("one_to_one", 1, 1, True),
        ("one_to_one", 2, 1, False),
        ("small_group", 4, 1, True),
        ("small_group", 5, 1, False),
        ("small_group", 4, 2, False),
        ("team", 8, 2, True),
        ("team", 9, 2, False),
        ("team", 4, 1, False),
        ("large_group", 7, 1, True),
        ("large_group", 10, 2, True),
        ("large_group", 6, 1, False),
        ("large_group", 11, 2, False),
        ("peer", 4, 1, True),
        ("reverse", 1, 1, True),
        ("flash", 0, 1, False),
        ("e_mentoring", 1, 1, True),
    ],
)
def test_ratios(key, students, mentors, fits):
    assert format_by_key(key).fits(students, mentors) is fits


def test_only_e_mentoring_needs_another_format_beside_it():
    assert [spec.key for spec in FORMATS if not spec.stands_alone] == ["e_mentoring"]


@every_preset
def test_reminder_rules_are_those_the_model_can_hold_and_each_is_there_once(preset):
    assert {rule.event for rule in preset.rules} <= set(ReminderEvent.values)
    assert {rule.recipient for rule in preset.rules} <= set(Recipient.values)
    keys = [(rule.event, rule.offset_days, rule.recipient) for rule in preset.rules]
    assert len(set(keys)) == len(keys)


def test_every_event_that_can_be_chosen_has_a_standard_rule():
    assert {rule.event for rule in STANDARD_RULES} == set(ReminderEvent.values)


def test_every_rule_has_its_letter():
    folder = settings.BASE_DIR / "templates" / "letters"
    missing = [rule.letter for rule in STANDARD_RULES if not (folder / f"{rule.letter}.subject.txt").exists()]
    assert missing == []


def test_presets_are_named_as_the_programme_names_its_fields():
    columns = {field.name for field in Programme._meta.get_fields()}
    of_the_preset = {field.name for field in fields(PRESETS[0])}
    assert of_the_preset - columns == {
        "check_in_minutes",
        "coordinator_checklist",
        "default_weeks",
        "key",
        "label",
        "measures_key",
        "planned_hours",
        "review_at_percent",
        "rules",
        "summary",
    }


@pytest.mark.parametrize(
    ("event", "clock"),
    [
        ("training_asked", [(3, "mentor"), (10, "mentor")]),
        ("proposal_published", [(1, "respondent"), (2, "respondent")]),
        (
            "mentorship_started",
            [(3, "respondent"), (10, "respondent"), (3, "mentor"), (10, "mentor"), (14, "coordinator")],
        ),
        ("check_in_planned", [(-1, "student"), (-1, "mentor"), (3, "mentor"), (10, "mentor"), (14, "coordinator")]),
        ("survey_opened", [(3, "respondent"), (10, "respondent")]),
    ],
)
def test_the_clocks_in_use(event, clock):
    assert [(rule.offset_days, rule.recipient) for rule in STANDARD_RULES if rule.event == event] == clock


@every_preset
def test_the_coordinators_list_is_dated_and_runs_from_before_to_after(preset):
    end = preset.end_for(START)
    items = dated(preset.coordinator_checklist, START, end)
    assert [entry.due for entry in items] == sorted(entry.due for entry in items)
    assert {entry.item.phase for entry in items} == {phase for phase, _label in PHASES}
    misplaced = [
        entry.item.key
        for entry in items
        if not {"before": entry.due <= START, "during": START < entry.due <= end, "after": entry.due > end}[entry.item.phase]
    ]
    assert misplaced == []


@every_preset
def test_no_line_of_the_list_stands_twice(preset):
    keys = [item.key for item in preset.coordinator_checklist]
    assert len(set(keys)) == len(keys)


def test_dates_count_from_the_first_and_the_last_day():
    items = {entry.item.key: entry.due for entry in dated(PRESETS[0].coordinator_checklist, START, date(2026, 12, 18))}
    assert items["match"] == date(2026, 9, 7)
    assert items["opening_session"] == START
    assert items["final_session"] == date(2026, 12, 18)
    assert items["thank_you_notes"] == date(2026, 12, 21)
