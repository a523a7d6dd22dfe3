"""An invitation from the letter to the first page: and everything that must not open the door."""

import datetime as dt
import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from organisations.enums import Purpose
from organisations.models import Membership, SignedLink
from organisations.services import invitations, links, people
from post.models import Letter
from tests import factories as make

PASSWORD = "seven green kettles sing"


@pytest.fixture
def newcomer(northfield):
    with northfield.scope():
        return make.MembershipFactory(first_name="Gwen", last_name="Ørsted", email="Gwen@college.example", roles=["mentor"])


def letters_to(house, email):
    with house.scope():
        return list(Letter.objects.filter(to_email__iexact=email).order_by("id"))


def url_in(letter):
    return re.search(r"http://testserver(/r/\S+/join/)", letter.text)[1]


def invite(house, person, **kwargs):
    with house.scope():
        invitations.invite(membership=person, by=house.people["coordinator"], **kwargs)
    return url_in(letters_to(house, person.email)[-1])


def join(client, url, password=PASSWORD, again=None):
    return client.post(url, {"password": password, "again": password if again is None else again})


def test_the_letter_leads_to_a_password_and_in(client, northfield, newcomer):
    url = invite(northfield, newcomer)
    page = client.get(url)
    assert (page.status_code, "Welcome to Northfield College" in page.text, "gwen@college.example" in page.text.lower()) == (200, True, True)
    assert page["Referrer-Policy"] == "same-origin"  # no-referrer would make browsers send Origin: null, which CSRF refuses
    answer = join(client, url)
    assert (answer.status_code, answer["Location"]) == (302, "/o/northfield/")
    user = User.objects.get(email="gwen@college.example")
    with northfield.scope():
        newcomer.refresh_from_db()
        assert (newcomer.user, newcomer.joined_at is not None) == (user, True)
        assert SignedLink.objects.get(purpose=Purpose.JOIN).used_at is not None
        assert list(Event.objects.values_list("verb", flat=True).order_by("id")) == ["person invited", "person joined"]
    assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary")) == [(user.email, True, True)]
    assert client.get("/").headers["Location"] == "/o/northfield/"
    assert user.check_password(PASSWORD)


def test_opening_the_link_does_nothing(client, northfield, newcomer):
    url = invite(northfield, newcomer)
    for _scanner in range(3):
        assert client.get(url).status_code == 200
    assert User.objects.filter(email="gwen@college.example").count() == 0
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("short", "short", "too short"),
        ("password12345", "password12345", "too common"),
        ("gwen@college.example", "gwen@college.example", "too similar"),
        (PASSWORD, PASSWORD + "!", "differ"),
        ("", "", "Please fill this in"),
    ],
)
def test_a_password_that_will_not_do_is_explained(client, northfield, newcomer, password, again, words):
    answer = join(client, invite(northfield, newcomer), password, again)
    assert (answer.status_code, words in answer.text) == (200, True)
    assert User.objects.filter(email="gwen@college.example").count() == 0


def test_the_second_submit_makes_nothing_and_says_so(client, northfield, newcomer):
    url = invite(northfield, newcomer)
    join(client, url)
    client.logout()
    again = join(client, url, "another long password here")
    assert (again.status_code, "You have joined already" in again.text) == (200, True)
    user = User.objects.get(email="gwen@college.example")
    assert (user.check_password(PASSWORD), "_auth_user_id" in client.session) == (True, False)


@pytest.mark.parametrize("change", ["x", "longer"])
def test_an_altered_link_is_no_page(client, northfield, newcomer, change):
    url = invite(northfield, newcomer)
    token = url.split("/")[2]
    altered = token[:-1] + ("A" if token[-1] != "A" else "B") if change == "x" else token + "x"
    assert client.get(f"/r/{altered}/join/").status_code == 404
    assert client.get(url).status_code == 200


def test_a_link_for_another_purpose_does_not_open_the_door(client, northfield, newcomer):
    with northfield.scope():
        _link, token = links.make_link(Purpose.CHECK_IN, newcomer.pk, membership=newcomer, holder_name=newcomer.email)
    assert client.get(f"/r/{token}/join/").status_code == 404


def test_an_expired_link_says_until_when_it_worked(client, northfield, newcomer):
    url = invite(northfield, newcomer)
    with time_machine.travel(timezone.now() + dt.timedelta(days=22), tick=False):
        page = join(client, url)
    assert (page.status_code, "It worked until" in page.text) == (410, True)
    assert User.objects.filter(email="gwen@college.example").count() == 0


def test_a_revoked_link_is_closed_and_its_waiting_letter_dropped(client, northfield, newcomer):
    url = invite(northfield, newcomer)
    with northfield.scope():
        assert invitations.revoke_invitation(membership=newcomer, by=northfield.people["coordinator"]) is True
        assert invitations.revoke_invitation(membership=newcomer, by=northfield.people["coordinator"]) is False
    page = join(client, url)
    assert (page.status_code, "taken back" in page.text) == (410, True)
    assert [letter.status for letter in letters_to(northfield, newcomer.email)] == ["dropped"]


def test_inviting_again_closes_the_earlier_link(client, northfield, newcomer):
    first = invite(northfield, newcomer)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=1), tick=False):
        second = invite(northfield, newcomer)
        assert [client.get(first).status_code, client.get(second).status_code] == [410, 200]
    assert [letter.status for letter in letters_to(northfield, newcomer.email)] == ["dropped", "waiting"]


