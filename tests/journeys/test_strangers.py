"""Somebody without an account, trying addresses; and links that no longer open anything."""

import pytest

NEWCOMER, PASSWORD = "tutor1@riverside.example", "only-once-and-never-more"


@pytest.mark.parametrize("path", ["/o/northfield/", "/o/northfield/people/", "/o/northfield/mentorships/1/"])
def test_a_stranger_is_asked_to_sign_in(walk, path):
    stranger = walk("stranger").open(path)
    assert stranger.heading == "Sign in"
    stranger.misses("Northfield College")


@pytest.mark.parametrize(
    "path",
    [
        "/o/northfield/mentorships/999999999/",
        "/o/riverside/",
        "/o/riverside/people/",
        "/o/riverside/mentorships/1/",
        "/o/nowhere/",
        "/wp-login.php",
        "/r/abc/join/",
        "/r/WzEsMSwieCJd:altered/check-in/",
    ],
)
def test_what_is_not_there_or_not_theirs_is_not_found(walk, path):
    gwen = walk("student", phone=True).sign_in("student@northfield.example").open(path, status=404)
    gwen.misses("Riverside Sixth Form")


def test_links_that_are_over_get_a_calm_page(walk, demo):
    tom = (
        walk("coordinator-r")
        .sign_in("coordinator@riverside.example")
        .open("/o/riverside/people/?q=Sousa")
        .follow("Beatriz Sousa")
    )
    tom.press("Invite")
    first = demo.letter(NEWCOMER)
    token = first.link.split("/r/")[1].split("/")[0]
    visitor = walk("visitor", phone=True).open(first.link)
    assert visitor.heading == "Welcome to Riverside Sixth Form"
    visitor.open(first.link.replace(token, token[:-2] + ("aa" if token[-2:] != "aa" else "bb")), status=404)
    visitor.open(first.link.replace("/join/", "/check-in/"), status=404)  # a link opens the one page it was made for
    demo.backstage("end_link", "riverside", token, "expire")
    visitor.open(first.link, status=410).sees("This link no longer works", "It worked until")
    demo.backstage("end_link", "riverside", token, "revoke")
    visitor.open(first.link, status=410).sees("It was taken back, or a newer one has been sent.")

    tom.open(tom.page.url).press("Invite")
    second = demo.letter(NEWCOMER, known=[first])
    visitor.open(second.link).fill(Choose_a_password=PASSWORD, The_same_once_more=PASSWORD)
    visitor.press("Join")
    walk("visitor", phone=True).open(second.link).sees("You have joined already", "This link has done its work.")
