"""The pages of an import: who may open them, what they say, and that files that cannot be read are explained by the field."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from organisations.models import Job
from organisations.services import jobs
from programmes.models import Participant, RosterImport
from programmes.services import imports
from tests import factories as make
from tests.programmes.importing import LAKEHEAD, NORTHFIELD, RIVERSIDE, read, small, upload
from tests.programmes.roster.making import csv_bytes
from tests.queries import MOST, count_queries


@pytest.fixture
def client_in(northfield, sign_in):
    """The coordinator's client."""
    return sign_in(northfield.people["coordinator"])


def address(house, name, *args):
    return reverse(f"programmes:{name}", args=[house.organisation.slug, house.programme.pk, *args])


def post_file(client, house, content, name="roster.csv", kind=""):
    return client.post(address(house, "import"), {"file": SimpleUploadedFile(name, content), "kind": kind})


def read_it(house):
    """The worker reads the newest file."""
    with house.scope():
        found = RosterImport.objects.first()
        return read(house, found)


def test_from_the_upload_page_to_the_people(northfield, client_in):
    page = client_in.get(address(northfield, "import"))
    assert page.status_code == 200
    with northfield.scope():
        northfield.programme = make.ProgrammeFactory()
    answer = post_file(client_in, northfield, (RIVERSIDE / "students.csv").read_bytes(), "../../etc/pass\twd.csv")
    with northfield.scope():
        found = RosterImport.objects.get()
    assert (found.kind, found.file_name, found.status) == ("students", "passwd.csv", "read")
    where = address(northfield, "import_preview", found.pk)
    assert (answer.status_code, answer.url) == (302, where)
    page = client_in.get(where)
    assert (page.context["job"].title, page.context["job"].status) == ("Reading the file", "waiting")
    assert address(northfield, "import_confirm", found.pk) not in page.content.decode()
    read_it(northfield)
    page = client_in.get(where)
    assert page.context["headline"] == "77 students will be brought in, 4 rows are left out"
    assert [(f["value"], f["label"]) for f in page.context["figures"]] == [
        (77, "new"), (0, "to be changed"), (0, "the same as before"), (4, "left out")
    ]  # fmt: skip
    assert [line[0] for line in page.context["refusals"]] == [9, 42, 43, 49]
    assert (len(page.context["new"]), page.context["counts"]["new"]) == (50, 77)
    with northfield.scope():
        assert Participant.objects.filter(programme=northfield.programme).count() == 0
    answer = client_in.post(address(northfield, "import_confirm", found.pk))
    assert (answer.status_code, answer.url) == (302, where)
    assert client_in.get(where).context["job"].status == "waiting"
    with northfield.scope():
        job = Job.objects.get(kind=imports.JOB)
    jobs.run(northfield.organisation.pk, job.pk)
    page = client_in.get(where)
    assert [(f["value"], f["label"]) for f in page.context["figures"]] == [
        (77, "brought in"), (0, "changed"), (0, "the same as before"), (4, "left out")
    ]  # fmt: skip
    with northfield.scope():
        assert Participant.objects.filter(programme=northfield.programme).count() == 77


def test_the_list_of_what_is_left_out_is_the_same_before_and_after(northfield, client_in):
    with northfield.scope():
        found = upload(northfield, (RIVERSIDE / "students.csv").read_bytes())
    where = address(northfield, "import_refused", found.pk)
    before = client_in.get(where)
    assert before["Content-Disposition"] == 'attachment; filename="students-left-out.csv"'
    rows = list(csv.reader(io.StringIO(before.content.decode("utf-8-sig"))))
    assert rows[0] == ["row", "who or what", "column", "what is wrong"]
    assert [(row[0], row[2]) for row in rows[1:]] == [("9", "E-mail"), ("42", "E-mail"), ("43", "Learner Ref"), ("49", "Surname")]
    with northfield.scope():
        job = imports.confirm_import(roster_import=found, by=northfield.people["coordinator"])
    jobs.run(northfield.organisation.pk, job.pk)
    assert client_in.get(where).content == before.content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty."),
        (b"\xef\xbb\xbf\r\n\r\n", "This file is empty."),
        (b"%PDF-1.7 and more", "This is a PDF file. Upload a CSV file or an Excel workbook (.xlsx)."),
        (bytes(range(256)) * 40, "This file is not a table of text. Upload a CSV file or an Excel workbook (.xlsx)."),
        (
            b"student_id,first_name,email\n" + b"x" * (20 * 2**20),
            "This file has 20 MB; at most 10 MB can be read. Leave out what is not a row of the table.",
        ),
        (b"student_id,first_name,email\n", "This file has headers and no rows below them."),
    ],
)
def test_a_file_that_cannot_be_read_is_explained_by_the_field(northfield, client_in, content, words):
    answer = post_file(client_in, northfield, content)
    assert (answer.status_code, answer.context["form"].errors["file"]) == (422, [words])
    assert words in answer.content.decode()
    with northfield.scope():
        assert RosterImport.objects.count() == 0


