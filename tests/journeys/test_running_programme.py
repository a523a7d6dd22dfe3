"""The demo's programme half-way through: papers, numbers, and what each of the other roles sees."""

import csv
import io
import re
import zipfile

import openpyxl
import pytest
from pypdf import PdfReader

MENTOR, STUDENT = "mentor@northfield.example", "student@northfield.example"
HIDDEN = "Remember to ask about her sister’s concert."  # a note of the demo's mentor that is for nobody else


@pytest.fixture
def ruth(walk):
    return walk("coordinator").sign_in("coordinator@northfield.example")


def autumn(walker, section=""):
    """To the programme that the demo's people are in."""
    walker.open("/o/northfield/programmes/")
    running = walker.page.locator("table tbody tr", has_text="Running").filter(has_not_text="Journey")
    return walker.open(running.locator("a.name").first.get_attribute("href") + section)


def test_the_coordinators_day(ruth):
    autumn(ruth)
    programme = ruth.page.url.rstrip("/").split("/")[-1]
    ruth.open(f"/o/northfield/?programme={programme}").sees("Needs you", "mentorships running")
    assert ruth.page.locator(".atts > li").count() > 0
    ruth.open(f"/o/northfield/programmes/{programme}/mentorships/")
    assert ruth.page.locator("table tbody tr").count() > 5
    for place in ("people/", "people/?side=mentor", "training/", "matching/", "rules/", "reminders/", "edit/", "surveys/"):
        ruth.open(f"/o/northfield/programmes/{programme}/{place}")
    for place in ("employers/", "people/", "letters/", "me/", "people/add/"):
        ruth.open(f"/o/northfield/{place}")


def test_whoever_has_not_answered_is_nudged_once(ruth, demo):
    autumn(ruth, "surveys/").follow("Who has not answered")
    demo.backstage("a_day_later", "northfield")
    known = demo.letters()
    ruth.press("Nudge the rest")
    ruth.page.get_by_role("heading", level=1, name=re.compile("have answered")).wait_for()
    demo.wait_until(lambda: len(demo.letters()) > len(known))
    first = [one for one in demo.letters() if one not in known]
    assert first
    assert all("/r/" in one.link for one in first)
    ruth.open(ruth.page.url)


def test_an_action_plan_is_made_and_downloaded(walk):
    dafydd = walk("mentor", phone=True).sign_in(MENTOR).open("/o/northfield/mentorships/")
    dafydd.follow("Gwen Wójcik")
    dafydd.sees(HIDDEN)
    dafydd.press("Make an action plan")
    dafydd.page.get_by_role("link", name="Action plan, version 1").wait_for(timeout=60_000)
    dafydd.look()
    name, content = dafydd.download("Action plan, version 1")
    assert name.endswith(".pdf")
    plan = PdfReader(io.BytesIO(content))
    assert 1 <= len(plan.pages) <= 3
    text = " ".join(page.extract_text() for page in plan.pages)
    assert "Gwen Wójcik" in text
    assert "concert" not in text
    gwen = walk("student", phone=True).sign_in(STUDENT).open(dafydd.page.url)
    gwen.misses(HIDDEN)
    assert gwen.download("Action plan, version 1")[1] == content
    leo = walk("outsider").sign_in("student@riverside.example")
    leo.open(dafydd.page.url, status=404)


def test_all_plans_come_as_one_zip(ruth):
    autumn(ruth, "plans/")
    total = int(ruth.page.locator(".lead").first.inner_text().split()[0])
    ruth.press("Make all as one zip")
    ruth.page.get_by_role("link", name="Download the zip").wait_for(timeout=120_000)
    ruth.look()
    _name, content = ruth.download("Download the zip")
    names = [name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if name.endswith(".pdf")]
    assert len(names) == total


def test_the_report_and_its_files(ruth):
    autumn(ruth, "report/")
    ruth.sees("Measures")
    assert ruth.page.locator("svg").count() > 0
    shown = ruth.page.locator("table").first.locator("tbody tr").count()
    name, sheet = ruth.download("Download as XLSX")
    assert name.endswith(".xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(sheet)).active.iter_rows(values_only=True))
    assert len(rows) > shown
    name, text = ruth.download("CSV")
    assert name.endswith(".csv")
    cells = [cell for row in csv.reader(io.StringIO(text.decode("utf-8-sig"))) for cell in row]
    assert len(cells) > shown
    assert [cell for cell in cells if cell.startswith(("=", "+", "@"))] == []


def test_a_students_day(walk):
    gwen = walk("student", phone=True).sign_in(STUDENT).open("/")
    gwen.sees("My goals", "My placement")
    gwen.follow(
        re.compile("Build|Brief|Present|Shadow|Answer|Write|Read|Complete|Test|Plan"),
        within=gwen.page.locator("article.goal"),
    )
    gwen.open("/o/northfield/concerns/mine/")
    gwen.open("/o/northfield/me/")
    gwen.open("/o/northfield/people/", status=403)


def test_a_tutor_reads_and_writes_nothing(walk):
    hugo = walk("tutor").sign_in("tutor@northfield.example").open("/")
    hugo.sees("You read along; student and mentor write.")
    hugo.page.locator("table tbody a").filter(has_text="Gwen Wójcik").first.click()
    hugo.look().misses(HIDDEN)
    mentorship = hugo.page.url
    for button in ("Make an action plan", "Change", "Keep the note"):
        assert hugo.page.get_by_role("button", name=button).count() == 0
    hugo.open(mentorship + "goals/new/", status=403)
    hugo.open("/o/northfield/programmes/", status=403)


def test_the_owners_pages_and_the_poster(walk):
    alan = walk("owner").sign_in("owner@northfield.example")
    alan.open("/").sees("People by role")
    for place in ("people/", "settings/", "history/", "history/readings/", "roles/", "me/"):
        alan.open(f"/o/northfield/{place}")
    alan.open("/o/northfield/roles/")
    assert alan.heading == "Who can do what"
    assert alan.page.locator("table.poster tbody tr").count() > 5
    alan.open("/o/northfield/people/?q=Dafydd+Lindqvist").follow("Dafydd Lindqvist").sees(MENTOR)
    alan.open("/o/riverside/", status=404)


def test_an_operator_says_why_before_seeing_an_organisation(walk):
    oscar = walk("operator").sign_in("operator@platform.example")
    oscar.open("/admin/")
    oscar.page.get_by_role("link", name="Open an organisation’s tables").click()
    oscar.look()
    oscar.page.locator("#id_organisation").select_option(label="Northfield College")
    oscar.page.locator("#id_reason").press_sequentially("why")
    oscar.page.get_by_role("button", name="Open for thirty minutes").click()
    assert oscar.page.locator("#id_reason").evaluate("(field) => field.validity.tooShort")
    reason = "The coordinator asked why an import stopped."
    oscar.page.locator("#id_reason").fill(reason)
    oscar.press("Open for thirty minutes")
    assert reason in oscar.page.locator("body").inner_text()
    oscar.page.get_by_role("link", name="Programmes").first.click()
    oscar.look()
    alan = walk("owner").sign_in("owner@northfield.example").open("/o/northfield/history/readings/")
    alan.sees(reason, "Oscar Operator")
