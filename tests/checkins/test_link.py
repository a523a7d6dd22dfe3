"""The signed link in a letter: one check-in, no account, calm at every end."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from checkins.models import CheckIn, Concern, Note
from organisations.enums import Purpose
from organisations.models import Draft, Membership, SignedLink
from organisations.services import links
from tests.checkins.helpers import answers, check_in, link_page, token_for


@pytest.fixture(autouse=True)
def _no_counts():
    cache.clear()


@pytest.fixture
def linked(northfield):
    with northfield.scope():
        row = check_in(northfield)
        link, token = token_for(northfield, row)
    return row, link, token


def state(house, row):
    with house.scope():
        return CheckIn.objects.get(pk=row.pk).status


def test_opening_never_acts(northfield, client, linked):
    row, link, token = linked
    for _scan in range(3):
        assert client.get(link_page(token)).status_code == 200
        assert client.head(link_page(token)).status_code == 200
    with northfield.scope():
        assert (CheckIn.objects.get(pk=row.pk).status, SignedLink.objects.get(pk=link.pk).used_at) == ("planned", None)
        assert Draft.objects.count() == 0


def test_logging_by_link_is_signed_with_the_holders_name_and_finishes_every_link(northfield, client, linked):
    row, _link, token = linked
    with northfield.scope():
        _other, students = token_for(northfield, row, "student")
    answer = client.post(link_page(token), answers(note="By phone", progress="Going well"))
    assert (answer.status_code, answer.url) == (302, link_page(token))
    with northfield.scope():
        row.refresh_from_db()
        assert (row.status, row.logged_by, row.by_link) == ("held", northfield.people["mentor"], True)
        assert SignedLink.objects.filter(used_at=None).count() == 0
    for one in (token, students):
        page = client.get(link_page(one)).content.decode()
        assert "This check-in is noted." in page
        assert "Going well" in page
        assert "By phone" not in page  # notes are not for whoever holds the link later
    assert client.post(link_page(token), answers(progress="Second")).status_code == 302
    with northfield.scope():
        assert CheckIn.objects.get(pk=row.pk).progress == "Going well"
        assert Note.objects.count() == 1


def test_the_student_adds_a_word_by_link(northfield, client):
    with northfield.scope():
        row = check_in(northfield, status="held", held_on=timezone.localdate())
        tokens = {role: token_for(northfield, row, role)[1] for role in ("student", "mentor")}
    for role in ("mentor", "student"):
        client.post(link_page(tokens[role]), {"own_word": "1", "mood": "1" if role == "mentor" else "5", "feedback": role})
    with northfield.scope():
        row.refresh_from_db()
        assert (row.mood, row.feedback) == (5, "student")


def test_expired_revoked_altered_and_foreign_links(northfield, riverside, client, linked):
    row, link, token = linked
    with northfield.scope():
        _l, expired = token_for(northfield, row, life=dt.timedelta(seconds=-1))
        _l, wrong = links.make_link(Purpose.SURVEY, row.pk, membership=northfield.people["mentor"])
        _l, elsewhere = links.make_link(Purpose.CHECK_IN, check_in_of(northfield).pk, membership=northfield.people["mentor"])
    with riverside.scope():
        theirs = check_in(riverside)
        _l, crossed = links.make_link(Purpose.CHECK_IN, row.pk, membership=riverside.people["mentor"])
    assert theirs.pk != row.pk
    expected = {token[:-3] + "xyz": 404, "nonsense": 404, wrong: 404, crossed: 404, expired: 410, elsewhere: 403}
    found = {}
    for one in expected:
        found[one] = client.get(link_page(one)).status_code
        assert client.post(link_page(one), answers()).status_code == found[one]
    assert found == expected
    with northfield.scope():
        SignedLink.objects.filter(pk=link.pk).update(revoked_at=timezone.now())
    assert client.post(link_page(token), answers()).status_code == 410
    assert state(northfield, row) == "planned"


def check_in_of(house):
    from tests import factories as make

    return make.CheckInFactory(mentorship=house.other_mentorship)


def test_who_left_can_no_longer_use_a_link(northfield, client, linked):
    row, _link, token = linked
    with northfield.scope():
        Membership.objects.filter(pk=northfield.people["mentor"].pk).update(left_at=timezone.now())
    assert client.post(link_page(token), answers()).status_code == 410
    assert state(northfield, row) == "planned"


def test_a_draft_is_the_persons_by_whichever_door_they_come(northfield, client, sign_in, linked):
    """Begun by link, found signed in; changed there, found by link; and nobody else's."""
    row, _link, token = linked
    by_link, signed_in = reverse("checkins:log_draft_by_link", args=[token]), reverse("checkins:log_draft", args=["northfield", row.pk])
    page = reverse("checkins:log", args=["northfield", row.pk])
    client.post(by_link, answers(note="Begun on the bus"), headers={"X-Autosave": "1"})
    mentor = sign_in(northfield.people["mentor"])
    assert "Begun on the bus" in mentor.get(page).content.decode()
    mentor.post(signed_in, answers(note="Ended at the desk"), headers={"X-Autosave": "1"})
    assert "Ended at the desk" in Client().get(link_page(token)).content.decode()
    with northfield.scope():
        _other, students = token_for(northfield, row, "student")
        assert Draft.objects.values_list("author_key", flat=True).get() == f"membership:{northfield.people['mentor'].pk}"
    assert "Ended at the desk" not in Client().get(link_page(students)).content.decode()
    Client().post(link_page(token), answers(note="Sent"))
    with northfield.scope():
        assert Draft.objects.count() == 0


def test_drafts_by_link_do_not_use_it_up(northfield, client, linked):
    row, _link, token = linked
    draft = reverse("checkins:log_draft_by_link", args=[token])
    for n in range(70):
        assert client.post(draft, answers(note=f"word {n}"), headers={"X-Autosave": "1"}).status_code == 204
    assert client.get(link_page(token)).context["form"]["note"].value() == "word 69"
    with northfield.scope():
        _l, other = token_for(northfield, row, "student")
    assert client.get(link_page(other)).context["form"]["note"].value() is None
    assert client.get(draft).status_code == 405


def test_a_worry_by_link_reaches_the_lead(northfield, client, linked):
    _row, _link, token = linked
    url = reverse("checkins:worried_by_link", args=[token])
    assert "Who reads this" in client.get(url).content.decode()
    sent = {"text": "KANARIE", "urgency": "soon", "category": "safety"}
    assert client.post(url, sent).status_code == 302
    with northfield.scope():
        kept = Concern.objects.values_list("text", "raised_by", "mentorship", "by_link").get()
        assert kept == ("KANARIE", northfield.people["mentor"].pk, northfield.mentorship.pk, True)
    assert "KANARIE" not in client.get(link_page(token)).content.decode()