def test_the_wrong_kind_and_an_unknown_one_are_explained(northfield, client_in):
    answer = post_file(client_in, northfield, (NORTHFIELD / "mentors.csv").read_bytes(), kind="placements")
    assert answer.context["form"].errors["file"] == ["This looks like a file of mentors. Upload it as mentors."]
    answer = post_file(client_in, northfield, b"Wer,Mail\nAda,ada@college.example\n")
    assert list(answer.context["form"].errors) == ["kind"]


@pytest.mark.parametrize(("kind", "doubt"), [("students", "The headers look like a file of mentors."), ("mentors", "")])
def test_a_kind_the_headers_speak_against_is_asked_about(northfield, client_in, kind, doubt):
    answer = post_file(client_in, northfield, (NORTHFIELD / "mentors.csv").read_bytes(), kind=kind)
    read_it(northfield)
    page = client_in.get(answer.url)
    assert (page.context["looks_like"], "Is this the right kind of file?" in page.content.decode()) == (doubt, bool(doubt))


def test_columns_are_explained_on_the_page(northfield, client_in):
    with northfield.scope():
        northfield.programme = make.ProgrammeFactory()
    answer = post_file(client_in, northfield, b"Wer,Mail,Nr\nAda Obi,ada@college.example,N1\n", kind="students")
    read_it(northfield)
    page = client_in.get(answer.url)
    assert page.context["error"]["code"] == "missing_columns"
    assert list(page.context["form"].columns.values()) == ["Wer", "Mail", "Nr"]
    twice = client_in.post(answer.url, {"column-0": "email", "column-1": "email", "column-2": ""})
    assert (twice.status_code, twice.context["form"].errors["column-1"]) == (422, ["“Wer” says this already. Choose one of the two."])
    done = client_in.post(answer.url, {"column-0": "full_name", "column-1": "email", "column-2": "student_id"})
    assert (done.status_code, done.url) == (302, answer.url)
    assert client_in.get(answer.url).context["job"].status == "waiting"
    read_it(northfield)
    page = client_in.get(answer.url)
    assert page.context["headline"] == "1 student will be brought in"
    assert page.context["new"][0]["cells"] == ["N1", "ada@college.example", "", ""]
    with northfield.scope():
        found = RosterImport.objects.get()
    assert found.mapping == {"Wer": "full_name", "Mail": "email", "Nr": "student_id"}


def test_changes_are_shown_before_and_after(northfield, client_in):
    with northfield.scope():
        northfield.programme = make.ProgrammeFactory()
        make.StudentFactory(programme=northfield.programme, student_ref="N1", town="Leeds", membership__email="ada@college.example",
            membership__first_name="Ada", membership__last_name="Obi", date_of_birth="2008-03-08")  # fmt: skip
        found = upload(northfield, small("students", {"town": "Hull"}))
    page = client_in.get(address(northfield, "import_preview", found.pk))
    assert page.context["changed"] == [{"number": 2, "name": "Ada Obi", "facts": [("Town", "Leeds", "Hull")]}]
    assert "<del>Leeds</del> <ins>Hull</ins>" in page.content.decode()


def test_markup_in_a_file_stays_text(northfield, client_in):
    with northfield.scope():
        found = upload(northfield, small("students", {"first_name": "<script>x</script>", "student_id": "N77"}, {"email": "<b>", "student_id": "N78"}))
    text = client_in.get(address(northfield, "import_preview", found.pk)).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt; Obi" in text
    assert "<script>x" not in text
    assert "<b>" not in text.replace("<b>1</b>", "").replace("<b>0</b>", "")


def test_nothing_new_offers_no_yes(northfield, client_in):
    with northfield.scope():
        northfield.programme = make.ProgrammeFactory()
        found = upload(northfield, small("students", {}))
        job = imports.confirm_import(roster_import=found, by=northfield.people["coordinator"])
    jobs.run(northfield.organisation.pk, job.pk)
    with northfield.scope():
        again = upload(northfield, small("students", {}))
    page = client_in.get(address(northfield, "import_preview", again.pk))
    assert page.context["headline"] == "Nothing in this file is new"
    assert address(northfield, "import_confirm", again.pk) not in page.content.decode()
    assert address(northfield, "import_drop", again.pk) in page.content.decode()


