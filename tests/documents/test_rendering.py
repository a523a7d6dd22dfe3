"""The paper, read back: its words, its tags, its pages, and what it refuses to open."""

import importlib
import logging
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.template import engines
from pypdf import PdfReader

from documents import fetcher, fonts, plans, rendering

from .plans import BARE, ORDINARY, crowded


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def words(pdf: bytes) -> str:
    """All text of a PDF on one line, as copy and paste or a screen reader gets it."""
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def tags(pdf: bytes) -> list[tuple[str, str]]:
    """Every tag of the structure tree in reading order, with its text alternative."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, dict) and "/S" in node:
            found.append((node["/S"], node.get("/Alt", "")))
            kids = node.get("/K", [])
            for kid in kids if isinstance(kids, list) else [kids]:
                if not isinstance(kid, int):
                    walk(kid)

    walk(read(pdf).trailer["/Root"]["/StructTreeRoot"]["/K"][0])
    return found


@pytest.fixture(scope="module")
def ordinary() -> bytes:
    return plans.render_action_plan(ORDINARY)


def test_says_who_where_what_and_when(ordinary):
    text = words(ordinary)
    assert [part for part in [
        "Northfield College", "Version 3 · 22 November 2026", "Action plan: Gwen Ørsted",
        "Autumn placements 2026 · made with Dafydd Patel", "Placement Marketing assistant",
        "Employer Bell, Book & Co., Leeds", "Dates 5 Oct to 18 Dec 2026", "Line manager Mateusz Silva",
        "Hours 168 of 315", "Tutor H. Okafor",
        "1 · Brief two colleagues on the new booking form by 27 November 50 % on track", "20 Oct: 10 % · 3 Nov: 30 %",
        "Brief someone who has never used it Gwen 12 Nov", "20 % behind", "still to settle: achievable", "4 Jan 2027",
        "6 Oct in person, 60 min Good Meet every second Tuesday",
        "Monday 23 November · Mid-point review opens Tuesday 24 November at 10:00 · Check-in",
        "Gwen Ørsted student, signed 9 October 2026", "H. Okafor tutor", "Page 1 of 1",
    ] if part not in text] == []  # fmt: skip


def test_is_tagged_titled_and_in_a_language(ordinary):
    pdf = read(ordinary)
    root = pdf.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712  pypdf's own boolean
    assert (pdf.metadata.title, pdf.metadata.author) == ("Action plan: Gwen Ørsted", "Northfield College")
    assert pdf.metadata.creation_date.date() == date(2026, 11, 22)
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()


def test_pictures_speak_and_headings_nest(ordinary):
    found = tags(ordinary)
    assert [alt for tag, alt in found if tag == "/Figure"] == [
        "Alongside",
        "Progress: 50 %, on track",
        "done",
        "to do",
        "Progress: 20 %, behind",
        "to do",
    ]
    assert [tag for tag, _ in found if tag in {"/H1", "/H2", "/H3"}] == ["/H1", "/H2", "/H3", "/H3", "/H2", "/H2"]
    assert [tag for tag, _ in found if tag == "/TH"] == ["/TH"] * 4


def test_outline_has_the_headings(ordinary):
    title, sections = read(ordinary).outline
    assert title.title == "Action plan: Gwen Ørsted"
    assert [item.title for item in sections if not isinstance(item, list)] == ["Goals", "Check-ins", "Next"]


def test_every_font_is_embedded_and_is_ours(ordinary):
    found = read(ordinary).pages[0]["/Resources"]["/Font"].values()
    descriptors = [font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in found]
    assert {str(item["/FontName"]).split("+")[1] for item in descriptors} == {"Alongside-Paper", "Alongside-Paper-Bold"}
    assert all("/FontFile2" in item for item in descriptors)


def test_the_same_plan_is_the_same_file(ordinary):
    assert plans.render_action_plan(ORDINARY) == ordinary
    assert plans.render_action_plan(replace(ORDINARY, version=4)) != ordinary


def test_stylesheet_is_understood_whole(caplog):
    rendering._make_press()
    plans.render_action_plan(ORDINARY)
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_bare_plan_is_honest_and_short():
    paper = plans.print_action_plan(BARE)
    text = words(paper.content)
    assert paper.pages == 1
    for sentence in ["no mentor yet", "No goals are written yet.", "No check-ins have been held yet.", "No dates are set."]:
        assert sentence in text
    assert "Placement" not in text
    assert "%" not in text


def test_crowded_plan_fits_and_counts_what_it_leaves_out():
    paper = plans.print_action_plan(crowded())
    text = words(paper.content)
    assert paper.pages == len(read(paper.content).pages) == 3
    assert [n for n in range(1, 9) if f"{n} · Goal {n}:" not in text] == []
    assert "Page 3 of 3" in text
    assert "33 earlier check-ins are kept online." in text
    assert ("Note 35." in text, "Note 0." in text) == (True, False)
    assert text.count("2 finished steps are kept online.") == 8
    assert text.count("6 more steps to do are kept online.") == 8


def test_two_pages_when_two_are_enough():
    paper = plans.print_action_plan(crowded(goals=2, check_ins=3))
    assert paper.pages == 2
    assert "kept online" not in words(paper.content)


def test_progress_stays_between_nothing_and_all():
    goals = tuple(plans.Goal(f"Goal at {percent}", percent, False) for percent in (-20, 250))
    shown = plans.present(replace(BARE, goals=goals))["goals"]
    assert [(goal["percent"], goal["track"]) for goal in shown] == [(0, "behind"), (100, "done")]


NAMES = [
    "Siôn Ŵŷn",
    "Łukasz Żółć",
    "Işıl Gökçe İnan",
    "Nguyễn Thị Hường",
    "Åse Ørsted Þórsdóttir",
    "Ольга Щукіна",
    "O’Brien & <Sons>",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_can_be_read_back(name):
    pdf = plans.render_action_plan(replace(BARE, student=name, mentors=(name,)))
    assert f"Action plan: {name} Autumn placements 2026 · made with {name}" in words(pdf)
    assert read(pdf).metadata.title == f"Action plan: {name}"


@pytest.mark.parametrize(
    "name", ["محمد الفارسي", "שרה לוי", "李小龍", "Zoë 🙂🏳️‍🌈", "x" * 300, ("Wilhelmina " * 27).strip(), "\u202eevil"]
)
def test_any_name_makes_a_document(name):
    """Letters our typeface lacks come from the system's fonts, or as a box; the title has them in any case."""
    paper = plans.print_action_plan(replace(ORDINARY, student=name, organisation=name, tutor=name))
    assert 1 <= paper.pages <= 3
    assert read(paper.content).metadata.title == f"Action plan: {name}"


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://127.0.0.1:9/x", "https://example.example/x", "ftp://example.example/x", "alongside:../settings",
     "alongside:fonts/../../x", "alongside://fonts/regular.ttf", "/etc/passwd", "FILE:///etc/passwd"],
)  # fmt: skip
def test_fetcher_refuses(address, caplog):
    with pytest.raises(fetcher.AddressRefusedError):
        fetcher.make_fetcher()(address)
    assert [record.name for record in caplog.records] == ["documents.fetcher"]
    assert "passwd" not in caplog.text


