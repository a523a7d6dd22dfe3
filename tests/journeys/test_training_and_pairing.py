"""The coordinator's pages of training and matching on the demo's programme, and the mentor's: each is looked at once."""

from .test_running_programme import MENTOR, autumn, ruth

__all__ = ["ruth"]


def test_events_supervision_and_the_library(ruth, walk):
    programme = autumn(ruth).page.url
    ruth.open(f"{programme}events/")
    ruth.open(ruth.page.locator("main tbody a[href*='/events/']").first.get_attribute("href"))
    ruth.open(f"{programme}supervision/").open(f"{programme}events/add/").press("Plan it", status=422)
    ruth.open("/o/northfield/resources/").open("/o/northfield/resources/add/link/")
    ruth.press("Put it on the shelf", status=422).sees("Choose whom it is for.")
    dafydd = walk("mentor", phone=True).sign_in(MENTOR).open("/o/northfield/resources/")
    for place in ("events/", "supervision/", ""):
        dafydd.open(f"/o/northfield/training/{place}")


def test_exclusions_and_a_hand_over(ruth):
    programme = autumn(ruth).page.url
    ruth.open(f"{programme}matching/exclusions/").fill(Student="zzz", Mentor="zzz")
    ruth.press("Add to the list", status=422).sees("Nobody of this name takes part here.")
    ruth.open(f"{programme}matching/out/").open(f"{programme}matching/runs/").open(f"{programme}training/")
    mentor = ruth.page.get_by_role("link", name="Dafydd Lindqvist").first.get_attribute("href").strip("/").split("/")[-1]
    ruth.open(f"{programme}mentors/{mentor}/hand-over/").sees("Who carries it on?")
