"""Before matching: a mentor puts students in order on the phone, and the coordinator matches by what people have chosen."""

MENTOR = "mentor@northfield.example"


def test_a_mentor_chooses_and_the_coordinator_matches_by_it(walk):
    dafydd = walk("mentor", phone=True).sign_in(MENTOR).open("/o/northfield/")
    dafydd.follow("Say which student you could help best")
    dafydd.sees("Which student could you help best?", "Nobody on this page sees your order")
    names = dafydd.page.locator(".ranked h2")
    before = names.all_inner_texts()
    assert len(before) > 2
    dafydd.page.locator(".ranked > li:nth-of-type(2) [id^='up-']").click()  # without loading the page anew
    dafydd.page.wait_for_function("was => document.querySelector('.ranked h2').innerText !== was", arg=before[0])
    after = names.all_inner_texts()
    assert [one.split("\n")[-1] for one in after] == [one.split("\n")[-1] for one in (before[1], before[0], *before[2:])]
    assert dafydd.page.evaluate("document.activeElement.id").startswith("up-")
    dafydd.page.reload()
    assert names.all_inner_texts() == after
    dafydd.press("This is my order").sees("Thank you, your order is kept")
    ruth = walk("coordinator").sign_in("coordinator@northfield.example").open("/o/northfield/programmes/")
    coming = ruth.page.locator("table tbody tr", has_not_text="Running").filter(has_not_text="Journey")
    programme = coming.locator("a.name").first.get_attribute("href")
    ruth.open(f"{programme}choosing/").sees("have chosen", "Dafydd Lindqvist", "Coordinators only")
    ruth.follow("Timetable").sees("Who meets whom, and when", "16:00")
    ruth.open(f"{programme}choosing/").follow("Close it now")
    ruth.press("Close it").sees("The round is closed")
    ruth.press("Match by their choices", then="have a proposal")
    ruth.sees("Run 1.")
