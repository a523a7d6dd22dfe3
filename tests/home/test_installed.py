"""Installed on a phone: the worker keeps the look and one empty page, never anything of a person."""

import json
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static

from checkins.forms.log import LogForm
from home.forms import BlankCheckIn
from home.views.installed import ASSETS
from tests.checkins.helpers import check_in


def test_the_worker_is_a_script_that_is_asked_for_each_time(client):
    answer = client.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    assert json.loads(f'[{answer.text.partition("ASSETS = [")[2].partition("]")[0]}]') == [static(name) for name in ASSETS]
    assert 'OFFLINE = "/offline/"' in answer.text


def test_every_file_of_the_empty_page_is_kept_and_is_there(client):
    page = client.get("/offline/").text
    named = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page)) - {static("img/icon-180.png")}
    assert named <= {static(name) for name in ASSETS}
    assert [name for name in ASSETS if not finders.find(name)] == []


def test_the_empty_page_holds_nobody(sign_in, northfield, client):
    anonymous = client.get("/offline/").text
    mentor = northfield.people["mentor"]
    page = re.sub(r"[A-Za-z0-9]{64}", "", sign_in(mentor).get("/offline/").text)
    assert (mentor.name in page, mentor.email in page, "data-who" in page) == (False, False, False)
    assert "No signal just now" in anonymous


def test_what_is_written_there_is_what_the_check_in_asks():
    """The same names and choices, or what was kept could not be taken in."""
    blank, whole = BlankCheckIn(), LogForm.base_fields
    assert set(blank.fields) <= set(whole)
    for name in ("way", "mood"):
        assert {str(value) for value, _label in blank.fields[name].choices} <= {str(value) for value, _label in whole[name].choices} | {""}


def test_the_manifest_can_be_installed():
    manifest = json.loads(Path(finders.find("img/site.webmanifest")).read_text())
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
    for icon in manifest["icons"]:
        assert finders.find(f"img/{icon['src']}"), icon


def test_a_mentors_day_names_the_doors_without_names(sign_in, northfield):
    with northfield.scope():
        planned = check_in(northfield)
    page = sign_in(northfield.people["mentor"]).get("/o/northfield/").text
    doors = re.search(r"<div data-doors hidden>(.*?)</div>", page, re.DOTALL)[1]
    student = northfield.people["student"]
    assert re.findall(r'href="([^"]+)"', doors) == [f"/o/northfield/check-ins/{planned.pk}/log/"]
    assert re.findall(r'data-door="[^"]*, (.+?)"', doors) == [f"{student.first_name[0]}."]
    assert student.last_name not in doors
    form = sign_in(northfield.people["mentor"]).get(f"/o/northfield/check-ins/{planned.pk}/log/").text
    assert re.findall(r'data-offline="([^"]+)"', form) == re.findall(r'data-door="([^"]+)"', doors)
