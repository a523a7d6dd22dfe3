"""Texts people sign, and the data around a match."""

from dataclasses import astuple
from hashlib import sha256

import pytest
from django.utils import translation

from matching.agreement_text import AGREEMENTS, CURRENT_VERSION, agreement_text
from matching.agreement_words import compose, differences
from matching.agreement_words import fingerprint as fingerprint_of
from matching.enums import Stage
from matching.expectation_topics import KEYS, TOPICS
from matching.fit import FIT_AXES
from matching.stages import STAGES
from training.presets import CODE_OF_CONDUCT

# A signature names a version. When this fails, leave the signed version as it was and add a new one beside it.
PUBLISHED = {"2026-1": "62ac6a965cd6ffa5", "2026-1-group": "c6c65d3ebd2e286d"}


def fingerprint(text):
    def plain(value):
        return [plain(part) for part in value] if isinstance(value, tuple) else str(value)

    with translation.override("en-gb"):
        return sha256(repr(plain(astuple(text))).encode()).hexdigest()[:16]


def test_a_published_agreement_is_never_edited():
    assert {version: fingerprint(text) for version, text in AGREEMENTS.items()} == PUBLISHED


def test_the_sections_in_the_order_they_are_read():
    assert [section.key for section in agreement_text().sections] == [
        "expectations",
        "contact",
        "confidentiality",
        "not_there_for",
        "ending",
        "code_of_conduct",
    ]
    assert agreement_text() == AGREEMENTS[CURRENT_VERSION]
    with pytest.raises(KeyError):
        agreement_text("1999-1")


def test_it_carries_the_code_of_conduct_whole():
    section = agreement_text().sections[-1]
    assert section.points == tuple(clause.text for clause in CODE_OF_CONDUCT.clauses)


def test_topics_to_settle_cover_what_the_field_asks_for_and_their_choices_are_sentences():
    assert list(KEYS) == ["schedule", "channels", "reach_out", "student_brings", "mentor_brings", "confidentiality", "not_there_for"]
    for topic in TOPICS:
        keys = [key for key, _sentence in topic.choices]
        assert 4 <= len(keys) == len(set(keys)), topic.key
        assert all(len(key) <= 40 for key in keys)
        assert all(str(sentence).endswith(".") for _key, sentence in topic.choices), topic.key


def test_two_texts_differ_by_their_sentences():
    text = agreement_text()
    old = compose(text, {"schedule": "Tuesdays. In the canteen."}, code_version="1")
    same = compose(text, {"schedule": "Tuesdays. In the canteen."}, code_version="1")
    new = compose(text, {"schedule": "Thursdays. In the canteen.", "channels": "E-mail."}, code_version="1")
    assert (fingerprint_of(old) == fingerprint_of(same), differences(old, same)) == (True, [])
    assert fingerprint_of(old) != fingerprint_of(new)
    found = [(one.gone, one.new) for one in differences(old, new)]
    assert found == [(["Tuesdays."], ["Thursdays."]), ([], ["E-mail."])]
    gone = [(one.gone, one.new) for one in differences(new, old)]
    assert gone == [(["Thursdays."], ["Tuesdays."]), (["E-mail."], [])]


@pytest.mark.parametrize("version", AGREEMENTS)
def test_sentences_are_short_enough_for_a_first_reading(version):
    with translation.override("en-gb"):
        points = [str(point) for section in agreement_text(version).sections for point in section.points]
        long = [sentence for point in points for sentence in point.split(". ") if len(sentence.split()) > 32]
    assert long == []


def test_five_axes_asked_from_both_sides():
    assert [axis.key for axis in FIT_AXES] == ["role", "goals", "place", "time", "compatibility"]
    assert FIT_AXES[3].question_for("mentor") == "Do I have time for regular contact?"
    assert FIT_AXES[3].question_for("student") == "Will they have time for me?"
    with pytest.raises(KeyError):
        FIT_AXES[3].question_for("tutor")


def test_every_stage_has_its_purpose():
    assert [stage.key for stage in STAGES] == Stage.values
