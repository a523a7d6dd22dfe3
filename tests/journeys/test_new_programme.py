"""A programme from nothing to its first check-in: each test is a chapter and goes on where the one before it ended."""

import csv
import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from matching.fit import FIT_AXES

from .running import ROOT

COORDINATOR = "coordinator@northfield.example"
SAMPLES = ROOT / "programmes" / "samples" / "northfield"
NAME = "Journey placements"
PASSWORD = "a-long-walk-together-7"
TRAINEE = "jasmine.khan54@employers.example"  # the roster's last mentor, who has no sign-in
TODAY = date.today()


@pytest.fixture(scope="module")
def story():
    """What later chapters need of earlier ones."""
    return SimpleNamespace()


@pytest.fixture
def ruth(walk):
    return walk("coordinator").sign_in(COORDINATOR)


def to_programme(walker, story, section=""):
    return walker.open(f"/o/northfield/programmes/{story.programme}/{section}")


def test_a_programme_is_made_from_a_preset(ruth, story):
    ruth.open("/").follow("Programmes").follow("New programme")
    assert ruth.page.get_by_role("heading", level=2).all_inner_texts()[:1] == ["Industry placement"]
    ruth.follow("Start with this", within=ruth.page.locator("section.card", has_text="Industry placement"))
    start = TODAY - timedelta(days=14)
    ruth.fill(Name=NAME, Starts_on=start.isoformat(), Ends_on=(start - timedelta(days=1)).isoformat())
    ruth.press("Make the programme", status=422)
    expect(ruth.page.get_by_role("alert")).to_contain_text("The programme must end after it starts.")
    assert ruth.page.get_by_label("Name").input_value() == NAME
    ruth.fill(Ends_on=(TODAY + timedelta(weeks=20)).isoformat())
    ruth.press("Make the programme")
    assert ruth.heading == NAME
    story.programme = int(ruth.page.url.rstrip("/").split("/")[-1])
    ruth.sees("A check-in every 14 days")


@pytest.mark.parametrize(("kind", "rows"), [("students", 120), ("mentors", 55), ("placements", 120)])
def test_the_rosters_are_brought_in(ruth, story, kind, rows):
    to_programme(ruth, story, "import/")
    ruth.page.get_by_label("Your file").set_input_files(SAMPLES / f"{kind}.csv")
    ruth.press("Upload and look", then=f"{rows} {kind} will be brought in")
    ruth.press("Yes, bring them in")
    ruth.wait_for_heading("The roster is in")
    ruth.sees(f"brought in {rows} changed 0 the same as before 0 left out 0")


def test_the_same_file_again_changes_nothing(ruth, story):
    to_programme(ruth, story, "import/")
    ruth.page.get_by_label("Your file").set_input_files(SAMPLES / "students.csv")
    ruth.press("Upload and look", then="Nothing in this file is new")
    assert ruth.page.get_by_role("button", name="Yes, bring them in").count() == 0
    ruth.press("Set aside")
    to_programme(ruth, story, "people/")
    assert ruth.heading == "120 students, 55 mentors"


def test_a_file_that_is_none_gets_a_clear_message(ruth, story, tmp_path):
    bad = tmp_path / "holiday.csv"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    to_programme(ruth, story, "import/")
    ruth.page.get_by_label("Your file").set_input_files(bad)
    ruth.press("Upload and look", status=422)
    assert ruth.page.get_by_role("alert").count() == 1


def test_mentors_are_asked_to_train(ruth, story, demo):
    to_programme(ruth, story, "training/")
    assert ruth.heading == "0 of 55 mentors have finished their training"
    known = demo.letters()
    ruth.press("Write to 55 mentors")
    story.invitation = demo.letter(TRAINEE, known=known)
    # A letter of the demo came back from one of the 55 addresses, so nothing more is sent there.
    demo.wait_until(lambda: len(demo.letters()) - len(known) >= 54)
    new = [one for one in demo.letters(subject=story.invitation.subject) if one not in known]
    assert len({one.to for one in new}) == len(new) == 54


