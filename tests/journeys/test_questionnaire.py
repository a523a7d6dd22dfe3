"""Before matching: a mentor is asked, answers on the phone, keeps something apart; the coordinator sees the one and not the other."""

MENTOR = "mentor@northfield.example"


def test_a_mentor_answers_and_the_coordinator_sees_it(walk):
    dafydd = walk("mentor", phone=True).sign_in(MENTOR).open("/o/northfield/")
    dafydd.follow("Say what would fit you")
    dafydd.sees("Help us find a student for you", "Needed for matching.")
    dafydd.choose("q-rhythm", "every week")
    dafydd.choose("q-style", "4")
    ticked = dafydd.page.locator("input[name='q-availability']:checked")
    while ticked.count():
        ticked.first.uncheck()
    dafydd.press("Send my answers", status=422).sees("Please tick at least one half day.")
    dafydd.page.get_by_label("Tue pm").check()
    dafydd.press("Send my answers").sees("Your answers are in")
    dafydd.follow("Look at it").sees("About my background", "You can delete it at any time, here.")
    dafydd.choose("faith", "sikh")
    dafydd.press("Keep this for me").sees("Kept for you alone.")
    ruth = walk("coordinator").sign_in("coordinator@northfield.example").open("/o/northfield/programmes/")
    coming = ruth.page.locator("table tbody tr", has_not_text="Running").filter(has_not_text="Journey")
    programme = coming.locator("a.name").first.get_attribute("href")
    ruth.open(f"{programme}questionnaire/").follow("Who has answered")
    ruth.follow("Dafydd Lindqvist").sees("Mentor · answered", "Tue pm", "every week").misses("sikh", "Sikh")
    ruth.open(f"{programme}questionnaire/mentor/").press("Copy and change").sees("not published yet")
    ruth.follow("Add a question").sees("Ask mentors something")
    ruth.open("/o/northfield/journeys/").sees("Journeys between towns")