def test_two_clicks_are_one_invitation(northfield, newcomer):
    with northfield.scope():
        sent = [invitations.invite(membership=newcomer, by=northfield.people["coordinator"]) for _click in range(2)]
    assert (sent, len(letters_to(northfield, newcomer.email))) == ([True, False], 1)


def test_nobody_who_has_joined_or_left_is_invited(northfield, newcomer):
    with northfield.scope():
        with pytest.raises(invitations.CannotInvite, match="joined already"):
            invitations.invite(membership=northfield.people["student"], by=northfield.people["coordinator"])
        people.take_out(membership=newcomer, by=northfield.people["coordinator"])
        with pytest.raises(invitations.CannotInvite, match="no longer"):
            invitations.invite(membership=newcomer, by=northfield.people["coordinator"])
    assert letters_to(northfield, newcomer.email) == []


def test_after_a_change_of_address_the_old_link_makes_no_account_for_the_new_one(client, northfield, newcomer):
    """Else somebody could invite themselves, put in another's address, and own a confirmed sign-in for it."""
    url = invite(northfield, newcomer)
    with northfield.scope():
        Membership.objects.filter(pk=newcomer.pk).update(email="victim@elsewhere.example")  # past the service, which revokes
    assert join(client, url).status_code == 410
    assert User.objects.filter(email="victim@elsewhere.example").count() == 0


def test_the_service_revokes_invitations_when_the_address_changes(client, northfield, newcomer):
    url = invite(northfield, newcomer)
    with northfield.scope():
        people.update_person(membership=newcomer, by=northfield.people["coordinator"], email="other@college.example")
    assert client.get(url).status_code == 410


# Somebody who signs in elsewhere already


@pytest.fixture
def both(northfield, riverside):
    """Riverside's mentor, invited by Northfield at the same address."""
    user = riverside.people["mentor"].user
    with northfield.scope():
        return make.MembershipFactory(first_name="Mentor", email=user.email.title(), roles=["mentor"])


def test_an_address_with_an_account_asks_for_a_sign_in_and_never_a_password(client, northfield, both, riverside):
    url = invite(northfield, both)
    page = client.get(url)
    assert (page.status_code, "You sign in with" in page.text, 'name="password"' in page.text) == (200, True, False)
    assert f"/accounts/login/?next={url.replace('/', '%2F').replace(':', '%3A')}" in page.text
    join(client, url)
    user = riverside.people["mentor"].user
    user.refresh_from_db()
    assert (user.check_password(make.PASSWORD), "_auth_user_id" in client.session) == (True, False)
    with northfield.scope():
        both.refresh_from_db()
        assert both.user is None


def test_signed_in_with_that_address_one_press_joins(sign_in, northfield, both, riverside):
    url = invite(northfield, both)
    client = sign_in(riverside.people["mentor"])
    assert "Join Northfield College?" in client.get(url).text
    assert client.post(url)["Location"] == "/o/northfield/"
    with northfield.scope():
        both.refresh_from_db()
        assert both.user == riverside.people["mentor"].user


def test_signed_in_with_another_address_nobody_joins(sign_in, northfield, both, riverside):
    url = invite(northfield, both)
    client = sign_in(riverside.people["student"])
    page = client.get(url)
    assert (page.status_code, "for another address" in page.text) == (200, True)
    client.post(url)
    with northfield.scope():
        both.refresh_from_db()
        assert both.user is None


def test_an_unconfirmed_second_address_is_nobodys(sign_in, northfield, both, riverside):
    """Anybody may type an address into their account; it counts only once it is confirmed."""
    thief = riverside.people["student"]
    EmailAddress.objects.create(user=thief.user, email="prize@college.example", verified=False, primary=False)
    with northfield.scope():
        prize = make.MembershipFactory(email="prize@college.example", roles=["coordinator"])
    client = sign_in(thief)
    client.post(invite(northfield, prize))
    with northfield.scope():
        prize.refresh_from_db()
        assert prize.user != thief.user


def test_the_link_opens_its_own_organisation_only(client, northfield, riverside, newcomer):
    url = invite(northfield, newcomer)
    join(client, url)
    assert [client.get(f"/o/{slug}/roles/").status_code for slug in ("northfield", "riverside")] == [200, 404]


def test_too_many_openings_are_told_to_wait(client, northfield, newcomer, monkeypatch):
    monkeypatch.setattr("organisations.access.LINK_TRIES", 2)
    url = invite(northfield, newcomer)
    with northfield.scope():
        cache.delete(f"link:{SignedLink.objects.get().pk}")  # an earlier run's row may have had this id
    assert [client.get(url).status_code for _try in range(3)] == [200, 200, 429]


def test_a_name_of_markup_and_emoji_shows_as_it_is(client, northfield):
    with northfield.scope():
        person = make.MembershipFactory(first_name="<b>Łucja</b> 🌱", last_name="O’Neill " * 14, email="l@college.example", roles=["tutor"])
    page = client.get(invite(northfield, person))
    assert ("&lt;b&gt;Łucja&lt;/b&gt; 🌱" in page.text, "<b>Łucja" in page.text) == (True, False)