def test_a_mentor_comes_in_by_letter_and_trains_on_a_phone(walk, story, demo):
    jasmine = walk("mentor", phone=True)
    jasmine.open(f"/mail/?to={TRAINEE}").follow(story.invitation.subject)
    jasmine.follow(story.invitation.link)
    assert jasmine.heading == "Welcome to Northfield College"
    jasmine.fill(Choose_a_password=PASSWORD, The_same_once_more=PASSWORD)
    jasmine.press("Join")
    demo.cookies[TRAINEE] = jasmine.context.cookies()
    jasmine.follow("Training", exact=True, within=jasmine.page.locator("nav.tabbar, .tabbar"))
    jasmine.follow("Start")
    for aspect in aspects(jasmine)[:3]:
        jasmine.choose(f"value-{aspect}", "covered")
    expect(jasmine.page.locator("[data-saved]")).to_have_attribute("data-state", "saved")

    # Nothing was sent by a button; another day, another browser.
    again = walk("mentor", phone=True).sign_in(TRAINEE).open("/o/northfield/training/")
    again.follow("Carry on")
    again.sees("3 of 10 answered")
    expect(again.page.get_by_role("link", name="Go on with point 4")).to_be_visible()
    again.press("Finish", status=422)
    expect(again.page.get_by_role("alert")).to_contain_text("has no answer yet")
    for aspect in aspects(again)[3:-1]:
        again.choose(f"value-{aspect}", "covered")
    last = aspects(again)[-1]
    again.choose(f"value-{last}", "need")
    again.page.locator(f"[name=note-{last}]").fill("How do people learn on a building site?")
    with again.page.expect_popup() as opening:
        again.page.locator(f"#aspect-{last}").get_by_role("link").click()
    expect(opening.value.locator("h1")).to_be_visible()
    opening.value.close()
    again.press("Finish")
    assert again.heading == "Code of conduct"
    again.fill(Your_full_name="Jasmine Khan")
    again.press("Sign")
    again.sees("Signed. Thank you.", "Code of conduct signed")


def aspects(walker):
    """The keys of the ten aspects, as the form has them."""
    return walker.page.locator("section.aspect").evaluate_all("(all) => all.map((one) => one.id.replace('aspect-', ''))")


def test_training_is_a_condition_unless_the_coordinator_says_why(ruth, story, demo):
    to_programme(ruth, story, "training/")
    assert ruth.heading == "1 of 55 mentors have finished their training"
    row = ruth.page.locator("table.grid tbody tr", has_not_text="background check").first
    ruth.follow(re.compile("."), within=row.get_by_role("rowheader"))
    story.overridden = ruth.heading
    ruth.follow("Match without what is missing")
    assert ruth.heading == f"{story.overridden} and the training"
    ruth.press("Let them be matched", status=422)
    reason = "Trained with us last year; the certificate is on file."
    ruth.page.get_by_label("Why may this mentor be matched all the same?").fill(reason)
    ruth.press("Let them be matched")
    ruth.sees("Ruth Bellamy decided on", f"“{reason}”")
    to_programme(ruth, story, "training/?q=" + story.overridden.split()[0]).sees("Ruth Bellamy on “", f"”: {reason}")
    ruth.sees("2 can be matched now")
    done = demo.backstage("finish_training", "northfield", story.programme, 2)
    story.untrained = done["left"]
    assert (len(done["finished"]), len(story.untrained)) == (51, 2)
    to_programme(ruth, story, "training/")
    assert ruth.heading == "52 of 55 mentors have finished their training"
    counted = re.search(r"(\d+) can be matched now\.(?: (\d+) more waits? only for a background check)?", ruth.words)
    assert sum(int(n or 0) for n in counted.groups()) == 53  # with the one that was decided on


def test_matching_gives_proposals_with_reasons_and_says_why_not(ruth, story):
    to_programme(ruth, story, "matching/")
    assert ruth.heading == "Nobody is matched yet"
    ruth.press("Match now")
    ruth.wait_for_heading(re.compile(r"of 120 students have a proposal"), named="proposals")
    story.matched = int(ruth.heading.split()[0])
    ruth.sees("The best possible total under your rules.")
    rows = ruth.page.locator("table.proposals tbody tr")
    assert rows.count() == min(story.matched, 50)
    assert all(re.search(r"\d", text) for text in ruth.page.locator("table.proposals .score").all_inner_texts())
    assert all(rows.nth(n).locator(".reasons li, .reasons").count() for n in range(3))
    for name in story.untrained:
        ruth.misses(f"with {name}<")
    ruth.follow("Show all")
    assert ruth.heading == f"{120 - story.matched} students without a proposal"
    ruth.look()


