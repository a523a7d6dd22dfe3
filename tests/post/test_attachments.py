"""Files that go with a letter: the same bytes at every try, once, small, and one organisation's alone."""

from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from post.models import Attachment, Letter
from post.rendering import example_context
from post.services.attachments import MOST_BYTES, File, TooLargeError
from post.services.bulk import Draft, queue_letters
from post.services.delivery import deliver_waiting
from post.services.inbox import names
from post.services.outbox import queue_letter

CALENDAR = File("event.ics", "text/calendar; method=REQUEST; charset=utf-8", "BEGIN:VCALENDAR\r\nX-NOTE:Łódź\r\nEND:VCALENDAR\r\n".encode())


def write(key="x", files=(CALENDAR,), to="gwen@college.example"):
    return queue_letter("no_account", to_email=to, context=example_context("no_account"), dedupe_key=key, files=files)


def sent():
    """The parts of the letters that left, as a mail program reads them."""
    return [message_from_bytes(one.message().as_bytes(), policy=policy.default) for one in mail.outbox]


def test_a_file_arrives_byte_for_byte_with_its_kind(northfield):
    with northfield.scope():
        write()
    assert deliver_waiting() == 1
    (letter,) = sent()
    (part,) = letter.iter_attachments()
    assert (part.get_filename(), part.get_payload(decode=True)) == ("event.ics", CALENDAR.content)
    assert (part.get_content_type(), part.get_param("method"), part.get_content_charset()) == ("text/calendar", "REQUEST", "utf-8")
    assert part["Content-Transfer-Encoding"] == "base64"
    assert "Hello" in letter.get_body(("plain",)).get_content()


def test_letters_of_two_organisations_in_one_batch_keep_their_own(northfield, riverside):
    for house in (northfield, riverside):
        with house.scope():
            name = house.organisation.slug
            write(files=[File(f"{name}.ics", "text/calendar", name.encode())], to=f"gwen@{name}.example")
    assert deliver_waiting() == 2
    found = {letter["to"]: [(part.get_filename(), part.get_payload(decode=True)) for part in letter.iter_attachments()] for letter in sent()}
    assert found == {f"gwen@{name}.example": [(f"{name}.ics", name.encode())] for name in ("northfield", "riverside")}


def test_asked_twice_it_is_kept_once(northfield):
    with northfield.scope():
        assert [bool(write()) for _again in range(2)] == [True, False]
        assert (Letter.objects.count(), Attachment.objects.count()) == (1, 1)


def test_a_sweep_sends_files_too(northfield):
    with northfield.scope():
        context, now = example_context("no_account"), timezone.now()
        drafts = [
            Draft("no_account", f"person{n}@college.example", "", context, f"k{n}", now, files=(CALENDAR,) if n else ())
            for n in range(3)
        ]
        for _again in range(2):
            queue_letters(drafts)
        assert Attachment.objects.count() == 2
    assert deliver_waiting() == 3
    assert sorted(len(list(letter.iter_attachments())) for letter in sent()) == [0, 1, 1]


def test_too_large_ones_are_refused_before_anything_is_written(northfield):
    half = File("a.pdf", "application/pdf", b"x" * (MOST_BYTES // 2 + 1))
    with northfield.scope():
        with pytest.raises(TooLargeError):
            write(files=[half, File("b.pdf", "application/pdf", half.content)])
        with pytest.raises(TooLargeError):
            queue_letters([Draft("no_account", "a@b.example", "", example_context("no_account"), "k", timezone.now(), files=(half, half))])
        assert Letter.objects.count() == 0
        write(files=[half])
        assert Attachment.objects.count() == 1


def test_another_organisations_attachments_are_not_there_and_cannot_be_pointed_at(northfield, riverside):
    with riverside.scope():
        write()
        theirs = Letter.objects.get()
    with northfield.scope():
        assert Attachment.objects.count() == 0
        with pytest.raises(IntegrityError), transaction.atomic():
            Attachment.objects.create(
                organisation_id=northfield.organisation.pk, letter_id=theirs.pk, name="x", content_type="text/plain", content=b"x"
            )
            connection.check_constraints()


def test_the_demos_inbox_shows_and_hands_out_what_came(northfield, client, tmp_path, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "post.backends.FolderBackend", tmp_path
    with northfield.scope():
        write()
    deliver_waiting()
    name = names()[0]
    page = client.get(f"/mail/{name}/").text
    assert ("event.ics" in page, f'href="/mail/{name}/files/1/"' in page) == (True, True)
    answer = client.get(f"/mail/{name}/files/1/")
    assert (answer.content, answer["Content-Disposition"]) == (CALENDAR.content, 'attachment; filename="event.ics"')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert [client.get(f"/mail/{name}/files/{number}/").status_code for number in (0, 2)] == [404, 404]
    settings.ALONGSIDE_DEMO = False
    assert client.get(f"/mail/{name}/files/1/").status_code == 404


def test_a_coordinator_sees_what_went_along(northfield, sign_in):
    with northfield.scope():
        letter = write()
        letter = Letter.objects.get(dedupe_key=letter.dedupe_key)
    page = sign_in(northfield.people["coordinator"]).get(f"/o/northfield/letters/{letter.pk}/").content.decode()
    assert "event.ics" in page
