"""One mentor and three students: published as a group, accepted from the letters, signed by all, met with one away."""

import re

from matching.fit import FIT_AXES

MENTOR, COORDINATOR = "mentor@riverside.example", "coordinator@riverside.example"


def say_yes(walker, letter):
    walker.open(letter.link)
    for axis in FIT_AXES:
        walker.choose(f"fit_{axis.key}", "yes")
    walker.press("Go on to yes or no")
    return walker.press("Yes", exact=True)


def test_a_group_from_its_proposal_to_its_first_check_in(walk, demo):
    group = demo.backstage("make_group", "riverside")
    tom = walk("coordinator").sign_in(COORDINATOR).open(f"/o/riverside/programmes/{group['programme']}/matching/")
    tom.sees("1 group", "Nadia Rahman with 3 students").follow("Publish 3")
    tom.sees("4 letters go out.", "each mentor one about their whole group").press("Send to those ticked")
    nadia = say_yes(walk("mentor", phone=True), demo.letter(MENTOR, "A group for Journey"))
    nadia.sees("The group begins when everybody has answered")
    for email, _name in group["students"]:
        student = say_yes(walk("student", phone=True), demo.letter(email, "A suggestion for Journey"))
    student.sees("Your group has begun.")

    people = [*group["students"], [MENTOR, "Nadia Rahman"]]
    for email, name in people:
        signer = walk("signer", phone=True).open(demo.letter(email, "agreement").link)
        signer.sees("What stays in the group, and what does not").fill(Your_full_name=name).press("Sign the agreement")
    signer.sees("signed by everybody on")

    amira = group["students"][0][1]
    nadia = walk("mentor", phone=True).sign_in(MENTOR).open("/o/riverside/mentorships/")
    nadia.follow(re.compile(amira)).follow(re.compile("^Next:"))
    for name, value in (("day", "today"), ("way", "video"), ("minutes", "45"), ("present", group["away"])):
        nadia.choose(name, str(value))
    nadia.press("Save check-in").sees("Was not there")
    away = nadia.page.url
    tom.open(away).sees("Was not there", f"{amira} Was there")
