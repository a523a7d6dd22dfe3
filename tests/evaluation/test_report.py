"""The report as a page and as files: right numbers, nothing that runs, no names for owners."""

import csv
import datetime as dt
import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from evaluation.figures import Figure, all_figures
from evaluation.services.measures import gather
from goals.models import Goal
from programmes.models import Placement, Programme
from tests import factories as make
from tests.evaluation.helpers import answer_row, asked, make_survey, page
from tests.queries import MOST, count_queries
from training.models import ChecklistAnswer, ChecklistResponse

FORMULA = '=HYPERLINK("https://evil.example","Click")'


def download(client, house, **query):
    return client.get(page(house, "report_download", house.programme.pk, **query))


def table(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def book(response):
    return load_workbook(io.BytesIO(response.content))


@pytest.fixture
def lively(northfield):
    """The cast's mentorship with a bit of everything."""
    today = timezone.localdate()
    with northfield.scope():
        begun = northfield.mentorship.started_on
        make.CheckInFactory(mentorship=northfield.mentorship, status="held", due_on=begun, held_on=begun, minutes=90)
        make.CheckInFactory(mentorship=northfield.mentorship, status="missed", due_on=today - dt.timedelta(days=5))
        make.CheckInFactory(mentorship=northfield.mentorship, status="moved", due_on=today - dt.timedelta(days=4))
        make.CheckInFactory(mentorship=northfield.mentorship, due_on=today + dt.timedelta(days=5))
        Goal.objects.create(mentorship=northfield.mentorship, title="g", percent=40)
        Goal.objects.create(mentorship=northfield.other_mentorship, title="g", percent=40, status="dropped")
        Placement.objects.filter(pk=northfield.placement.pk).update(done_hours=320)
        survey = make_survey(northfield, "exit", opened=True)
        for voice in ("student", "mentor", "line_manager"):
            answer_row(asked(northfield, survey, voice), relationship=5, recommend=4)
        for moment, value in (("start", "need"), ("end", "covered")):
            row = ChecklistResponse.objects.create(mentor=northfield.mentor, moment=moment, version="1", finished_at=timezone.now())
            ChecklistAnswer.objects.create(response=row, aspect="purpose", value=value)
    return northfield


def test_the_facts_are_read_right(lively, riverside):
    with lively.scope():
        found = all_figures(gather(lively.programme, today=timezone.localdate()))
    hidden = {"hidden": True}
    assert found == [
        Figure("participation", "percent", 50.0, 2, 4),
        Figure("matched", "percent", 100.0, 2, 2),
        Figure("first_contact", "percent", 50.0, 1, 2),
        Figure("check_ins_held", "percent", 50.0, 1, 2),
        Figure("goal_progress", "percent", 50.0, 1, 2),
        Figure("satisfaction", "points", **hidden),
        Figure("mentor_skills", "percent", basis="checklist", **hidden),
        Figure("recommend", "percent", **hidden),
        Figure("completion", "percent", None, 0, 0),
        Figure("hours", "hours", 320, 320, 315),
        Figure("mentor_hours", "hours", 1.5, 1.5, 1),
    ]


def test_the_page_says_each_number_in_a_sentence_and_hides_small_groups(lively, sign_in):
    response = sign_in(lively.people["coordinator"]).get(page(lively, "report", lively.programme.pk))
    lines = {line.figure.key: (line.shown, line.sentence) for line in response.context["report"].lines}
    assert lines["check_ins_held"] == ("50\u00a0%", "1 of 2 check-ins planned up to today were held.")
    assert lines["first_contact"] == ("50\u00a0%", "1 of 2 mentorships met within 10 days of their start.")
    assert lines["hours"] == ("320", "320 of 315 planned hours are done. 1 of 1 students have reached 315 hours.")
    hidden = "Fewer than 5 people answered, so the number is not shown: one person’s answer could be read from it."
    assert lines["satisfaction"] == lines["recommend"] == ("–", hidden)
    shown = response.content.decode()
    assert "Line manager: not shown, because fewer than 5 people answered." in shown
    assert response.context["report"].voices_chart() is None


def test_five_answers_are_shown(lively, sign_in):
    with lively.scope():
        survey = make_survey(lively, "review", opened=True)
        for _n in range(4):
            student = make.StudentFactory(programme=lively.programme)
            mentorship = make.MentorshipFactory(programme=lively.programme, student=student)
            answer_row(asked(lively, survey, "student", mentorship=mentorship, participant=student), relationship=3)
    response = sign_in(lively.people["owner"]).get(page(lively, "report", lively.programme.pk))
    line = next(line for line in response.context["report"].lines if line.figure.key == "satisfaction")
    assert (line.shown, line.figure.whole) == ("3.4", 5)  # five students; mentor and line manager, one each, are left out


def test_owners_see_numbers_and_no_names(lively, sign_in):
    with lively.scope():
        names = {lively.student.name, lively.mentor.name, lively.placement.line_manager.name}
    client = sign_in(lively.people["owner"])
    shown = client.get(page(lively, "report", lively.programme.pk)).content.decode()
    workbook = book(download(client, lively, format="xlsx"))
    cells = {str(cell) for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row}
    texts = [shown, download(client, lively).content.decode(), " ".join(cells)]
    assert [name for name in names for text in texts if name in text] == []
    assert workbook.sheetnames == ["Report", "Check-ins by week"]
    assert download(client, lively, part="mentorships").status_code == 404
    coordinator = sign_in(lively.people["coordinator"])
    assert book(download(coordinator, lively, format="xlsx")).sheetnames == ["Report", "Check-ins by week", "Mentorships"]
    header, *rows = table(download(coordinator, lively, part="mentorships"))
    assert [dict(zip(header, row, strict=True))["Students"] for row in rows if lively.student.name in row] == [lively.student.name]
    first = dict(zip(header, next(row for row in rows if lively.student.name in row), strict=True))
    picked = [first[key] for key in ("Mentors", "Check-ins held", "Goal progress, per cent", "Surveys answered", "Surveys asked")]
    assert picked == [lively.mentor.name, "1", "40", "3", "3"]


def test_formulas_are_defused_in_every_file(lively, sign_in):
    with lively.scope():
        Programme.objects.filter(pk=lively.programme.pk).update(name=FORMULA)
        lively.people["student"].first_name, lively.people["student"].last_name = FORMULA, ""
        lively.people["student"].save()
    client = sign_in(lively.people["coordinator"])
    texts = [*table(download(client, lively)), *table(download(client, lively, part="mentorships"))]
    cells = [cell for row in texts for cell in row]
    assert cells.count("'" + FORMULA) == 11 + 3 + 3 + 2 + 1  # measures, answered, by voice; two mentorships, one student
    assert [cell for cell in cells if cell.startswith("=")] == []
    workbook = book(download(client, lively, format="xlsx"))
    found = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert len(found) == 20
    assert {(cell.data_type, cell.value) for cell in found} == {("s", "'" + FORMULA)}
    assert {sheet.title for sheet in workbook if any(cell.parent is sheet for cell in found)} == {"Report", "Mentorships"}


def test_hidden_numbers_are_hidden_in_the_files_too(lively, sign_in):
    client = sign_in(lively.people["coordinator"])
    header, *rows = table(download(client, lively))
    found = {(row[1], row[2]): dict(zip(header, row, strict=True)) for row in rows}
    for key in (("Measures", "Satisfaction"), ("Measures", "Would recommend"), ("Satisfaction", "Student"), ("Satisfaction", "Mentor")):
        assert [found[key][name] for name in ("Value", "Number", "Of")] == ["", "", ""], key
    assert [found["Measures", "Check-ins held"][name] for name in ("Value", "Unit", "Number", "Of")] == ["50.0", "per cent", "1", "2"]
    assert [found["Exit survey", "Student"][name] for name in ("Value", "Number", "Of")] == ["100.0", "1", "1"]


def test_who_may_read_it(northfield, riverside, sign_in):
    def answers(client, house, slug_of):
        return [client.get(page(slug_of, name, house.programme.pk)).status_code for name in ("report", "report_download")]

    found = {role: answers(sign_in(member), northfield, northfield) for role, member in northfield.people.items()}
    ok, no = [200, 200], [403, 403]
    assert found == {"owner": ok, "coordinator": ok, "mentor": no, "student": no, "tutor": no, "lead": no}
    client = sign_in(northfield.people["coordinator"])
    assert answers(client, riverside, northfield) == answers(client, riverside, riverside) == [404, 404]
    assert client.post(page(northfield, "report", northfield.programme.pk)).status_code == 405
    assert [download(client, northfield, **query).status_code for query in ({"format": "pdf"}, {"part": "answers"})] == [404, 404]


def test_an_empty_programme_says_where_to_begin(northfield, sign_in):
    with northfield.scope():
        empty = make.ProgrammeFactory(name="Nobody yet")
    for role in ("owner", "coordinator"):
        client = sign_in(northfield.people[role])
        assert "Nothing to report yet" in client.get(page(northfield, "report", empty.pk)).content.decode()
        assert client.get(page(northfield, "report_download", empty.pk, format="xlsx")).status_code == 200


def test_the_report_costs_the_same_for_many(lively, sign_in):
    client = sign_in(lively.people["coordinator"])
    urls = [page(lively, "report", lively.programme.pk), page(lively, "report_download", lively.programme.pk, format="xlsx")]
    first = [count_queries(client, url) for url in urls]
    with lively.scope():
        survey = make_survey(lively, "review", opened=True)
        for _n in range(9):
            student = make.StudentFactory(programme=lively.programme)
            make.PlacementFactory(student=student)
            mentorship = make.MentorshipFactory(programme=lively.programme, student=student)
            make.CheckInFactory(mentorship=mentorship, status="held", held_on=timezone.localdate(), minutes=30)
            answer_row(asked(lively, survey, "student", mentorship=mentorship, participant=student), relationship=4, goal=3)
    assert [count_queries(client, url) for url in urls] == first
    assert max(first) <= MOST
