"""Concerns: read by the lead and whom they share with, each reading recorded; a canary shows nothing leaks."""

import datetime as dt

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from audit.models import AccessLog, Event
from checkins.models import Concern, ConcernNote, ConcernShare
from checkins.services import concerns as service
from checkins.services import record, sharing
from checkins.services.attention import attention_list
from matching.services.refused import Refused
from organisations.models import Membership
from post.models import Letter
from post.rendering import example_context
from post.services.outbox import queue_letter
from tests import factories as make
from tests.queries import MOST, count_queries

CANARY = "KANARIE-7f3a"


def raised(house, role="student", **fields):
    fields = {"urgency": "soon", "category": "safety", "text": CANARY, "mentorship": house.mentorship, **fields}
    return service.raise_concern(by=house.people[role], **fields)


def url(name, *args):
    return reverse(f"checkins:{name}", args=["northfield", *args])


@pytest.mark.parametrize("role", ["mentor", "student", "tutor", "coordinator", "owner"])
def test_anybody_raises_one_with_or_without_a_mentorship(northfield, sign_in, role):
    client = sign_in(northfield.people[role])
    page = client.get(url("concern_raise"))
    assert "Lead Example reads it" in page.content.decode()
    answer = client.post(url("concern_raise"), {"text": CANARY, "urgency": "now", "category": "boundaries"})
    assert (answer.status_code, answer.url) == (302, url("my_concerns"))
    with northfield.scope():
        kept = Concern.objects.values_list("text", "raised_by", "mentorship", "urgency", "category").get()
        assert kept == (CANARY, northfield.people[role].pk, None, "now", "boundaries")
    mine = client.get(url("my_concerns")).content.decode()
    assert ("You raised a concern on" in mine, CANARY in mine) == (True, False)


def test_not_from_a_mentorship_one_cannot_see(northfield, riverside, sign_in):
    client = sign_in(northfield.people["student"])
    sent = {"text": CANARY, "urgency": "now", "category": "boundaries"}
    assert client.post(url("concern_raise", northfield.other_mentorship.pk), sent).status_code == 403
    assert client.post(url("concern_raise", 10**9), sent).status_code == 404
    assert client.post(reverse("checkins:concern_raise", args=["riverside"]), sent).status_code == 404
    with northfield.scope():
        assert Concern.objects.count() == 0


def test_pressing_twice_is_one_concern_and_another_worry_a_second(northfield):
    with northfield.scope():
        assert raised(northfield).pk == raised(northfield).pk
        raised(northfield, text="Something else")
        raised(northfield, role="mentor")
        assert Concern.objects.count() == 3


def test_the_lead_gets_a_letter_that_says_nothing(northfield):
    with northfield.scope():
        raised(northfield)
        letter = Letter.objects.get()
        assert (letter.name, letter.to_email) == ("concern_raised", "lead@northfield.example")
        said = letter.subject + letter.text + letter.html
        assert [word for word in (CANARY, "Student Example", "student@", "Mentor Example") if word in said] == []


def test_without_a_lead_the_owners_are_asked_to_name_one(northfield, sign_in):
    with northfield.scope():
        Membership.objects.update(is_safeguarding_lead=False)
        raised(northfield)
        assert list(Letter.objects.values_list("name", "to_email")) == [("concern_without_lead", "owner@northfield.example")]
        assert CANARY not in Letter.objects.get().text
    page = sign_in(northfield.people["student"]).get(url("concern_raise")).content.decode()
    assert "Nobody is named just now" in page


def test_reading_is_recorded_before_it_is_shown(northfield, sign_in):
    with northfield.scope():
        row, other = raised(northfield), raised(northfield, text="Another")
    page = sign_in(northfield.lead).get(url("concern", row.pk))
    assert CANARY in page.content.decode()
    assert "Another" not in page.content.decode()
    assert page["Cache-Control"].find("no-store") >= 0
    with northfield.scope():
        logged = AccessLog.objects.values_list("what", "object_type", "object_id", "actor_id", "actor_name").get()
        assert logged == ("concern", "checkins.concern", row.pk, northfield.lead.user_id, "Lead Example")
        assert not AccessLog.objects.filter(object_id=other.pk).exists()
    assert "Lead Example" in page.content.decode()


@pytest.mark.parametrize("role", ["owner", "coordinator", "tutor", "mentor", "student"])
def test_nobody_else_reads_or_acts(northfield, sign_in, role):
    with northfield.scope():
        row = raised(northfield)
    client = sign_in(northfield.people[role])
    for name, args in [("concerns", []), ("concern", [row.pk]), ("shared_concern", [row.pk])]:
        assert client.get(url(name, *args)).status_code == 403
    for act in ("acknowledge", "close", "share", "note"):
        sent = {act: "1", "outcome": "x", "text": "x", "membership": northfield.people[role].pk}
        assert client.post(url("concern", row.pk), sent).status_code == 403
    with northfield.scope():
        row.refresh_from_db()
        assert (row.acknowledged_at, row.closed_at, ConcernShare.objects.count(), ConcernNote.objects.filter(is_step=False).count()) == (None, None, 0, 0)
        assert AccessLog.objects.count() == 0