def test_fetcher_opens_data_and_our_own_files():
    assert fetcher.make_fetcher()("data:text/plain,hello").read() == b"hello"
    assert fetcher.make_fetcher()("alongside:fonts/regular.ttf").read() == fonts.font_file("regular").read_bytes()


def test_a_document_cannot_pull_in_a_local_file(tmp_path, caplog):
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><text y="20">TOPSECRET</text></svg>')
    page = engines["django"].from_string(
        f'<html lang="en"><title>x</title><p>Before</p><img alt="x" src="{secret.as_uri()}"></html>'
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "render_to_string", lambda _template, context: page.render(context))
        pdf = rendering.render_pdf("any.html", {}, language="en-gb")
    assert words(pdf) == "Before x · 1 1"  # the paragraph, the picture's text alternative, the foot of the page
    assert "refused to open a 'file' address" in caplog.text


def test_typed_text_cannot_become_markup():
    pdf = plans.render_action_plan(replace(BARE, student='<img src="file:///etc/passwd" alt="x">'))
    assert 'Action plan: <img src="file:///etc/passwd" alt="x">' in words(pdf)


def failing_import(error):
    """importlib.import_module as on a machine where WeasyPrint cannot be loaded."""
    real = importlib.import_module

    def import_module(name, package=None):
        if name.startswith("weasyprint"):
            raise error
        return real(name, package)

    return import_module


@pytest.mark.parametrize("error", [OSError("cannot load library 'libpango-1.0-0'"), ImportError("no module weasyprint")])
def test_without_pango_the_reason_is_in_words(monkeypatch, error):
    assert rendering.available() == (True, "")
    monkeypatch.setattr(rendering.importlib, "import_module", failing_import(error))
    ready, reason = rendering.available()
    assert ready is False
    assert reason.startswith("PDFs cannot be made on this server yet: the Pango library is missing.")
    monkeypatch.setattr(rendering, "_presses", {})
    assert rendering.warm_up() is False
    with pytest.raises(rendering.PaperUnavailableError, match="Pango"):
        plans.render_action_plan(BARE)
