"""The demo's inbox: reads what the worker wrote, runs nothing, and is not there outside the demo."""

from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import override_settings

from post.models import Letter
from post.services.delivery import deliver_waiting
from post.services.inbox import names
from post.services.outbox import queue_letter


@pytest.fixture
def folder(tmp_path):
    with override_settings(EMAIL_BACKEND="post.backends.FolderBackend", EMAIL_FILE_PATH=tmp_path / "mail"):
        yield tmp_path / "mail"


def post(subject="Hello", html="<html><head></head><body><p>Hi</p></body></html>", to="gwen@college.example"):
    mail = EmailMultiAlternatives(subject=subject, body="Look: http://testserver/r/abc/join/\n<script>alert(1)</script>", to=[to])
    mail.attach_alternative(html, "text/html")
    mail.send()


def test_a_letter_of_the_outbox_arrives_and_is_read(client, folder, northfield):
    from post.rendering import example_context

    context = {**example_context("invitation"), "first_name": "Łucja 🌱"}
    with northfield.scope():
        queue_letter("invitation", to_email="gwen@college.example", to_name="Gwen, Ørsted", context=context, dedupe_key="x")
    assert deliver_waiting() == 1
    page = client.get("/mail/")
    (mail,) = page.context["mails"]
    assert (mail.subject, mail.to) == ("Your invitation to Northfield College", '"Gwen, Ørsted" <gwen@college.example>')
    letter = client.get(f"/mail/{mail.name}/")
    assert ("Hello Łucja 🌱," in letter.text, f'href="{context["url"]}"' in letter.text) == (True, True)
    with northfield.scope():
        assert Letter.objects.get().status == "sent"


def test_newest_first_and_by_person(client, folder, db):
    for number in range(3):
        post(subject=f"Letter {number}", to=f"person{number}@college.example")
    assert [mail.subject for mail in client.get("/mail/").context["mails"]] == ["Letter 2", "Letter 1", "Letter 0"]
    assert [mail.subject for mail in client.get("/mail/?to=PERSON1@").context["mails"]] == ["Letter 1"]
    assert len({path.name for path in Path(folder).iterdir()}) == 3


def test_an_empty_inbox_says_so(client, folder, db):
    assert "No letter has been sent yet" in client.get("/mail/").text


def test_the_text_is_shown_not_run_and_its_links_are_links(client, folder, db):
    post()
    page = client.get(f"/mail/{names()[0]}/")
    assert ("<script>alert" in page.text, 'href="http://testserver/r/abc/join/"' in page.text) == (False, True)


def test_the_html_stands_in_a_frame_that_can_do_nothing(client, folder, db):
    post(html="<html><head></head><body><script>alert(1)</script></body></html>")
    name = names()[0]
    assert f'src="/mail/{name}/html/"' in client.get(f"/mail/{name}/").text
    frame = client.get(f"/mail/{name}/html/")
    policy = dict(part.strip().partition(" ")[::2] for part in frame["Content-Security-Policy"].split(";"))
    assert (policy["default-src"], policy["sandbox"]) == ("'none'", "allow-popups allow-popups-to-escape-sandbox")
    assert "script-src" not in policy
    assert (frame["X-Frame-Options"], '<base target="_blank">' in frame.text) == ("SAMEORIGIN", True)


@pytest.mark.parametrize("name", ["nothing", "20260101-000000-000000-00000000", "..", "%2e%2e%2fsecret"])
def test_only_letters_are_read(client, folder, db, name):
    post()
    (folder.parent / "secret.eml").write_text("Subject: secret\n\nsecret")
    assert client.get(f"/mail/{name}/").status_code == 404
    assert client.get(f"/mail/{name}/html/").status_code == 404


def test_a_half_written_file_is_not_shown(client, folder, db):
    post()
    (folder / ".20260101-000000-000000-00000000").write_bytes(b"Sub")
    (folder / "notes.eml").write_bytes(b"Subject: not ours\n\n")
    assert len(client.get("/mail/").context["mails"]) == 1


def test_outside_the_demo_there_is_no_inbox(client, folder, db, settings):
    post()
    name = names()[0]
    settings.ALONGSIDE_DEMO = False
    assert [client.get(url).status_code for url in ("/mail/", f"/mail/{name}/", f"/mail/{name}/html/")] == [404] * 3