def test_another_organisations_lead_finds_nothing(northfield, riverside, sign_in):
    with northfield.scope():
        row = raised(northfield)
    client = sign_in(riverside.lead)
    assert client.get(url("concern", row.pk)).status_code == 404
    assert client.get(reverse("checkins:concern", args=["riverside", row.pk])).status_code == 404


# Pages of other apps that list what happened or who is who: all must keep silent. A page that is gone fails here.
ELSEWHERE = [
    ("home:today", lambda house: []),
    ("home:my_mentorships", lambda house: []),
    ("home:mentorship", lambda house: [house.mentorship.pk]),
    ("home:mentorships", lambda house: [house.programme.pk]),
    ("organisations:history", lambda house: []),
    ("organisations:readings", lambda house: []),
    ("organisations:letters", lambda house: []),
    ("organisations:people", lambda house: []),
    ("organisations:me", lambda house: []),
    ("checkins:plan", lambda house: [house.mentorship.pk]),
    ("checkins:my_concerns", lambda house: []),
    ("checkins:reminders_preview", lambda house: [house.programme.pk]),
]


@pytest.mark.parametrize("role", ["owner", "coordinator", "tutor", "mentor", "student", "lead"])
def test_the_words_of_a_concern_are_on_no_other_page(northfield, sign_in, role):
    with northfield.scope():
        row = raised(northfield)
        record.add_note(concern=row, text=CANARY, by=northfield.lead)
        service.acknowledge_concern(concern=row, by=northfield.lead)
        service.close_concern(concern=row, outcome=CANARY, by=northfield.lead)
        record.open_for_reading(concern=row, by=northfield.lead)
    client, opened = sign_in(northfield.people[role]), 0
    for name, args in ELSEWHERE:
        try:
            page = client.get(reverse(name, args=["northfield", *args(northfield)]))
        except NoReverseMatch:
            assert not name.startswith("checkins:")  # a neighbour's page that is not there yet
            continue
        opened += page.status_code == 200
        assert CANARY not in page.content.decode()
        if role != "lead":
            assert "concern raised" not in page.content.decode()
    assert opened >= (1 if role == "lead" else 2)
    with northfield.scope():
        assert [one for one in Letter.objects.all() if CANARY in one.text + one.html + one.subject] == []
        assert [one for one in Event.objects.all() if CANARY in str(one.data)] == []


def test_the_event_of_raising_does_not_say_who(northfield):
    with northfield.scope():
        raised(northfield)
        event = Event.objects.get(verb="concern raised")
        assert (event.actor_id, event.actor_name, event.data) == (None, "", {})


def test_sharing_and_stopping(northfield, sign_in):
    tutor = northfield.people["tutor"]
    with northfield.scope():
        row = raised(northfield)
    lead = sign_in(northfield.lead)
    assert lead.post(url("concern", row.pk), {"share": "1", "membership": northfield.people["student"].pk}).status_code == 200
    assert lead.post(url("concern", row.pk), {"share": "1", "membership": tutor.pk}).status_code == 302
    assert lead.post(url("concern", row.pk), {"share": "1", "membership": tutor.pk}).status_code == 302
    with northfield.scope():
        share = ConcernShare.objects.get()
        letters = Letter.objects.filter(name="concern_shared")
        assert {(one.to_email, CANARY in one.text) for one in letters} == {("tutor@northfield.example", False)}
    reader = sign_in(tutor)
    page = reader.get(url("shared_concern", row.pk))
    assert (page.status_code, CANARY in page.content.decode(), "Close the concern" in page.content.decode()) == (200, True, False)
    assert url("shared_concern", row.pk) in reader.get(url("my_concerns")).content.decode()
    assert reader.get(url("concern", row.pk)).status_code == 403
    assert reader.post(url("share_stop", share.pk)).status_code == 403
    assert sign_in(northfield.lead).post(url("share_stop", share.pk)).status_code == 302
    assert sign_in(tutor).get(url("shared_concern", row.pk)).status_code == 403
    with northfield.scope():
        assert AccessLog.objects.filter(actor_id=tutor.user_id).count() == 1


def test_acknowledging_tells_once_and_drops_the_leads_letter(northfield, sign_in):
    with northfield.scope():
        row = raised(northfield)
    client = sign_in(northfield.lead)
    for _press in range(2):
        assert client.post(url("concern", row.pk), {"acknowledge": "1"}).status_code == 302
    with northfield.scope():
        letters = list(Letter.objects.order_by("id").values_list("name", "to_email", "status"))
    assert letters == [
        ("concern_raised", "lead@northfield.example", "dropped"),
        ("concern_acknowledged", "student@northfield.example", "waiting"),
    ]
    assert "confirmed it on" in sign_in(northfield.people["student"]).get(url("my_concerns")).content.decode()


