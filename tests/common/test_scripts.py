"""The small scripts, in a real browser, on pages made here: no server, every request answered by the test."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

STATIC = Path(__file__).parents[2] / "static"
ADDRESS = "http://alongside.example/"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        # Debian's Chromium where there is one, else Playwright's own; without either this fails, and should.
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """open_page(html, **options) -> the page; page.posts collects the bodies of what it posted, page.answer is the next status."""
    contexts = []

    def opened(html, *, answer=204, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.posts, page.errors, page.status = [], [], answer

        def respond(route):
            request = route.request
            if request.method == "POST":
                page.posts.append((request.url.removeprefix(ADDRESS), request.post_data or ""))
                return route.fulfill(status=page.status, body="")
            return route.fulfill(status=200, content_type="text/html", body=html)

        page.on("pageerror", lambda error: page.errors.append(error))  # noqa: PLW0108  Playwright marks the function it is given
        page.route("**/*", respond)
        page.goto(ADDRESS)
        page.add_script_tag(path=STATIC / "js" / "theme.js")
        page.add_script_tag(path=STATIC / "js" / "house.js")
        page.add_script_tag(path=STATIC / "js" / "forms.js")
        return page

    yield opened
    for context in contexts:
        context.close()


BODY = '<!doctype html><title>Page</title><main id="main" tabindex="-1">{}</main><div id="live"></div>'
AUTOSAVE = BODY.format('<span data-saved data-state=""></span><form method="post" action="sent" data-once data-autosave="draft"><input name="note"><button>Save</button></form>')


def test_typing_is_saved_and_said_so(open_page):
    page = open_page(AUTOSAVE)
    page.fill("[name=note]", "It went well")
    page.wait_for_selector("[data-state=saved]", state="attached")
    assert [where for where, _body in page.posts] == ["draft"]
    assert "It went well" in page.posts[0][1]
    assert page.errors == []


def test_saved_is_not_said_of_what_was_just_chosen(open_page):
    page = open_page(AUTOSAVE.replace('data-state=""', 'data-state="saved"').replace('<input name="note">', '<input type="checkbox" name="covered">'))
    page.evaluate("document.querySelector('[name=covered]').click()")
    assert page.evaluate("document.querySelector('[data-saved]').dataset.state") == "saving"
    page.wait_for_selector("[data-state=saved]", state="attached")
    assert len(page.posts) == 1


def test_a_failed_save_is_said_too(open_page):
    page = open_page(AUTOSAVE, answer=503)
    page.fill("[name=note]", "Lost in a tunnel")
    page.wait_for_selector("[data-state=failed]", state="attached")
    page.status = 204
    page.fill("[name=note]", "Out again")
    page.wait_for_selector("[data-state=saved]", state="attached")
    assert [where for where, _body in page.posts] == ["draft", "draft"]


def test_a_form_is_sent_once(open_page):
    page = open_page(BODY.format('<form method="post" action="sent" data-once><button name="what" value="accept">Accept</button></form>'))
    page.evaluate("() => { const b = document.querySelector('button'); b.click(); b.click(); b.click(); }")
    page.wait_for_timeout(200)
    assert page.posts == [("sent", "what=accept")]


def test_a_form_without_the_guard_shows_that_the_check_above_can_fail(open_page):
    page = open_page(BODY.format('<form method="post" action="sent" target="frame"><button>Accept</button></form><iframe name="frame"></iframe>'))
    page.click("button")
    page.click("button")
    page.wait_for_timeout(200)
    assert len(page.posts) == 2


def test_the_error_summary_is_heard_first_and_leads_to_the_field(open_page):
    page = open_page(
        BODY.format(
            '<div class="error-summary" tabindex="-1" data-focus><a href="#id_name">Name: Please fill this in.</a></div>'
            '<div style="height:3000px"></div><div class="field"><label for="id_name">Name</label><input id="id_name"></div>'
        )
    )
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.click(".error-summary a")
    assert page.evaluate("document.activeElement.id") == "id_name"
    assert page.locator("label").bounding_box()["y"] >= 0


def test_a_part_shows_only_with_its_answer(open_page):
    page = open_page(
        BODY.format(
            '<form><input type="radio" name="when" value="today" id="t" checked><input type="radio" name="when" value="other" id="o">'
            '<div data-when="when=other"><input name="on"></div></form>'
        )
    )
    assert page.is_hidden("[name=on]")
    page.check("#o")
    assert page.is_visible("[name=on]")


def test_no_is_an_answer(open_page):
    page = open_page(BODY.format('<form method="post" action="gone"><button data-confirm="Remove this goal?">Remove</button></form>'))
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.click("button")
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    assert page.posts == []
    page.click("button")
    page.wait_for_timeout(200)
    assert (asked, page.posts) == (["Remove this goal?"] * 2, [("gone", "")])


@pytest.mark.parametrize(("system", "chosen"), [("light", "dark"), ("dark", "light")])
def test_the_colours_somebody_chose_stay(open_page, system, chosen):
    page = open_page(BODY.format("<button data-theme-toggle hidden>Dark colours</button>"), color_scheme=system)
    page.click("button")
    assert page.evaluate("document.documentElement.dataset.theme") == chosen
    assert page.get_attribute("button", "aria-pressed") == str(chosen == "dark").lower()
    page.reload()
    page.add_script_tag(path=STATIC / "js" / "theme.js")
    assert page.evaluate("document.documentElement.dataset.theme") == chosen


def test_cells_know_their_column_when_rows_become_cards(open_page):
    page = open_page(
        BODY.format(
            '<table class="grid"><thead><tr><th>Name</th><th>Score</th><th>State</th></tr></thead>'
            '<tbody><tr><th>Gwen</th><td>58</td><td data-label="">Locked</td></tr></tbody></table>'
        )
    )
    assert page.eval_on_selector_all("td", "cells => cells.map(cell => cell.dataset.label)") == ["Score", ""]
    assert page.eval_on_selector_all("tbody tr > *", "cells => cells.map(cell => cell.getAttribute('role'))") == ["rowheader", "cell", "cell"]


def test_menus_close_with_escape_and_with_a_click_elsewhere(open_page):
    page = open_page(BODY.format('<details data-menu><summary>Menu</summary><a href="#">People</a></details><p>Elsewhere</p>'))
    page.click("summary")
    page.keyboard.press("Escape")
    assert page.evaluate("[document.querySelector('details').open, document.activeElement.tagName]") == [False, "SUMMARY"]
    page.click("summary")
    page.click("p")
    assert page.evaluate("document.querySelector('details').open") is False
