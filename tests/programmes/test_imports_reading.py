"""Files are read by the worker: what the page shows meanwhile, what is kept, remarks by pages, and when it is read anew."""

import json
from unittest import mock

import pytest
from django.urls import reverse

from organisations.models import Job
from organisations.services import jobs
from programmes.models import Participant, RosterImport
from programmes.roster import RosterError
from programmes.services import imports
from tests import factories as make
from tests.programmes.importing import bring_in, read, small, upload
from tests.programmes.roster.making import GOOD, csv_bytes

MANY = 120  # remarks: three pages


@pytest.fixture
def client_in(northfield, sign_in):
    return sign_in(northfield.people["coordinator"])


def address(house, name, found):
    return reverse(f"programmes:{name}", args=[house.organisation.slug, house.programme.pk, found.pk])


def uploaded(house, content, kind=""):
    """As uploaded: the worker has not read it yet."""
    with house.scope():
        return imports.upload_roster(
            programme=house.programme, kind=kind, file_name="roster.csv", content=content, by=house.people["coordinator"]
        )


def as_it_is(house, found):
    with house.scope():
        return RosterImport.objects.get(pk=found.pk)


def unknown_students(many=MANY):
    return small("placements", *({"student_id": f"X{n}"} for n in range(many)))


def test_nobody_says_yes_to_a_file_that_is_being_read(northfield, client_in):
    found = uploaded(northfield, small("students", {}))
    answer = client_in.post(address(northfield, "import_confirm", found), follow=True)
    assert [str(m) for m in answer.context["messages"]] == [
        "Wait until this file is read: then you see what it would do, and can say yes."
    ]
    answer = client_in.post(address(northfield, "import_preview", found), {"column-0": "email"}, follow=True)
    assert [str(m) for m in answer.context["messages"]] == [
        "This file is being read just now. Say what its columns mean when that is done."
    ]
    found = as_it_is(northfield, found)
    assert (found.status, found.mapping, found.summary) == ("read", {}, {"looks_like": ""})


def test_a_file_set_aside_while_it_is_read_leaves_nothing(northfield, client_in):
    found = uploaded(northfield, small("students", {}))
    with northfield.scope():
        job = imports.reading_of(found)
    real = imports.read_import

    def set_aside_meanwhile(found, progress):
        reading = real(found, progress)
        imports.drop_import(roster_import=found, by=northfield.people["coordinator"])
        return reading

    with mock.patch.object(imports, "read_import", set_aside_meanwhile):
        jobs.run(northfield.organisation.pk, job.pk)
    found = as_it_is(northfield, found)
    assert (found.status, found.summary, found.remarks, bytes(found.content)) == ("dropped", {}, {}, b"")


def test_a_reading_that_was_stopped_can_be_started_again(northfield, client_in):
    found = uploaded(northfield, small("students", {}))
    with northfield.scope():
        jobs.cancel_job(imports.reading_of(found))
    page = client_in.get(address(northfield, "import_preview", found))
    assert "The file has not been read" in page.content.decode()
    for _twice in range(2):
        answer = client_in.post(address(northfield, "import_read_again", found))
        assert answer.url == address(northfield, "import_preview", found)
    with northfield.scope():
        assert Job.objects.filter(kind=imports.READING, status="waiting").count() == 1
        assert read(northfield, found).summary["counts"]["new"] == 1


def test_what_is_wrong_far_down_in_the_file_is_said_when_it_is_read(northfield, client_in):
    broken = small("students", *({"student_id": f"N{n}", "email": f"n{n}@college.example"} for n in range(90))) + b'N99,"Ada,\n'
    with northfield.scope():
        found = upload(northfield, broken)
    text = client_in.get(address(northfield, "import_preview", found)).content.decode()
    assert "This file cannot be read" in text
    assert "a quotation mark is opened and not closed" in text
    assert address(northfield, "import_confirm", found) not in text
    with northfield.scope(), pytest.raises(imports.ImportOver):
        imports.confirm_import(roster_import=found, by=northfield.people["coordinator"])
    rows = client_in.get(address(northfield, "import_refused", found)).content.decode("utf-8-sig")
    assert "a quotation mark is opened and not closed" in rows


def test_a_stopped_reading_keeps_nothing(northfield):
    found = uploaded(northfield, small("students", {}))

    def stop(done, total, message=""):
        if done == total:
            raise jobs.Cancelled

    with northfield.scope(), pytest.raises(jobs.Cancelled):
        imports.read_ahead(import_id=found.pk, progress=stop)


