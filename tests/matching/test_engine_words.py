"""Every code of the engine can be said, and what one of two people said alone stays with the coordinator."""

import datetime as dt
from string import Formatter

import pytest

from matching import words
from matching.engine import CHANGES, CODES, FOR_COORDINATORS, REASONS_AGAINST, REASONS_FOR, RULES, UNMATCHED

VALUES = {
    "mentor": 7,
    "rules": [["not_trained", 2]],
    "rule": "not_trained",
    "until": dt.date(2027, 7, 1).isoformat(),
    "skills": ["python"],
    "slots": ["tue am"],
    "languages": ["Welsh"],
    "goals": ["university"],
    "interests": ["chess"],
    "answers": ["lathe"],
    "label": "Tools you know",
    "student_channel": "phone",
    "mentor_channel": "chat",
    "channel": "phone",
    "industry": "health",
    "student_industry": "health",
    "mentor_industry": "media",
    "student_town": "Leeds",
    "mentor_town": "Hull",
    "town": "Leeds",
}


def params(code):
    names = {name for _, name, _, _ in Formatter().parse(CODES[code]) if name}
    return {name: VALUES.get(name, 3) for name in names}


@pytest.mark.parametrize("code", [*REASONS_FOR, *REASONS_AGAINST])
def test_reasons(code):
    phrase = words.reason(code, params(code))
    assert phrase and "%(" not in phrase
    if "label" in params(code):
        assert VALUES["label"] in phrase


@pytest.mark.parametrize("code", RULES)
def test_rules(code):
    assert words.rule(code)


@pytest.mark.parametrize("code", UNMATCHED)
def test_why_nobody(code):
    assert words.unmatched_label(code)[1]
    assert words.unmatched_why(code, params(code)).endswith(".")


@pytest.mark.parametrize("code", CHANGES)
def test_changes(code):
    said = words.change(code, params(code), {7: "Amara Osei"})
    assert said.endswith(".")
    assert ("Amara Osei" in said) == ("mentor" in params(code))


def test_the_two_do_not_read_what_the_other_chose():
    items = [{"code": code, "params": params(code)} for code in [*sorted(FOR_COORDINATORS), "chose_each_other"]]
    assert words.reasons_as_sentences(items) == []
    assert words.reasons(items)[-1] == "they chose each other"
    assert len(words.reasons(items)) == 3
