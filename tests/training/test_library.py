import re

import pytest
from bs4 import BeautifulSoup

from organisations.enums import Role
from training.library import ResourceError, parse, resource, resources, resources_for
from training.presets import CHECKLIST_ASPECTS, CODE_OF_CONDUCT

READERS = {*Role.values, "line_manager"}


def test_ten_aspects_and_ten_resources_belong_together():
    aspects = [(aspect.number, aspect.resource, aspect.key) for aspect in CHECKLIST_ASPECTS]
    assert [number for number, _slug, _key in aspects] == list(range(1, 11))
    assert [(item.number, item.slug, item.aspect) for item in resources()] == aspects


def test_every_aspect_has_its_own_key_short_enough_for_its_column():
    keys = [aspect.key for aspect in CHECKLIST_ASPECTS]
    assert len(set(keys)) == 10
    assert [key for key in keys if len(key) > 40] == []
    assert [item.slug for item in resources() if len(item.slug) > 60] == []


@pytest.mark.parametrize("item", resources(), ids=lambda item: item.slug)
def test_each_resource_is_short_with_two_dilemmas_and_a_question(item):
    page = BeautifulSoup(item.html, "html.parser")
    headings = [heading.text for heading in page.find_all("h2")]
    assert 300 <= item.word_count <= 600
    assert headings[-2:] == ["Two dilemmas", "A question to take along"]
    assert len(page.find_all("h3")) == 2
    assert len(page.find_all("strong", string="One way through:")) == 2
    assert page.find_all("h2")[-1].find_next("blockquote").text.strip().endswith("?")
    assert set(item.roles) <= READERS
    assert item.summary.endswith(".")


def test_the_resources_on_confidentiality_and_on_counselling_are_the_longest():
    longest = sorted(resources(), key=lambda item: -item.word_count)[:2]
    assert [item.aspect for item in longest] == ["confidentiality", "differences"]


@pytest.mark.parametrize("item", resources(), ids=lambda item: item.slug)
def test_no_mark_is_left_unrendered(item):
    text = BeautifulSoup(item.html, "html.parser").get_text()
    assert re.findall(r"[*#>]|^\s*\d+\.\s", text, re.MULTILINE) == []


def test_one_by_slug_and_by_reader():
    assert resource("what-stays-between-you").number == 6
    assert [item.number for item in resources_for("student")] == [1, 6, 7, 9]
    assert [item.number for item in resources_for("mentor")] == list(range(1, 11))
    assert [item.number for item in resources_for("line_manager")] == [8]
    with pytest.raises(KeyError):
        resource("no-such-text")


HEAD = "---\ntitle: A: b\nsummary: S.\naspect: purpose\nminutes: 3\nroles: mentor, student\n---\n"


def test_a_file_is_read():
    item = parse("01-a-b", HEAD + "\nOne *two* three-four.\n")
    assert (item.number, item.slug, item.title, item.minutes, item.roles) == (1, "a-b", "A: b", 3, ("mentor", "student"))
    assert (item.body, item.word_count, item.html) == (
        "One *two* three-four.",
        3,
        "<p>One <em>two</em> three-four.</p>",
    )


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a-b", HEAD, "a-b: needs a name like 01-slug and a front matter between lines of ---"),
        ("01-a", "No front matter", "01-a: needs a name like 01-slug and a front matter between lines of ---"),
        ("01-a", HEAD.replace("minutes: 3", "minutes"), "01-a: “minutes” is not of the form key: value"),
        ("01-a", HEAD.replace("title: A: b", "title:"), "01-a: “title:” is not of the form key: value"),
        (
            "01-a",
            HEAD.replace("minutes: 3", "minutes: few"),
            "01-a: the front matter needs exactly aspect, minutes, roles, summary, title, minutes a whole number",
        ),
        (
            "01-a",
            HEAD.replace("aspect: purpose\n", ""),
            "01-a: the front matter needs exactly aspect, minutes, roles, summary, title, minutes a whole number",
        ),
    ],
)
def test_a_malformed_file_is_refused(name, text, message):
    with pytest.raises(ResourceError) as refused:
        parse(name, text)
    assert str(refused.value) == message


def test_the_code_of_conduct_has_its_seven_parts():
    assert [clause.key for clause in CODE_OF_CONDUCT.clauses] == [
        "confidentiality",
        "boundaries",
        "objectivity",
        "competence",
        "focus",
        "interests",
        "equality",
    ]
