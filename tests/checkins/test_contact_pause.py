"""Contact paused: told in neutral words, nothing planned, noted or reminded of; resumed or ended by who looks after it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from checkins.models import Concern, Note
from checkins.services import concerns as service
from checkins.services import planning, reminder_events
from checkins.services.attention import attention_list
from checkins.services.notes import write_note
from matching.models import ContactPause, Mentorship
from matching.services import contact
from matching.services.refused import Refused
from organisations.services.links import make_link
from post.models import Letter
from tests.checkins.helpers import check_in

CANARY = "KANARIE-20be"


@pytest.fixture
def row(northfield):
    with northfield.scope():
        return service.raise_concern(
            by=northfield.people["student"], urgency="soon", category="safety", text=CANARY, mentorship=northfield.mentorship
        )


def url(name, *args):
    return reverse(f"checkins:{name}", args=["northfield", *args])


def fresh(house):
    return Mentorship.objects.select_related("programme", "organisation").get(pk=house.mentorship.pk)


def test_the_lead_pauses_and_everybody_reads_the_same_neutral_words(northfield, row, sign_in):
    for _twice in range(2):
        assert sign_in(northfield.lead).post(url("concern", row.pk), {"pause": "1"}).status_code == 302
    with northfield.scope():
        letters = Letter.objects.filter(name="contact_paused")
        assert {one.to_email for one in letters} == {"mentor@northfield.example", "student@northfield.example"}
        assert len(letters) == 2
        for letter in letters:
            said = letter.subject + letter.text
            assert [word for word in (CANARY, "oncern", "ead Example", "tudent Example", "afeguard") if word in said] == []
        event = Event.objects.get(verb="contact paused")
        assert (event.actor_name, event.actor_id) == ("", None)
    for role in ("mentor", "student", "coordinator", "tutor"):
        page = sign_in(northfield.people[role]).get(reverse("home:mentorship", args=["northfield", northfield.mentorship.pk])).content.decode()
        assert ("Contact is paused for now" in page, CANARY in page, "A concern of" in page) == (True, False, False)


def test_while_paused_nothing_reaches_the_other_and_nothing_is_planned(northfield, row):
    with northfield.scope():
        planned = check_in(northfield)
        contact.pause_contact(mentorship=northfield.mentorship, why="lead", by=None)
        people = {role: northfield.people[role] for role in ("mentor", "student")}
        for visibility, goes in [("mentorship", False), ("coordinators", False), ("only_me", True), ("lead", True)]:
            try:
                write_note(mentorship=fresh(northfield), text="x", visibility=visibility, by=people["mentor"])
            except Refused:
                assert not goes
            else:
                assert goes
        assert Note.objects.count() == 2
        with pytest.raises(Refused):
            planning.add_check_in(mentorship=fresh(northfield), due_on=timezone.localdate() + dt.timedelta(days=2), by=people["student"])
        with pytest.raises(Refused):
            planning.move_check_in(check_in=planned, due_on=planned.due_on + dt.timedelta(days=1), by=people["student"])


def test_reminders_stop_and_begin_again(northfield, row):
    with northfield.scope():
        planned = check_in(northfield)
        assert planned in reminder_events._planned()
        contact.pause_contact(mentorship=northfield.mentorship, why="lead", by=None)
        assert planned not in reminder_events._planned()
        assert northfield.mentorship not in Mentorship.objects.in_contact()
        assert northfield.other_mentorship in Mentorship.objects.in_contact()
        quiet = [one for one in attention_list(membership=northfield.people["coordinator"], programme=northfield.programme, today=timezone.localdate() + dt.timedelta(days=90)) if "Student" in one.who]
        contact.resume_contact(mentorship=northfield.mentorship, why="lead", by=None)
        assert planned in reminder_events._planned()
        back = [one for one in attention_list(membership=northfield.people["coordinator"], programme=northfield.programme, today=timezone.localdate() + dt.timedelta(days=90)) if "Student" in one.who]
        assert (quiet, len(back) > 0) == ([], True)


def test_the_link_of_a_check_in_says_that_contact_is_paused(northfield, row, client):
    with northfield.scope():
        planned = check_in(northfield)
        _link, token = make_link("check-in", planned.pk, membership=northfield.people["mentor"])
        contact.pause_contact(mentorship=northfield.mentorship, why="lead", by=None)
    page = reverse("checkins:log_by_link", args=[token])
    for answer in (client.get(page), client.post(page, {"day": "today", "way": "phone", "minutes": "30", "next": "none", "visibility": "only_me"})):
        assert (answer.status_code, "Contact is paused for now" in answer.content.decode()) == (200, True)
    with northfield.scope():
        planned.refresh_from_db()
        assert planned.is_planned


def test_whoever_raises_it_may_have_contact_paused_at_once(northfield, sign_in):
    client = sign_in(northfield.people["student"])
    page = url("concern_raise", northfield.mentorship.pk)
    assert "Pause contact between us at once" in client.get(page).content.decode()
    sent = {"text": CANARY, "urgency": "now", "category": "unsure", "pause": "on"}
    assert client.post(page, sent).status_code == 302
    with northfield.scope():
        assert ContactPause.objects.standing().count() == 1
        concern = Concern.objects.get()
        assert "Whoever raised it asked for contact to be paused at once." in [one.text for one in concern.notes.all()]
    assert "Pause contact between us at once" not in client.get(page).content.decode()
    assert "Pause contact between us at once" not in client.get(url("concern_raise")).content.decode()


def test_the_lead_lets_it_go_on_or_ends_it(northfield, row, sign_in):
    client = sign_in(northfield.lead)
    for press in ("pause", "resume", "pause", "end"):
        assert client.post(url("concern", row.pk), {press: "1"}).status_code == 302
    with northfield.scope():
        mentorship = fresh(northfield)
        assert (mentorship.status, mentorship.pause) == ("ended_with_concern", None)
        names = list(Letter.objects.exclude(name__startswith="concern").order_by("id").values_list("name", flat=True).distinct())
        assert set(names) == {"contact_paused", "contact_resumed", "mentorship_over"}
        over = Letter.objects.filter(name="mentorship_over").first()
        assert [word for word in (CANARY, "oncern", "ead Example") if word in over.subject + over.text] == []


@pytest.mark.parametrize("role", ["owner", "coordinator", "tutor", "mentor", "student"])
def test_nobody_else_pauses_or_resumes(northfield, row, sign_in, role):
    with northfield.scope():
        contact.pause_contact(mentorship=northfield.mentorship, why="lead", by=None)
    for press in ("resume", "end"):
        assert sign_in(northfield.people[role]).post(url("concern", row.pk), {press: "1"}).status_code == 403
    with northfield.scope():
        assert ContactPause.objects.standing().count() == 1