def test_the_coordinator_adjusts_and_publishes(ruth, story, demo):
    to_programme(ruth, story, "matching/")
    first = ruth.page.locator("table.proposals a.name").first.inner_text()
    ruth.press(f"Lock the proposal of {first}")
    expect(ruth.page.get_by_role("button", name=f"Unlock the proposal of {first}")).to_have_count(1)

    again = demo.backstage("match_again", "northfield", story.programme)["run"]
    to_programme(ruth, story, "matching/runs/")
    to_programme(ruth, story, f"matching/compare/?run={again - 1}&run={again}").sees(f"Run {again}")

    to_programme(ruth, story, "matching/without-a-mentor/")
    ruth.page.locator("table a.name").first.click()
    ruth.look()
    story.by_hand = ruth.heading
    ruth.follow(re.compile(r"^Choose "), within=ruth.page.locator("table.grid"))
    mentor = ruth.page.locator("#chosen-title").inner_text().partition(" with ")[2]
    expect(ruth.page.locator("#chosen .score").first).to_be_visible()
    if (reason := ruth.page.get_by_label("Why you pair them")).count():  # asked where the pair breaks a rule
        reason.fill("They met at the open day.")
    ruth.press("Pair them")
    to_programme(ruth, story, f"matching/?q={story.by_hand.split()[0]}")
    row = ruth.page.locator("table.proposals tbody tr", has_text=story.by_hand)
    expect(row).to_contain_text(f"with {mentor}")
    expect(row).to_contain_text("By hand")

    to_programme(ruth, story, "matching/")
    ruth.follow("Publish ")
    ruth.press("Send to those ticked")
    ruth.wait_for_heading(re.compile("are agreed"), named="published")
    assert ruth.heading == f"0 of {story.matched + 1} proposals are agreed"
    to_programme(ruth, story, "matching/?q=Jasmine+Khan")
    rows = ruth.page.locator("table.proposals tbody tr", has_text="with Jasmine Khan")
    newcomers = newcomers_by_name()
    story.student = next(name for name in rows.locator("a.name").all_inner_texts() if name in newcomers)
    story.student_email = newcomers[story.student]


def newcomers_by_name():
    """{name: address} of the roster's students who are not in the demo's other programme, and so have no sign-in."""
    with (SAMPLES / "students.csv").open(encoding="utf-8-sig", newline="") as rows:
        return {f"{row['first_name']} {row['last_name']}": row["email"] for row in list(csv.DictReader(rows))[60:]}


def test_both_say_yes_by_the_links_in_their_letters(walk, story, demo):
    gwen = walk("student", phone=True).open(demo.letter(story.student_email).link)
    assert gwen.heading == "Jasmine Khan as your mentor?"
    for axis in FIT_AXES:
        gwen.choose(f"fit_{axis.key}", "unsure" if axis.key == "time" else "yes")
    gwen.press("Go on to yes or no")
    gwen.sees("has not answered the five questions yet")
    gwen.press("Yes", exact=True)
    gwen.sees("You said yes.")
    letter = next(one for one in demo.letters(TRAINEE) if story.student in one.text)
    jasmine = walk("mentor", phone=True).open(letter.link)
    for axis in FIT_AXES:
        jasmine.choose(f"fit_{axis.key}", "yes")
    jasmine.press("Go on to yes or no")
    jasmine.sees("How you both answered")
    jasmine.press("Yes", exact=True)
    jasmine.sees("You have both said yes. Your mentorship has begun.")
    jasmine.open(letter.link).sees("You have both said yes.")  # a used link says what was done


