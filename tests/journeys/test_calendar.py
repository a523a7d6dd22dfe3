"""A time is found: the student has proposed three, the mentor picks one on the phone; both have it in their calendars."""

MENTOR, STUDENT = "mentor@northfield.example", "student@northfield.example"


def test_a_time_is_picked_and_calendars_follow(walk):
    dafydd = walk("mentor", phone=True).sign_in(MENTOR).open("/o/northfield/mentorships/")
    dafydd.follow("Gwen Wójcik")
    plan = dafydd.page.url + "check-ins/"
    dafydd.open(plan).sees("Winter break").follow("See them")
    dafydd.sees("I am on the late shift that week", "Which time suits you?")
    dafydd.press("Pick this").sees("The time is settled", "It is in your calendars.")
    dafydd.follow("See the plan").sees("Time settled")
    dafydd.fill(Which_day="2020-01-01", At_what_time="10:00", How_long="900").press("Add to the plan").sees("Give 1 to 600 minutes.")
    gwen = walk("student", phone=True).sign_in(STUDENT).open(plan)
    gwen.follow("Propose times").sees("Two or three are enough.")
    gwen.open("/o/northfield/me/").follow("Put my check-ins in my calendar")
    gwen.press("Make my address").sees("Your private address")
    ruth = walk("coordinator").sign_in("coordinator@northfield.example").open("/o/northfield/programmes/")
    running = ruth.page.locator("table tbody tr", has_text="Running").filter(has_not_text="Journey")
    programme = running.locator("a.name").first.get_attribute("href")
    ruth.open(programme + "check-ins/").sees("Winter break").follow("Keep holidays").sees("All programmes")
