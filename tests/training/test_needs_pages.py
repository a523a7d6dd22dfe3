"""Who asks for what across a programme: the sentence, the table, the files; and the change from start to end."""

import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from openpyxl import load_workbook

from tests import factories as make
from tests.queries import MOST, count_queries
from tests.training.making import ALL_COVERED, answer_all, ready, train, url
from training.models import ChecklistResponse, TrainingRules
from training.services.points import answer_again


def soup(client, page):
    return BeautifulSoup(client.get(page).content, "html.parser")


def words(node):
    return " ".join(node.get_text(" ").split())


@pytest.fixture
def asking(northfield):
    """Four mentors: two ask for learning, one of them closed it since; one asks for purpose; one has not begun."""
    with northfield.scope():
        train(northfield.mentor, needs=["learning"])
        two, three, _not_begun = make.MentorFactory.create_batch(3, programme=northfield.programme)
        train(two, needs=["learning", "purpose"])
        answer_all(three, needs=["learning"])
        answer_again(mentor=three, aspect="learning", value="covered", how="talked", by=three.membership)
    return northfield


def test_what_to_run_a_session_on_is_said_in_a_sentence(asking, sign_in):
    page = soup(sign_in(asking.people["coordinator"]), url(asking, "needs", asking.programme.pk))
    mentors = 5  # with the one of the other mentorship
    assert words(page.h1) == (
        f"2 of {mentors} mentors ask for more on “How students learn and develop”. A training session on it would help most."
    )
    rows = [[words(cell) for cell in row.find_all(["th", "td"])][:3] for row in page.find_all("table")[0].tbody.find_all("tr")]
    assert rows[0] == ["How students learn and develop", "3", "2"]
    assert rows[1] == ["What mentoring is for", "1", "1"]


def test_each_cell_says_in_words_how_it_stands(asking, sign_in):
    page = soup(sign_in(asking.people["coordinator"]), url(asking, "needs", asking.programme.pk))
    table = page.find_all("table")[1]
    column = [words(row.find_all("td")[9]) for row in table.tbody.find_all("tr")]
    assert sorted(column) == ["asks for more", "asks for more", "covered since", "no answer", "no answer"]
    only = soup(sign_in(asking.people["coordinator"]), url(asking, "needs", asking.programme.pk) + "?only=asking")
    assert len(only.find_all("table")[1].tbody.find_all("tr")) == 2


def test_the_files_say_the_same(asking, sign_in):
    client = sign_in(asking.people["coordinator"])
    text = client.get(url(asking, "export", asking.programme.pk, "csv")).content.decode("utf-8-sig")
    assert (text.count("asks for more"), text.count("covered since")) == (3, 1)
    book = load_workbook(io.BytesIO(client.get(url(asking, "export", asking.programme.pk, "xlsx")).content))
    assert book.sheetnames == ["By mentor", "By point"]
    first = [cell.value for cell in book["By point"][2]]
    assert first[:4] == ["How students learn and develop", 3, 0, 2]
    assert client.get(url(asking, "export", asking.programme.pk, "pdf")).status_code == 404


def test_nobody_has_answered_yet(northfield, sign_in):
    html = sign_in(northfield.people["coordinator"]).get(url(northfield, "needs", northfield.programme.pk)).content.decode()
    assert "No answers yet" in html


def test_the_pages_cost_the_same_for_one_mentor_and_many(asking, sign_in):
    client = sign_in(asking.people["coordinator"])
    pages = [url(asking, name, asking.programme.pk) for name in ("needs", "programme")]
    few = [count_queries(client, page) for page in pages]
    with asking.scope():
        for mentor in make.MentorFactory.create_batch(6, programme=asking.programme):
            train(mentor, needs=["learning", "confidentiality"])
    assert [count_queries(client, page) for page in pages] == few
    assert max(few) <= MOST


# The end


def open_the_end(house):
    TrainingRules.objects.update_or_create(programme=house.programme, defaults={"end_opened_on": timezone.localdate()})


def test_the_end_opens_by_the_programmes_time(northfield, sign_in):
    with northfield.scope():
        train(northfield.mentor)
        assert ready(northfield.mentor).end_is_open is False
        northfield.programme.starts_on = timezone.localdate() - timedelta(days=80)
        northfield.programme.ends_on = timezone.localdate() + timedelta(days=20)
        northfield.programme.save()
        northfield.mentor.programme = northfield.programme
        assert ready(northfield.mentor).end_is_open is True
    assert sign_in(northfield.people["mentor"]).get(url(northfield, "checklist_end", northfield.mentor.pk)).status_code == 200


def test_before_it_opens_there_is_no_end_checklist(northfield, sign_in):
    with northfield.scope():
        train(northfield.mentor)
    client = sign_in(northfield.people["mentor"])
    assert client.get(url(northfield, "checklist_end", northfield.mentor.pk)).status_code == 404
    assert client.post(url(northfield, "answer_end", northfield.mentor.pk), ALL_COVERED).status_code == 404
    with northfield.scope():
        assert ChecklistResponse.objects.filter(moment="end").count() == 0


def test_a_coordinator_opens_it_sooner_once(northfield, sign_in):
    with northfield.scope():
        train(northfield.mentor)
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "end_open", northfield.programme.pk)
    assert "Open the end checklist now?" in client.get(page).content.decode()
    for _double_click in range(2):
        client.post(page)
    with northfield.scope():
        assert TrainingRules.objects.get().end_opened_on == timezone.localdate()
        assert ready(northfield.mentor).end_is_open is True


def test_the_mentor_sees_the_change_point_by_point(northfield, sign_in):
    with northfield.scope():
        train(northfield.mentor, needs=["learning", "purpose"])
        open_the_end(northfield)
    client = sign_in(northfield.people["mentor"])
    end = ALL_COVERED | {"value-purpose": "need", "value-work_culture": "need"}
    client.post(url(northfield, "answer_end", northfield.mentor.pk), {"value-learning": "covered"})
    client.post(url(northfield, "checklist_end", northfield.mentor.pk), end | {"finish": "1"})
    page = soup(client, url(northfield, "my_training"))
    rows = [[words(cell) for cell in row.find_all(["th", "td"])] for row in page.table.tbody.find_all("tr")]
    changes = {row[0].partition(". ")[2]: row[3] for row in rows}
    assert changes["How students learn and develop"] == "Covered now"
    assert changes["What mentoring is for"] == "Still asks for more"
    assert changes["The work culture of the placement"] == "Asks for more now"
    assert changes["What a mentor does"] == "Covered both times"
    with northfield.scope():
        assert sorted(ready(northfield.mentor).needs) == ["purpose", "work_culture"]
        start = ChecklistResponse.objects.get(moment="start")
        assert start.answers.get(aspect="learning").value == "need"


def test_an_end_checklist_begun_and_not_finished_changes_nothing_yet(northfield, sign_in):
    with northfield.scope():
        train(northfield.mentor)
        open_the_end(northfield)
    client = sign_in(northfield.people["mentor"])
    client.post(url(northfield, "answer_end", northfield.mentor.pk), {"value-confidentiality": "need"})
    with northfield.scope():
        assert ready(northfield.mentor).trained is True
    assert "1 of 10 answered" in client.get(url(northfield, "checklist_end", northfield.mentor.pk)).content.decode()
