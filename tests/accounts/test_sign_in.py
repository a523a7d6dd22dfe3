"""Signing in: allauth's, with our letters through the outbox, and the same answer for strangers and members."""

import re
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.services.sign_in import AddressTaken, create_sign_in, owns_address, user_of
from post.models import Letter
from tests import factories as make

LOGIN = "/accounts/login/"
RESET = "/accounts/password/reset/"
NEW = "nine quiet lanterns drift"


@pytest.fixture(autouse=True)
def own_throttles(settings):
    """allauth counts tries in the cache: a cache of one's own, so that no other test's tries count."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": uuid4().hex}}


def sign_in_with(client, email, password):
    return client.post(LOGIN, {"login": email, "password": password})


def signed_in(client):
    return "_auth_user_id" in client.session


def test_sign_in_goes_to_the_only_organisation(client, northfield):
    answer = sign_in_with(client, "Mentor@Northfield.example", make.PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/")["Location"] == "/o/northfield/"


def test_sign_in_goes_where_one_wanted_to_go_inside_the_house(client, northfield):
    page = client.get("/o/northfield/roles/")
    assert page["Location"] == f"{LOGIN}?next=/o/northfield/roles/"
    data = {"login": "mentor@northfield.example", "password": make.PASSWORD}
    assert client.post(page["Location"], data)["Location"] == "/o/northfield/roles/"
    client.logout()
    assert client.post(f"{LOGIN}?next=https://evil.example/", data)["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_answer_alike(client, northfield):
    pages = [sign_in_with(client, email, "wrong password") for email in ("mentor@northfield.example", "nobody@northfield.example")]
    assert [page.status_code for page in pages] == [200, 200]
    first, second = [re.sub(r"(mentor|nobody)@|value=\"[A-Za-z0-9]{64}\"|CSRFToken\": \"\w+", "", page.text) for page in pages]
    assert (first == second, signed_in(client)) == (True, False)


def test_after_five_wrong_passwords_even_the_right_one_must_wait(client, northfield):
    for _try in range(5):
        sign_in_with(client, "mentor@northfield.example", "wrong password")
    page = sign_in_with(client, "mentor@northfield.example", make.PASSWORD)
    assert (signed_in(client), "Too many failed" in page.text) == (False, True)
    assert sign_in_with(client, "student@northfield.example", make.PASSWORD).status_code == 302


def test_a_closed_sign_in_does_not_open(client, northfield):
    User.objects.filter(email="mentor@northfield.example").update(is_active=False)
    sign_in_with(client, "mentor@northfield.example", make.PASSWORD)
    assert signed_in(client) is False


def test_nobody_signs_up_by_themselves(client, northfield):
    before = User.objects.count()
    data = {"email": "new@college.example", "password1": NEW, "password2": NEW}
    client.get("/accounts/signup/")
    client.post("/accounts/signup/", data)
    assert (User.objects.count(), signed_in(client)) == (before, False)


def test_signing_out_needs_a_press(sign_in, northfield):
    client = sign_in(northfield.people["mentor"])
    client.get("/accounts/logout/")
    assert signed_in(client) is True
    client.post("/accounts/logout/")
    assert signed_in(client) is False


# Forgotten passwords


def test_a_new_password_by_a_letter_from_the_outbox(client, northfield):
    client.post(RESET, {"email": "Mentor@northfield.example"})
    letter = Letter.objects.get()
    assert (letter.name, letter.organisation_id, letter.to_email) == ("password_reset", None, "mentor@northfield.example")
    assert mail.outbox == []
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", letter.text)[1]
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert sign_in_with(client, "mentor@northfield.example", NEW)["Location"] == "/"
    client.logout()
    again = client.get(link, follow=True)
    assert 'name="password1"' not in again.text


def test_the_page_says_the_same_for_an_unknown_address(client, northfield):
    answers = [client.post(RESET, {"email": email}) for email in ("mentor@northfield.example", "nobody@elsewhere.example")]
    assert [(a.status_code, a["Location"]) for a in answers] == [(302, "/accounts/password/reset/done/")] * 2
    assert list(Letter.objects.order_by("id").values_list("name", "to_email")) == [
        ("password_reset", "mentor@northfield.example"),
        ("no_account", "nobody@elsewhere.example"),
    ]


def test_a_strangers_address_gets_one_letter_a_day(client, northfield):
    for _press in range(3):
        client.post(RESET, {"email": "nobody@elsewhere.example"})
    assert Letter.objects.count() == 1


def test_letters_about_the_sign_in_are_in_no_organisations_list(client, sign_in, northfield):
    client.post(RESET, {"email": "mentor@northfield.example"})
    page = sign_in(northfield.people["coordinator"]).get("/o/northfield/letters/")
    assert list(page.context["page"].object_list) == []


def test_a_second_address_is_used_once_it_is_confirmed(sign_in, northfield):
    mentor = northfield.people["mentor"]
    client = sign_in(mentor)
    client.post(LOGIN, {"login": mentor.user.email, "password": make.PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": make.PASSWORD})
    client.post("/accounts/email/", {"action_add": "", "email": "private@mentor.example"})
    letter = Letter.objects.get(name="confirm_address")
    assert (letter.to_email, owns_address(mentor.user, "private@mentor.example")) == ("private@mentor.example", False)
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", letter.text)[1]
    client.post(link)
    assert (owns_address(mentor.user, "Private@mentor.example"), user_of("private@MENTOR.example")) == (True, mentor.user)


# Sign-ins and operators


def test_one_address_is_one_sign_in(northfield):
    with pytest.raises(AddressTaken):
        create_sign_in(email="MENTOR@northfield.example", name="x", password=NEW)
    assert user_of("nobody@northfield.example") is None


def test_add_operator_makes_one_and_turns_a_sign_in_into_one(northfield, monkeypatch, capsys):
    monkeypatch.setenv("ALONGSIDE_OPERATOR_PASSWORD", NEW)
    call_command("add_operator", "Olu@platform.example", "--name", "Olu")
    user = User.objects.get(email="olu@platform.example")
    assert (user.is_staff, user.is_superuser, user.check_password(NEW), owns_address(user, user.email)) == (True, False, True, True)
    monkeypatch.delenv("ALONGSIDE_OPERATOR_PASSWORD")
    call_command("add_operator", "owner@northfield.example", "--chief")
    owner = User.objects.get(email="owner@northfield.example")
    assert (owner.is_superuser, owner.check_password(make.PASSWORD)) == (True, True)
    assert "olu@platform.example is an operator with a new sign-in." in capsys.readouterr().out


@pytest.mark.parametrize(("email", "password"), [("no address", NEW), ("a@b.example", "short")])
def test_add_operator_refuses(db, monkeypatch, email, password):
    monkeypatch.setenv("ALONGSIDE_OPERATOR_PASSWORD", password)
    with pytest.raises(CommandError):
        call_command("add_operator", email)
    assert User.objects.count() == 0


def test_createsuperuser_can_sign_in(client, db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", NEW)
    call_command("createsuperuser", "--noinput", email="Root@platform.example", verbosity=0)
    assert EmailAddress.objects.get().verified is True
    sign_in_with(client, "root@platform.example", NEW)
    assert client.get("/admin/").status_code == 200


# Second step


@pytest.mark.parametrize(("role", "where"), [("owner", "/accounts/2fa/"), ("coordinator", "/accounts/2fa/"), ("lead", "/accounts/2fa/"), ("mentor", None), ("student", None), ("tutor", None)])
def test_who_must_have_a_second_step(sign_in, northfield, settings, role, where):
    settings.ALONGSIDE_MFA_REQUIRED = True
    page = sign_in(northfield.people[role]).get("/o/northfield/me/")
    assert (page.status_code, page.headers.get("Location")) == ((302, where) if where else (200, None))


def test_with_a_second_step_the_coordinator_comes_in_by_it(client, northfield, settings):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time

    settings.ALONGSIDE_MFA_REQUIRED = True
    secret = generate_totp_secret()
    TOTP.activate(northfield.people["coordinator"].user, secret)
    answer = sign_in_with(client, "coordinator@northfield.example", make.PASSWORD)
    assert (answer["Location"].split("?")[0], signed_in(client)) == ("/accounts/2fa/authenticate/", False)
    client.post(answer["Location"], {"code": "000000"})
    assert signed_in(client) is False
    code = f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06}"
    client.post(answer["Location"], {"code": code})
    assert client.get("/o/northfield/people/").status_code == 200


# The door


def test_signed_out_the_door_says_what_this_is(client, db):
    page = client.get("/")
    assert (page.status_code, 'href="/accounts/login/"' in page.text) == (200, True)


def test_with_two_organisations_one_chooses(sign_in, northfield, riverside):
    mentor = northfield.people["mentor"]
    with riverside.scope():
        make.MembershipFactory(user=mentor.user, email=mentor.email)
    page = sign_in(mentor).get("/")
    assert [one["name"] for one in page.context["organisations"]] == ["Northfield College", "Riverside College"]


def test_with_none_one_is_told_what_to_do(client, northfield):
    client.force_login(make.UserFactory(email="alone@college.example"), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/")
    assert (page.context["organisations"], "Northfield" in page.text, "Open the link in your invitation" in page.text) == ([], False, True)