def test_progress_is_told_while_rows_are_read(northfield):
    with northfield.scope():
        found = uploaded(northfield, unknown_students(1200))
        told = []
        imports.read_ahead(import_id=found.pk, progress=lambda *words: told.append(words))
    assert [words[0] for words in told if words[2] == "Reading row by row"] == [0, 500, 1000]
    assert all(done < total for done, total, _words in told[:-1])
    assert told[-1][0] == told[-1][1]


def test_remarks_come_in_pages(northfield, client_in):
    with northfield.scope():
        found = upload(northfield, unknown_students())
    where = address(northfield, "import_preview", found)
    shown = []
    for number in (1, 2, 3):
        page = client_in.get(where, {"refusals": number})
        shown += [row[1] for row in page.context["refusals"]]
        assert f"{number * 50 - 49} to {min(number * 50, MANY)} of {MANY}" in page.content.decode()
    assert shown == [f"X{n}" for n in range(MANY)]
    assert '?refusals=2#refused"' in client_in.get(where).content.decode()
    csv_rows = client_in.get(address(northfield, "import_refused", found)).content.decode().splitlines()
    assert len(csv_rows) == MANY + 1


def test_the_first_page_does_not_fetch_the_file_nor_all_its_remarks(northfield, client_in):
    with northfield.scope():
        found = upload(northfield, unknown_students())
    with mock.patch.object(RosterImport, "refresh_from_db", side_effect=AssertionError("fetches what was deferred")):
        assert client_in.get(address(northfield, "import_preview", found)).status_code == 200
    assert len(json.dumps(found.summary)) < len(json.dumps(found.remarks))


def test_files_that_wait_are_read_again_when_another_came_in(northfield, client_in):
    """Placements uploaded before their students: refused at first, fine once the students are in."""
    with northfield.scope():
        northfield.programme = make.ProgrammeFactory()
        placements = upload(northfield, small("placements", {}))
        assert placements.summary["counts"]["refused"] == 1
        bring_in(northfield, small("students", {}))
    assert "The file is being read" in client_in.get(address(northfield, "import_preview", placements)).content.decode()
    with northfield.scope():
        assert read(northfield, placements).summary["counts"] == {"new": 1, "changed": 0, "same": 0, "refused": 0}


def test_files_of_another_programme_are_left_alone(northfield):
    with northfield.scope():
        elsewhere = upload(northfield, small("mentors", {}), programme=make.ProgrammeFactory())
        northfield.programme = make.ProgrammeFactory()
        bring_in(northfield, small("students", {}))
        assert "counts" in RosterImport.objects.get(pk=elsewhere.pk).summary


def test_a_file_that_changed_its_mind_between_reading_and_yes_says_so(northfield):
    """A student taken out in between: the placement is left out, and the roster's page says why."""
    with northfield.scope():
        northfield.programme = make.ProgrammeFactory()
        bring_in(northfield, small("students", {}))
        found = upload(northfield, small("placements", {}))
        Participant.objects.filter(programme=northfield.programme).delete()
        job = imports.confirm_import(roster_import=found, by=northfield.people["coordinator"])
        jobs.run(northfield.organisation.pk, job.pk)
        found.refresh_from_db()
    assert (found.summary["counts"]["refused"], len(found.remarks["refusals"])) == (1, 1)


def test_a_workbook_of_many_rows_is_only_looked_at(northfield, monkeypatch):
    """Upload unpacks the headers and a few rows; the rest is the worker's."""
    from programmes.roster import xlsx_file
    from tests.programmes.roster.making import xlsx_bytes

    heads = list(GOOD["students"])
    rows = [[(GOOD["students"] | {"student_id": f"N{n}", "email": f"n{n}@college.example"})[name] for name in heads] for n in range(400)]
    unpacked = []
    real = xlsx_file._cell
    monkeypatch.setattr(xlsx_file, "_cell", lambda value: unpacked.append(value) or real(value))
    found = uploaded(northfield, xlsx_bytes([heads, *rows]))
    assert len(unpacked) <= 50 * len(heads)
    with northfield.scope():
        assert read(northfield, found).summary["counts"]["new"] == 400


def test_an_empty_file_is_refused_at_once(northfield):
    with pytest.raises(RosterError) as error:
        uploaded(northfield, csv_bytes([list(GOOD["students"])]))
    assert error.value.code == "no_rows"
