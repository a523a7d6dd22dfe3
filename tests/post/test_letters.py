"""Every letter of the house: whole in both bodies, silent about what mail must not say, safe against odd names."""

import re
from datetime import date, datetime

import pytest
from bs4 import BeautifulSoup
from django.template import Context

from post import rendering
from post.rendering import LetterError, example_context, letter_keys, letter_names, render_letter

LETTERS = {
    "agreement_to_sign", "check_in_due", "check_in_overdue", "concern_acknowledged", "concern_raised", "declined_coordinator",
    "first_meeting_due", "invitation", "line_manager_review", "line_manager_survey", "mentorship_started", "plan_ready",
    "proposal", "proposal_reminder", "quiet_coordinator", "review_open", "survey_open", "survey_reminder", "training_invite",
    "training_reminder",
}  # fmt: skip
# Their subjects may be read over a shoulder: no name of a person in any of them.
PEOPLE = {
    "inviter_name",
    "other_name",
    "other_names",
    "mentor_name",
    "mentor_names",
    "student_name",
    "student_names",
    "lead_name",
}

every_letter = pytest.mark.parametrize("name", sorted(LETTERS))


def seen(html: str) -> str:
    """The words of an HTML body as one line, without its styles."""
    soup = BeautifulSoup(html, "html.parser")
    for hidden in soup(["style", "title"]):
        hidden.decompose()
    return " ".join(soup.get_text(" ").split())


def test_the_house_has_these_letters():
    assert set(letter_names()) >= LETTERS


@pytest.mark.parametrize("name", letter_names())
def test_subject_is_one_short_line(name):
    subject = render_letter(name, example_context(name)).subject
    assert subject == " ".join(subject.split())
    assert 10 <= len(subject) <= 78
    assert "…" not in subject


@pytest.mark.parametrize("name", letter_names())
def test_both_bodies_greet_link_and_say_who_and_why(name):
    context = example_context(name)
    letter = render_letter(name, context)
    soup = BeautifulSoup(letter.html, "html.parser")
    assert [a["href"] for a in soup("a")] == addresses_in(context)
    assert [line for line in letter.text.splitlines() if line.startswith("https://")] == list(addresses_in_text(context))
    for body in (letter.text, seen(letter.html)):
        for part in (
            f"Hello {context['first_name']},",
            context["organisation"],
            "What happens next",
            "You get this because",
        ):
            assert part in body
    assert soup.html["lang"] == "en-GB"


def addresses_in_text(context):
    """The addresses of a letter: its one link, or one for each thing it lists."""
    return [item["url"] for item in context["items"]] if "items" in context else [context["url"]]


def addresses_in(context):
    """The links of an HTML body: the button, and its address for copying; a list has buttons only."""
    return addresses_in_text(context) if "items" in context else [context["url"]] * 2


@pytest.mark.parametrize("name", letter_names())
def test_the_frame_takes_own_words_and_says_why(name):
    """What any letter may be given besides its contract."""
    own = {"own_subject": "Ours this time, and a little longer than a name may be", "own_text": "Do <b>look</b> in.", "why": "Because of a rule."}
    letter = render_letter(name, example_context(name) | own | {"why_url": "https://alongside.example/r/why/"})
    assert letter.subject == own["own_subject"]
    assert "Do <b>look</b> in." in letter.text
    assert "Do <b>look</b> in." in seen(letter.html)
    for body in (letter.text, seen(letter.html)):
        assert ("Because of a rule." in body, "You get this because" in body) == (True, False)
    assert "https://alongside.example/r/why/" in letter.text
    assert "https://alongside.example/r/why/" in [a["href"] for a in BeautifulSoup(letter.html, "html.parser")("a")]


@pytest.mark.parametrize("name", letter_names())
def test_both_bodies_say_the_same(name):
    """Each sentence of the text is in the HTML."""
    letter = render_letter(name, example_context(name))
    html = seen(letter.html)
    sentences = [line.removeprefix("- ") for line in letter.text.splitlines() if line not in {"", "--", *_listed(name)}]
    assert [line for line in sentences if line.rstrip(":") not in html] == []


