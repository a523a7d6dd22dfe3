"""An address that cannot be reached is written to no more; only a report about a letter of ours counts."""

import io
import json
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

from common.tenancy import organisation_scope
from post.models import Letter, Undeliverable
from post.returned_mail import Returned
from post.services import delivery
from post.services.outbox import queue_letter
from post.services.returns import tag_of, take_returned

from .test_returned_mail import FAILED, TAG

TOKEN = "a-token-for-the-mail-service-0123456789"
CONTEXT = {"first_name": "", "organisation": "College", "programme": "", "url": "https://alongside.example/"}


def write(to="gwen@student.example", key="a", name="no_account"):
    queue_letter(name, to_email=to, context=CONTEXT, dedupe_key=key)
    return Letter.objects.get(dedupe_key__endswith=f":{key}")


@pytest.fixture
def letter(northfield):
    """One that was sent, to an address written in capitals."""
    with northfield.scope():
        row = write("Gwen@student.example")
        Letter.objects.filter(pk=row.pk).update(status="sent")
        return row


def rows(house):
    with house.scope():
        return list(Undeliverable.objects.order_by("pk").values_list("email", "kind", "stops", "times"))


def state(house, letter):
    with house.scope():
        return Letter.objects.values_list("status", "last_error").get(pk=letter.pk)


def test_a_letter_that_came_back_has_failed_and_its_address_gets_no_more(northfield, riverside, letter, mailoutbox):
    assert take_returned(Returned("returned", tag_of(letter), "5.1.1", "user unknown"))
    assert state(northfield, letter) == ("failed", "5.1.1 user unknown")
    assert rows(northfield) == [("gwen@student.example", "returned", True, 1)]
    assert rows(riverside) == []
    with northfield.scope():
        kept, goes = write("GWEN@student.example", "b"), write("ade@student.example", "c")
    with riverside.scope():
        theirs = write("gwen@student.example", "d")  # another organisation has not been told, so it writes
    assert delivery.deliver_waiting() == 3
    assert sorted(mail.to[0] for mail in mailoutbox) == ["ade@student.example", "gwen@student.example"]
    assert state(northfield, kept) == ("failed", "user unknown")
    assert (state(northfield, goes)[0], state(riverside, theirs)[0]) == ("sent", "sent")


def test_told_twice_is_once(northfield, letter):
    for _time in range(2):
        take_returned(Returned("returned", tag_of(letter), "5.2.2", "full"))
    assert rows(northfield) == [("gwen@student.example", "returned", False, 1)]


def test_a_full_mailbox_stops_after_three_letters(northfield):
    found = []
    for number in range(3):
        with northfield.scope():
            one = write(key=str(number))
        take_returned(Returned("returned", tag_of(one), "4.2.2", "mailbox full"))
        found.append(rows(northfield)[0][2:])
    assert found == [(False, 1), (False, 2), (True, 3)]


def test_a_complaint_stops_at_once(northfield, letter):
    take_returned(Returned("unwanted", tag_of(letter)))
    assert rows(northfield) == [("gwen@student.example", "unwanted", True, 1)]
    assert state(northfield, letter)[0] == "sent"


@pytest.mark.parametrize("kind", ["delayed", "automatic"])
def test_what_is_no_failure_changes_nothing(northfield, letter, kind):
    assert not take_returned(Returned(kind, tag_of(letter), "5.1.1", "x"))
    assert (rows(northfield), state(northfield, letter)[0]) == ([], "sent")


def test_a_forged_report_changes_nothing(northfield, riverside, letter):
    """Nobody can shut an address by guessing a letter's number, nor tie a letter to another organisation."""
    signed = tag_of(letter)
    with organisation_scope(riverside.organisation.pk):
        elsewhere = tag_of(Letter(pk=letter.pk, organisation_id=riverside.organisation.pk))
    for tag in ["", TAG, signed[:-1], f"letter-{northfield.organisation.pk}-{letter.pk + 1}.{signed.partition('.')[2]}", elsewhere]:
        assert not take_returned(Returned("returned", tag, "5.1.1", "x")), tag
    assert (rows(northfield), rows(riverside), state(northfield, letter)[0]) == ([], [], "sent")


def refusing(code, words):
    def send(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (code, words)})

    return send


@pytest.mark.parametrize(
    ("code", "words", "status", "known"),
    [
        (550, b"5.1.1 no such user", "failed", 1),
        (550, b"5.7.1 relaying denied", "waiting", 0),  # that is about us, not about them
        (450, b"4.2.0 greylisted", "waiting", 0),
        (550, b"no", "waiting", 0),
    ],
)
def test_a_refused_recipient_is_wrong_only_where_the_server_says_so(northfield, monkeypatch, code, words, status, known):
    with northfield.scope():
        letter = write()
    monkeypatch.setattr(EmailBackend, "send_messages", refusing(code, words))
    assert delivery.deliver_waiting() == 0
    assert (state(northfield, letter)[0], len(rows(northfield))) == (status, known)