def test_closing_needs_an_outcome_and_ends_sharing(northfield, sign_in):
    with northfield.scope():
        row = raised(northfield)
        sharing.share_concern(concern=row, membership=northfield.people["tutor"], by=northfield.lead)
    client = sign_in(northfield.lead)
    assert list(client.post(url("concern", row.pk), {"close": "1"}).context["close_form"].errors) == ["outcome"]
    assert client.post(url("concern", row.pk), {"close": "1", "outcome": "Talked to both"}).status_code == 302
    with northfield.scope():
        row.refresh_from_db()
        assert (row.outcome, ConcernShare.objects.filter(ended_at=None).count()) == ("Talked to both", 0)
        with pytest.raises(Refused):
            service.close_concern(concern=row, outcome="Again", by=northfield.lead)
        with pytest.raises(Refused):
            sharing.share_concern(concern=row, membership=northfield.people["tutor"], by=northfield.lead)


def test_the_attention_list_says_only_that_there_is_one(northfield):
    today = timezone.localdate()
    with northfield.scope():
        raised(northfield)
        lead = [(one.kind, one.who, one.why) for one in attention_list(membership=northfield.lead, today=today)]
        others = [
            one.kind
            for role in ("owner", "coordinator", "tutor", "mentor", "student")
            for one in attention_list(membership=northfield.people[role], programme=northfield.programme, today=today)
        ]
    assert lead == [("concern", "A concern was raised", "")]
    assert "concern" not in others
    assert others.count("unmatched") == 0


def test_the_list_costs_the_same_for_many(northfield, sign_in):
    client, counts = sign_in(northfield.lead), []
    for _round in range(2):
        with northfield.scope():
            for n in range(3):
                make.ConcernFactory(raised_by=northfield.people["student"], mentorship=northfield.mentorship, text=f"{n}")
        counts.append(count_queries(client, url("concerns")))
    assert counts[0] == counts[1] <= MOST


def test_open_ones_stand_first(northfield, sign_in):
    with northfield.scope():
        rows = [make.ConcernFactory(raised_by=northfield.people["student"], closed_at=at) for at in (None, timezone.now(), None)]
        Concern.objects.filter(pk=rows[0].pk).update(raised_at=timezone.now() - dt.timedelta(days=9))
    page = sign_in(northfield.lead).get(url("concerns")).context["page"]
    assert [one.pk for one in page] == [rows[2].pk, rows[0].pk, rows[1].pk]


@pytest.fixture
def came_back(northfield):
    """Two letters about a concern and one about something else that could not be delivered."""
    with northfield.scope():
        concern = raised(northfield)
        service.acknowledge_concern(concern=concern, by=northfield.lead)
        sharing.share_concern(concern=concern, membership=northfield.people["owner"], by=northfield.lead)
        queue_letter("proposal", to_email="x@example.org", context=example_context("proposal"), dedupe_key="other")
        Letter.objects.exclude(name="concern_raised").update(status=Letter.Status.FAILED, attempts=12)
        return {letter.name: letter for letter in Letter.objects.all()}


def test_the_lead_sees_which_letters_did_not_arrive_and_sends_them_again(northfield, sign_in, came_back):
    client = sign_in(northfield.lead)
    text = " ".join(client.get(url("concerns")).content.decode().split())
    assert "2 letters could not be delivered" in text
    assert "student@northfield.example: that their concern has arrived" in text
    assert "owner@northfield.example: that a concern is shared with them" in text
    assert ("x@example.org" in text, CANARY in text) == (False, False)
    today = client.get(reverse("home:today", args=["northfield"])).content.decode()
    assert "2 letters could not be delivered" in today
    for _double_click in range(2):
        answer = client.post(url("concern_letter_again", came_back["concern_acknowledged"].pk))
        assert (answer.status_code, answer.url) == (302, url("concerns"))
    assert client.post(url("concern_letter_again", came_back["proposal"].pk)).status_code == 404
    with northfield.scope():
        states = dict(Letter.objects.filter(status__in=["waiting", "failed"]).values_list("name", "status"))
        assert states == {"concern_acknowledged": "waiting", "concern_shared": "failed", "proposal": "failed"}
        assert Event.objects.filter(verb="letter sent again").count() == 1
    assert "1 letter could not be delivered" in client.get(url("concerns")).content.decode()


@pytest.mark.parametrize("role", ["owner", "coordinator", "student"])
def test_nobody_else_learns_of_letters_about_concerns(northfield, sign_in, came_back, role):
    client = sign_in(northfield.people[role])
    assert client.post(url("concern_letter_again", came_back["concern_shared"].pk)).status_code == 403
    pages = [reverse("home:today", args=["northfield"]), reverse("organisations:letters", args=["northfield"])]
    for page in pages:
        text = client.get(page).content.decode()
        assert "student@northfield.example: that" not in text
        assert "2 letters could not be delivered" not in text