def _listed(name):
    """Addresses that stand behind buttons only."""
    context = example_context(name)
    return addresses_in_text(context) if "items" in context else []


@pytest.mark.parametrize("name", letter_names())
def test_bodies_are_tidy(name):
    letter = render_letter(name, example_context(name))
    assert re.findall(r"\{[{%#]|[}%#]\}|None|&amp;|&#|\n\n\n|[ \t]\n", letter.text) == []
    assert re.findall(r"\{\{|\{%|\{#|None|<script|src=|@import|url\(", letter.html) == []


@pytest.mark.parametrize("name", letter_names())
def test_styles_are_on_the_elements_and_the_dark_scheme_is_kept(name):
    soup = BeautifulSoup(render_letter(name, example_context(name)).html, "html.parser")
    assert "background-color: #0f5f5c" in soup.select_one("td.button")["style"]
    assert "prefers-color-scheme: dark" in soup.style.text


@pytest.mark.parametrize("name", letter_names())
def test_a_missing_key_stops_the_letter(name):
    for key in letter_keys(name):
        context = example_context(name)
        del context[key]
        with pytest.raises(LetterError, match=f"^the letter {name} needs {key}$"):
            render_letter(name, context)


class NotingContext(Context):
    """A context that notes which of the caller's keys the templates read (not what they bind themselves)."""

    read: set[str] = set()

    def __getitem__(self, key):
        if not any(key in bound for bound in self.dicts[2:]):  # after Django's own and the caller's
            self.read.add(key)
        return super().__getitem__(key)


@pytest.mark.parametrize("name", letter_names())
def test_templates_read_what_the_contract_lists(name, monkeypatch):
    """Neither a key nobody documented (an `if` would pass over it in silence) nor a documented key nobody reads."""
    monkeypatch.setattr(NotingContext, "read", set())
    monkeypatch.setattr(rendering, "Context", NotingContext)
    render_letter(name, example_context(name))
    assert NotingContext.read - {"language", *rendering.OPTIONAL} - {"item"} == set(letter_keys(name)) - unread(name)


def unread(name):
    """A list's first address is what the letter as a whole leads to; each of its buttons has its own."""
    return {"url"} if "items" in letter_keys(name) else set()


def test_a_hole_in_a_template_is_an_error(settings, tmp_path):
    folder = tmp_path / "templates" / "letters"
    folder.mkdir(parents=True)
    head = '{% comment %}\n  first_name: who = "Gwen"\n{% endcomment %}'
    (folder / "holed.txt").write_text(head + "Hello {{ first_name }}, see you on {{ day }}.")
    (folder / "holed.html").write_text("<p>Hello {{ first_name }}</p>")
    (folder / "holed.subject.txt").write_text("A subject of its own")
    settings.BASE_DIR = tmp_path
    caches = (rendering._html_engine, rendering._text_engine, rendering.letter_keys)
    for cached in caches:
        cached.cache_clear()
    try:
        with pytest.raises(LetterError, match="uses day, which nobody gave it"):
            render_letter("holed", {"first_name": "Gwen"})
        (folder / "holed.txt").write_text(head + "Hello {{ first_name }}.")
        rendering._text_engine.cache_clear()
        assert render_letter("holed", {"first_name": "Gwen"}).text == "Hello Gwen.\n"
    finally:
        for cached in caches:
            cached.cache_clear()


def test_an_unknown_letter_is_an_error():
    for name in ("nothing", "../base", "base"):
        with pytest.raises(LetterError):
            render_letter(name, {})


ODD = {
    "long": "Wilhelmina-Aleksandra van der Brunnenhausen " * 7,
    "markup": '<script>alert(1)</script> O’Brien & "Sons"',
    "break": "Gwen\r\nBcc: everyone@riverside.example",
    "script": "محمد الفارسي 🙂",
}