def test_both_settle_and_sign_the_agreement_from_their_letters(walk, story, demo):
    jasmine = walk("mentor", phone=True).open(demo.letter(TRAINEE, "agreement").link)
    jasmine.follow("Answer: it is mostly tapping")
    jasmine.choose("schedule", "fortnightly")
    jasmine.choose("channels", "mail")
    jasmine.press("Save my answers")
    gwen = walk("student", phone=True).open(demo.letter(story.student_email, "agreement").link)
    gwen.follow("Answer: it is mostly tapping")
    gwen.choose("schedule", "fortnightly")
    gwen.choose("channels", "chat")
    gwen.press("Save my answers").sees("You say the same", "To talk about", f"Messages in the chat of work or college. {story.student.split()[0]}")
    gwen.follow(re.compile("^Settle it"))
    gwen.press("Put it to everybody").sees("It is settled once everybody has said yes.", "Waits for Jasmine.")
    jasmine.open(demo.letter(TRAINEE, "agreement").link).follow("Settle it together")
    jasmine.follow(re.compile("^Read and say yes"))
    jasmine.press("Yes, these words fit").sees("Settled by everybody.")
    jasmine.open(demo.letter(TRAINEE, "agreement").link).sees("1 of 7 settled")
    jasmine.fill(Your_full_name="Jasmine Khan")
    jasmine.press("Sign the agreement")
    jasmine.sees("You have signed. It counts once everybody has.")
    gwen.open(demo.letter(story.student_email, "agreement").link).sees("Every second week, about 45 minutes.")
    gwen.fill(Your_full_name=story.student)
    gwen.press("Sign the agreement")
    gwen.sees("signed by everybody on")


def test_student_and_mentor_write_goals_with_the_coach(walk, ruth, story, demo):
    to_programme(ruth, story, "people/").press(re.compile(r"Invite \d+ students"))
    gwen = walk("student", phone=True).open(demo.letter(story.student_email, "Northfield College").link)
    gwen.fill(Choose_a_password=PASSWORD, The_same_once_more=PASSWORD)
    gwen.press("Join")
    demo.cookies[story.student_email] = gwen.context.cookies()
    gwen.open("/o/northfield/mentorships/")
    gwen.follow(story.student, within=gwen.page.locator("main"))
    gwen.sees("Jasmine Khan")
    story.mentorship = gwen.page.url.rstrip("/").split("/")[-1]
    gwen.follow("Write the first goal")
    gwen.page.locator("#id_want").fill("making web pages")
    gwen.press("Next")
    gwen.page.locator("#id_title").fill("Present two web pages to the design team")
    gwen.press("Next")
    gwen.page.locator("#id_first").fill("Choose the two pages")
    gwen.press("Show me the goal")
    title = gwen.page.locator("#id_title")
    expect(title).to_have_value("Present two web pages to the design team")
    title.fill("")
    title.press_sequentially("Get better")
    coach = gwen.page.locator("#coach")
    expect(coach).to_contain_text("Specific: not yet")
    title.fill("Present two tested web pages to the design team")
    gwen.page.locator("#id_measure").fill("Three colleagues used both pages and each found no fault")
    gwen.page.locator("#id_why").fill("I want to become a web designer after my placement")
    gwen.page.locator("#id_due_on").fill((TODAY + timedelta(weeks=6)).isoformat())
    gwen.page.locator("#id_first_step").fill("Choose the two pages with my line manager")
    expect(coach).to_contain_text("All five: this is a SMART goal.")
    gwen.look()
    gwen.press("Save the goal")
    gwen.sees("Present two tested web pages")
    jasmine = walk("mentor", phone=True).sign_in(TRAINEE).open(f"/o/northfield/mentorships/{story.mentorship}/")
    jasmine.follow("Present two tested web pages to the design team")
    jasmine.press("Yes, I agree").sees("Agreed by both")
    jasmine.open(f"/o/northfield/mentorships/{story.mentorship}/").follow("Goal", exact=True)
    jasmine.page.locator("#id_title").fill("Shadow three people in other teams")
    jasmine.press("Save the goal")


NOTE = "A quiet start; the second half went better."