def test_set_aside_and_a_second_yes_are_answered_calmly(northfield, client_in):
    with northfield.scope():
        found = upload(northfield, small("students", {}))
        other = upload(northfield, small("mentors", {}))
    assert client_in.post(address(northfield, "import_drop", found.pk)).url == address(northfield, "import")
    late = client_in.post(address(northfield, "import_confirm", found.pk), follow=True)
    assert [str(m) for m in late.context["messages"]][-1] == "Somebody has already said yes to this file, or set it aside."
    for _again in range(2):
        answer = client_in.post(address(northfield, "import_confirm", other.pk))
        assert answer.url == address(northfield, "import_preview", other.pk)
    with northfield.scope():
        assert Job.objects.filter(kind=imports.JOB).count() == 1


def test_templates_and_examples(northfield, client_in):
    answer = client_in.get(address(northfield, "template", "students", "csv"))
    assert answer.content.decode("utf-8-sig").startswith("student_id,first_name,last_name,email,date_of_birth,")
    assert client_in.get(address(northfield, "template", "mentors", "xlsx")).content[:2] == b"PK"
    assert client_in.get(address(northfield, "sample", "mentors")).content == (NORTHFIELD / "mentors.csv").read_bytes()
    for name, args in [("template", ("others", "csv")), ("template", ("students", "pdf")), ("sample", ("others",))]:
        assert client_in.get(address(northfield, name, *args)).status_code == 404


PAGES = [
    ("get", "import", False), ("post", "import_read_again", True), ("get", "import_preview", True), ("get", "import_refused", True), ("post", "import", False),
    ("post", "import_preview", True), ("post", "import_confirm", True), ("post", "import_drop", True),
]  # fmt: skip


@pytest.mark.parametrize(("method", "name", "with_import"), PAGES)
def test_who_may(northfield, riverside, client, sign_in, method, name, with_import):
    with riverside.scope():
        theirs = upload(riverside, small("students", {"first_name": "Leaky"}))
    with northfield.scope():
        ours = upload(northfield, small("students", {"first_name": "Ours"}))

    def ask(house, found):
        where = address(house, name, *([found.pk] if with_import else []))
        return getattr(client, method)(where)

    assert ask(northfield, ours).status_code == 302  # anonymous: to the sign-in
    for role in ["mentor", "student", "tutor", "owner"]:
        sign_in(northfield.people[role])
        assert (role, ask(northfield, ours).status_code) == (role, 403)
    sign_in(northfield.people["coordinator"])
    assert ask(riverside, theirs).status_code == 404
    if with_import:  # their import under our programme
        assert getattr(client, method)(address(northfield, name, theirs.pk)).status_code == 404
    with riverside.scope():
        theirs.refresh_from_db()
        assert (theirs.status, theirs.mapping) == ("read", {})
    assert ask(northfield, ours).status_code in {200, 302, 422}


def test_pages_cost_the_same_for_one_row_and_for_many(northfield, client_in):
    with northfield.scope():
        one = upload(northfield, small("students", {}))
        many = upload(northfield, (LAKEHEAD / "students.csv").read_bytes())
        place = upload(northfield, small("placements", {}))
        places = upload(northfield, (LAKEHEAD / "placements.csv").read_bytes())
    for few, more in [(one, many), (place, places)]:
        few, more = (count_queries(client_in, address(northfield, "import_preview", found.pk)) for found in (few, more))  # noqa: PLW2901
        assert (few, few <= MOST) == (more, True)
    assert count_queries(client_in, address(northfield, "import")) <= MOST


def test_a_header_of_markup_and_a_formula_are_harmless(northfield, client_in):
    content = csv_bytes([["student_id", "first_name", "email", "<i>=1+1</i>"], ["N1", "Ada", "not an address", "=cmd|' /C calc'!A0"]])
    with northfield.scope():
        found = upload(northfield, content)
    assert "<i>=1" not in client_in.get(address(northfield, "import_preview", found.pk)).content.decode()
    rows = client_in.get(address(northfield, "import_refused", found.pk)).content.decode("utf-8-sig")
    assert [cell[:1] for row in csv.reader(io.StringIO(rows)) for cell in row if cell[:1] in {"=", "+", "-", "@"}] == []