def test_a_letter_about_the_sign_in_is_always_tried(db, mailoutbox):
    letter = write()
    take_returned(Returned("returned", tag_of(letter), "5.1.1", "user unknown"))
    write(key="b")
    assert (Undeliverable.objects.get().stops, delivery.deliver_waiting(), len(mailoutbox)) == (True, 1, 1)


def test_the_envelope_names_the_return_address_and_the_letter_its_people(northfield, mailoutbox, settings):
    settings.ALONGSIDE_RETURN_ADDRESS = "returns@college.example"
    type(northfield.organisation).objects.filter(pk=northfield.organisation.pk).update(contact_email="mentoring@college.example")
    with northfield.scope():
        write()
        write(key="b", name="concern_without_lead")
    delivery.deliver_waiting()
    ordinary, about_concern = sorted(mailoutbox, key=lambda mail: len(mail.reply_to), reverse=True)
    assert (ordinary.from_email, ordinary.message()["From"]) == ("returns@college.example", settings.DEFAULT_FROM_EMAIL)
    assert (ordinary.reply_to, about_concern.reply_to) == (["mentoring@college.example"], [])


def told(house):
    with house.scope():
        found = Letter.objects.filter(name__endswith="_answered").order_by("to_email")
        return [(row.name, row.to_email, "cannot come" in row.text) for row in found]


def test_an_answer_goes_to_the_contact_address_once(northfield, letter):
    type(northfield.organisation).objects.filter(pk=northfield.organisation.pk).update(contact_email="mentoring@college.example")
    for _time in range(2):
        take_returned(Returned("answer", tag_of(letter), sender="gwen@student.example", text="I cannot come."))
    assert told(northfield) == [("letter_answered", "mentoring@college.example", True)]


def test_an_answer_without_a_contact_address_goes_to_the_coordinators(northfield, letter):
    type(northfield.organisation).objects.filter(pk=northfield.organisation.pk).update(contact_email="")
    take_returned(Returned("answer", tag_of(letter), sender="gwen@student.example", text="I cannot come."))
    assert told(northfield) == [("letter_answered", northfield.people["coordinator"].email, True)]


def test_an_answer_to_a_letter_about_a_concern_stays_out_of_mail(northfield):
    with northfield.scope():
        about = write(name="concern_without_lead")
    take_returned(Returned("answer", tag_of(about), sender="gwen@student.example", text="I cannot come, he frightens me."))
    assert told(northfield) == [("concern_answered", northfield.lead.email, False)]


def test_the_mail_service_reports_a_mail_or_json(client, northfield, letter, settings):
    settings.ALONGSIDE_MAIL_HOOK_TOKEN = TOKEN
    door = {"headers": {"Authorization": f"Bearer {TOKEN}"}}
    raw = FAILED.replace(TAG, tag_of(letter))
    assert client.post("/hooks/mail/", raw, content_type="message/rfc822", **door).status_code == 204
    assert rows(northfield) == [("gwen@student.example", "returned", True, 1)]
    with northfield.scope():
        other = write("ade@student.example", "b")
    event = {"message_id": f"<{tag_of(other)}@x.example>", "event": "complained"}
    assert client.post("/hooks/mail/", json.dumps([event]), content_type="application/json", **door).status_code == 204
    assert rows(northfield)[1] == ("ade@student.example", "unwanted", True, 1)


@pytest.mark.parametrize("body", ["{", "[1]", '"x"', "null"])
def test_json_that_is_none_of_ours_is_said(client, db, settings, body):
    settings.ALONGSIDE_MAIL_HOOK_TOKEN = TOKEN
    answer = client.post("/hooks/mail/", body, content_type="application/json", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 400


def test_the_door_is_shut_without_the_token(client, northfield, letter, settings):
    raw = FAILED.replace(TAG, tag_of(letter))
    assert client.post("/hooks/mail/", raw, content_type="message/rfc822", headers={"Authorization": "Bearer "}).status_code == 404
    settings.ALONGSIDE_MAIL_HOOK_TOKEN = TOKEN
    codes = [
        client.post("/hooks/mail/", raw, content_type="message/rfc822", headers={"Authorization": word}).status_code
        for word in ("", "Bearer ", f"Bearer {TOKEN}x", TOKEN)
    ]
    assert (codes, client.get("/hooks/mail/").status_code) == ([401] * 4, 405)
    assert rows(northfield) == []


def test_a_mail_servers_pipe(northfield, letter, monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO(FAILED.replace(TAG, tag_of(letter)).encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    call_command("take_returned")
    assert rows(northfield) == [("gwen@student.example", "returned", True, 1)]