def test_a_check_in_is_logged_on_a_phone_from_the_reminder(walk, story, demo):
    jasmine = walk("mentor", phone=True).sign_in(TRAINEE).open(f"/o/northfield/mentorships/{story.mentorship}/check-ins/")
    jasmine.follow(re.compile("^Set a time"))
    jasmine.page.locator("#id_due_on").fill((TODAY + timedelta(days=1)).isoformat())
    jasmine.press("Save", exact=True)
    before = demo.letters(TRAINEE)
    assert demo.backstage("sweep", "northfield")["queued"] >= 2
    letter = demo.letter(TRAINEE, "Your check-in on", known=before)
    story.check_in_link = letter.link
    phone = walk("mentor-by-link", phone=True).open(letter.link)
    phone.choose("day", "today")
    phone.choose("way", "video")
    phone.choose("minutes", "45")
    phone.choose("mood", "4")
    phone.page.locator("#id_note").fill(NOTE)
    phone.page.get_by_label("I have read what can stay between us and what cannot").check()
    expect(phone.page.locator("[data-saved]")).to_have_attribute("data-state", "saved")
    phone.press("Save check-in")
    phone.sees("This check-in is noted. There is nothing more to do.")
    assert demo.backstage("sweep", "northfield")["queued"] == 0
    ruth = walk("coordinator").sign_in(COORDINATOR).open(f"/o/northfield/mentorships/{story.mentorship}/")
    ruth.sees("45 minutes, video").misses(NOTE)  # a note stays between the two unless its author says otherwise
    jasmine.open(f"/o/northfield/mentorships/{story.mentorship}/").sees(NOTE)


WORRY = "He said quietly that somebody follows him home from the site."


def test_a_concern_reaches_the_lead_only(walk, story, demo):
    phone = walk("mentor-by-link", phone=True).open(story.check_in_link)
    phone.follow("I’m worried")
    phone.page.get_by_label("What happened, or what worries you?").fill(WORRY)
    phone.page.locator("label:has(input[name=urgency])").first.click()
    phone.page.locator("label:has(input[name=category])").first.click()
    known = demo.letters("lead@northfield.example")
    phone.press("Send it")
    letter = demo.letter("lead@northfield.example", known=known)
    assert [one.name for one in demo.letters() if "follows him home" in one.text] == []

    miriam = walk("lead").sign_in("lead@northfield.example").open(letter.link)
    concern = miriam.page.url
    miriam.sees(WORRY, "Who has read it")
    readings = miriam.page.locator("aside").inner_text().count("Miriam Castle")
    miriam.open(concern)
    assert miriam.page.locator("aside").inner_text().count("Miriam Castle") == readings + 1
    miriam.press("Tell them it has arrived")

    ruth = walk("coordinator").sign_in(COORDINATOR).open(concern, status=403).misses(WORRY)
    ruth.open("/o/northfield/concerns/", status=403)
    ruth.open(f"/o/northfield/mentorships/{story.mentorship}/").misses(WORRY)
    to_programme(ruth, story).misses(WORRY)


def test_the_review_is_opened_and_the_line_manager_answers_by_link(walk, ruth, story, demo):
    to_programme(ruth, story, "surveys/")
    ruth.follow("Look at it", within=ruth.page.locator("section", has_text="Mid-point review"))
    known = demo.letters()
    ruth.press("Open it now")
    manager = letter_of_line_manager(demo, known, story)
    ruth.open(ruth.page.url).sees("0 of 3 have answered")
    visitor = walk("line-manager", phone=True).open(manager.link)
    visitor.sees(story.student)
    scales = visitor.page.locator("form input[type=radio][value='4']")
    for name in scales.evaluate_all("(all) => all.map((one) => one.name)"):
        visitor.choose(name, "4")
    expect(visitor.page.locator("[data-saved]")).to_have_attribute("data-state", "saved")
    again = walk("line-manager", phone=True).open(manager.link)
    again.sees("You have begun already. Everything is where you left it.")
    again.press("Send my answers")
    assert again.heading == "Thank you"
    ruth.open(ruth.page.url).sees("1 of 3 have answered")
    assert "Line manager" not in ruth.page.locator("table tbody").inner_text()


def letter_of_line_manager(demo, known, story):
    """The one letter of the three that is for neither student nor mentor."""
    members = (TRAINEE, story.student_email)
    demo.wait_until(lambda: len(demo.letters()) - len(known) >= 3)
    new = [one for one in demo.letters() if one not in known]
    assert len(new) == 3
    return next(one for one in new if not any(member in one.to for member in members))
