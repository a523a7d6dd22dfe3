"""A mentor without signal: what is written is kept on the phone, sent when there is one, and asks where somebody was quicker."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

MENTOR, STUDENT = "mentor@northfield.example", "student@northfield.example"
WAITS, SENT, QUICKER = "waits here and is sent when there is signal", "that was kept on this phone is sent", "Somebody was quicker"


@pytest.fixture
def dafydd(walk):
    return walk("mentor", phone=True).sign_in(MENTOR)


def planned(walker, *days_ago):
    """More check-ins with Gwen, of days that have passed; the addresses where they are noted."""
    walker.open("/o/northfield/mentorships/").follow("Gwen Wójcik").open(walker.page.url + "check-ins/")
    found = []
    for days in days_ago:
        walker.fill(Which_day=str(date.today() - timedelta(days=days))).press("Add to the plan")
        links = walker.page.get_by_role("link", name="Note it").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
        found.append(max(links, key=lambda address: int(address.split("/")[4])))
    return found


def lose_signal(walker):
    walker.page.evaluate("navigator.serviceWorker.ready")
    walker.page.wait_for_function("() => navigator.serviceWorker.controller")
    walker.context.set_offline(True)


def tap(part, name):
    part.get_by_role("button", name=name).first.tap()


def kept(walker, words, times=1):
    """The phone says this of what it keeps."""
    expect(walker.page.locator("#kept").get_by_text(words)).to_have_count(times, timeout=40_000)


def write_without_signal(walker, address, words):
    """On the page that stands in for every other."""
    walker.open("/").sees("No signal just now")
    walker.page.get_by_label("Which check-in?").select_option(address)
    walker.fill(Anything_to_remember=words)
    tap(walker.page, "Keep it on this phone")


def test_it_is_kept_and_sent(dafydd):
    first, second = planned(dafydd, 9, 8)
    dafydd.open(second).open(first)
    lose_signal(dafydd)
    dafydd.choose("mood", "4")
    tap(dafydd.page, "Save check-in")
    kept(dafydd, WAITS)
    write_without_signal(dafydd, second, "We looked at the scaffold plans.")
    kept(dafydd, WAITS, times=2)
    assert dafydd.page.get_by_label("Which check-in?").locator(f"option[value='{first}']").count() == 0
    dafydd.context.set_offline(False)
    kept(dafydd, SENT, times=2)
    dafydd.open(second).sees("We looked at the scaffold plans.", "Held")


def test_it_asks_where_somebody_was_quicker(dafydd, walk):
    third, fourth = planned(dafydd, 7, 6)
    dafydd.open(fourth).open(third)
    lose_signal(dafydd)
    dafydd.fill(Anything_to_remember="Gwen was early.")
    tap(dafydd.page, "Save check-in")
    kept(dafydd, WAITS)
    write_without_signal(dafydd, fourth, "Gwen was late.")
    kept(dafydd, WAITS, times=2)
    gwen = walk("student", phone=True).sign_in(STUDENT)
    for address in (third, fourth):
        gwen.open(address).press("Save check-in").sees("Saved. Thank you.")
    dafydd.context.set_offline(False)
    kept(dafydd, QUICKER, times=2)
    tap(dafydd.page.locator("#kept [data-id]", has_text="Gwen was late."), "Throw mine away")
    tap(dafydd.page.locator("#kept [data-id]", has_text="Gwen was early."), "Add mine to it")
    kept(dafydd, SENT)
    kept(dafydd, QUICKER, times=0)
    gwen.open(third).sees("Gwen was early.").open(fourth)
    assert "Gwen was late." not in gwen.words
