"""A mentor without signal: what is written is kept on the phone, sent when there is one, and asks where somebody was quicker."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

MENTOR, STUDENT = "mentor@northfield.example", "student@northfield.example"


@pytest.fixture
def dafydd(walk):
    return walk("mentor", phone=True).sign_in(MENTOR)


def planned(walker, days_ago):
    """One more check-in with Gwen, of a day that has passed; the address where it is noted."""
    walker.open("/o/northfield/mentorships/").follow("Gwen Wójcik").open(walker.page.url + "check-ins/")
    walker.fill(Which_day=str(date.today() - timedelta(days=days_ago))).press("Add to the plan")
    links = walker.page.get_by_role("link", name="Note it").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    return max(links, key=lambda address: int(address.split("/")[4]))


def open_without_signal(walker, address):
    """The form is open, the worker has the empty page, and then the signal goes."""
    walker.open(address)
    walker.page.evaluate("navigator.serviceWorker.ready")
    walker.page.wait_for_function("() => navigator.serviceWorker.controller")
    walker.context.set_offline(True)


def tap(walker, name):
    walker.page.get_by_role("button", name=name).first.tap()


def kept(walker, words, times=1):
    """The phone says this of what it keeps."""
    expect(walker.page.locator("#kept").get_by_text(words)).to_have_count(times, timeout=40_000)


def test_it_is_kept_and_sent(dafydd):
    first, second = planned(dafydd, 9), planned(dafydd, 8)
    dafydd.open(second)
    open_without_signal(dafydd, first)
    dafydd.choose("mood", "4")
    tap(dafydd, "Save check-in")
    kept(dafydd, "waits here and is sent when there is signal")
    dafydd.open("/").sees("No signal just now")
    doors = dafydd.page.get_by_label("Which check-in?")
    assert first not in doors.locator("option").evaluate_all("all => all.map((one) => one.value)")
    doors.select_option(second)
    dafydd.fill(Anything_to_remember="We looked at the scaffold plans.")
    tap(dafydd, "Keep it on this phone")
    kept(dafydd, "waits here and is sent when there is signal", times=2)
    dafydd.context.set_offline(False)
    kept(dafydd, "that was kept on this phone is sent", times=2)
    dafydd.open(second).sees("We looked at the scaffold plans.", "Held")


@pytest.mark.parametrize(("days_ago", "choice", "is_there"), [(7, "Add mine to it", True), (6, "Throw mine away", False)])
def test_it_asks_where_somebody_was_quicker(dafydd, walk, days_ago, choice, is_there):
    address = planned(dafydd, days_ago)
    open_without_signal(dafydd, address)
    dafydd.fill(Anything_to_remember="Gwen was early today.")
    tap(dafydd, "Save check-in")
    kept(dafydd, "waits here")
    walk("student", phone=True).sign_in(STUDENT).open(address).press("Save check-in").sees("Saved. Thank you.")
    dafydd.context.set_offline(False)
    kept(dafydd, "Somebody was quicker")
    tap(dafydd, choice)
    kept(dafydd, "that was kept on this phone is sent", times=int(is_there))
    expect(dafydd.page.get_by_text("Somebody was quicker")).to_have_count(0)
    dafydd.open(address)
    assert ("Gwen was early today." in dafydd.words) == is_there
