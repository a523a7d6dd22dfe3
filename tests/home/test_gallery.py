"""The gallery: every component once, in the demo only."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

TEMPLATES = Path(__file__).parents[2] / "templates"
# Parts of the frame, shown on pages of an organisation (the gallery stands outside any), and one that needs a person.
FRAME = {"styles", "mark", "nav", "tabbar", "organisation", "me", "messages"}


@pytest.fixture
def page(client, db):
    answer = client.get(reverse("home:gallery"))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def test_it_shows_every_component(page, settings):
    from common.templatetags import ui

    shown = "".join(file.read_text() for file in (TEMPLATES / "gallery").glob("*.html")) + (TEMPLATES / "gallery.html").read_text()
    tags = {name for name in ui.register.tags if not name.startswith("end")}
    used = set(re.findall(r"{% ([a-z_]+)", shown))
    # crispy shows the summary, {% icon %} and the rest stand in the pages themselves.
    assert tags - used == {"avatar", "error_summary", "period"}
    files = {file.stem for file in (TEMPLATES / "components").glob("*.html")}
    assert files - FRAME - tags - {"tag", "crumb"} == set()


def test_ids_are_unique_and_every_label_has_its_field(page):
    ids = [element["id"] for element in page.select("[id]")]
    assert sorted(ids) == sorted(set(ids))
    assert {label["for"] for label in page.select("label[for]")} - set(ids) == set()


def test_one_first_heading_and_no_level_is_jumped(page):
    levels = [int(heading.name[1]) for heading in page.select("h1, h2, h3, h4, h5, h6")]
    assert levels.count(1) == 1
    assert [(one, two) for one, two in pairwise(levels) if two - one > 1] == []


def test_only_the_demo_and_developers_have_it(client, db, settings):
    settings.DEBUG = settings.ALONGSIDE_DEMO = False
    assert client.get(reverse("home:gallery")).status_code == 404