def with_text(name: str, text: str) -> dict:
    """The letter's example with one odd text in every place that holds a person's or a programme's words."""
    return {key: text if isinstance(value, str) and key != "url" else value for key, value in example_context(name).items()}


@pytest.mark.parametrize("name", letter_names())
@pytest.mark.parametrize("kind", sorted(ODD))
def test_odd_names_do_no_harm(name, kind):
    letter = render_letter(name, with_text(name, ODD[kind]))
    soup = BeautifulSoup(letter.html, "html.parser")
    assert len(letter.subject) <= 78
    assert letter.subject.splitlines() == [letter.subject]
    assert (soup("script"), [a["href"] for a in soup("a")]) == ([], addresses_in(example_context(name)))
    assert " ".join(ODD[kind].split()) in " ".join(letter.text.split())
    assert " ".join(ODD[kind].split()) in seen(letter.html)


@every_letter
def test_subjects_name_nobody(name):
    context = example_context(name)
    marked = {key: f"Zq{key}qZ" if key in PEOPLE else value for key, value in context.items()}
    letter = render_letter(name, marked)
    assert "Zq" not in letter.subject
    assert {key for key in PEOPLE & context.keys() if f"Zq{key}qZ" not in letter.text} == set()


def test_a_concern_stays_out_of_the_mail():
    """Even when the caller hands over more than it should."""
    secrets = {
        "summary": "SECRET-SUMMARY",
        "student_name": "SECRET-STUDENT",
        "raised_by": "SECRET-RAISER",
        "note": "SECRET-NOTE",
    }
    for name in ("concern_raised", "concern_acknowledged"):
        letter = render_letter(name, {**example_context(name), **secrets})
        assert "SECRET" not in letter.subject + letter.text + letter.html
        assert re.search("concern|safeguard|worr", letter.subject, re.IGNORECASE) is None


def test_an_invitation_without_a_programme_reads_well():
    letter = render_letter("invitation", {**example_context("invitation"), "programme": "", "first_name": ""})
    assert letter.text.startswith("Hello,\n\nRosa Whitfield has asked you to join Northfield College. Your role: mentor.\n")
    assert "--\nNorthfield College\nYou get this because" in letter.text


def test_numbers_agree_with_their_nouns():
    one, many = (
        render_letter("check_in_overdue", {**example_context("check_in_overdue"), "days_late": n}).text for n in (1, 3)
    )
    assert ("Tuesday 17 November, yesterday." in one, "Tuesday 17 November, 3 days ago." in many) == (True, True)
    one, many = (
        render_letter("quiet_coordinator", {**example_context("quiet_coordinator"), "days": n}).text for n in (1, 19)
    )
    assert ("no contact is noted for 1 day." in one, "no contact is noted for 19 days." in many) == (True, True)


def test_training_reminder_before_the_first_answer():
    letter = render_letter("training_reminder", {**example_context("training_reminder"), "done": 0})
    assert letter.subject == "Your mentor training is waiting"
    assert "The 10 points of your training are ready whenever you are." in letter.text


def test_proposal_lists_its_reasons_or_nothing():
    context = example_context("proposal")
    full, none = (render_letter("proposal", {**context, "reasons": reasons}) for reasons in (context["reasons"], []))
    assert [li.text for li in BeautifulSoup(full.html, "html.parser")("li")] == context["reasons"]
    assert "- You are both free on Tuesday mornings.\n" in full.text
    assert BeautifulSoup(none.html, "html.parser")("ul") == []


def test_examples_are_of_the_kind_their_key_says():
    for name in letter_names():
        for key, (about, example) in letter_keys(name).items():
            assert about
            if key.endswith(("_on", "_by")):
                assert type(example) is date
            if key.endswith("_at"):
                assert type(example) is datetime


def test_a_long_programme_is_shortened_inside_the_subject():
    letter = render_letter(
        "proposal", {**example_context("proposal"), "programme": "Placements in health and social care " * 8}
    )
    assert letter.subject == "A suggestion for Placements in health and social…: yes or no?"
    assert ("Placements in health and social care " * 8).strip() in letter.text
