"""Shared until a day, opened in an emergency, never changed, taken out for the authorities."""

import datetime as dt
import hashlib
import io
import json
import zipfile

import pytest
from django.db import InternalError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import AccessLog
from checkins.models import Concern, ConcernNote, ConcernShare
from checkins.services import concerns as service
from checkins.services import record, sharing
from documents import rendering
from organisations.models import Membership
from post.models import Letter

CANARY = "KANARIE-88c0"
REASON = "The police are here and the lead cannot be reached."


@pytest.fixture
def row(northfield):
    with northfield.scope():
        return service.raise_concern(
            by=northfield.people["student"], urgency="soon", category="safety", text=CANARY, mentorship=northfield.mentorship
        )


def url(name, *args):
    return reverse(f"checkins:{name}", args=["northfield", *args])


def test_shared_until_a_day_it_ends_by_itself(northfield, row, sign_in):
    today = timezone.localdate()
    lead, tutor = sign_in(northfield.lead), northfield.people["tutor"]
    past = {"share": "1", "membership": tutor.pk, "until": today - dt.timedelta(days=1)}
    assert list(lead.post(url("concern", row.pk), past).context["share_form"].errors) == ["until"]
    assert lead.post(url("concern", row.pk), past | {"until": today}).status_code == 302
    assert sign_in(tutor).get(url("shared_concern", row.pk)).status_code == 200
    with northfield.scope():
        ConcernShare.objects.update(until=today - dt.timedelta(days=1))
    assert sign_in(tutor).get(url("shared_concern", row.pk)).status_code == 403
    assert CANARY not in sign_in(tutor).get(url("my_concerns")).content.decode()


def test_an_owner_opens_it_in_an_emergency_and_the_lead_is_told_at_once(northfield, row, sign_in):
    owner = northfield.people["owner"]
    client = sign_in(owner)
    page = client.get(url("emergency")).content.decode()
    assert (f"Number {row.pk}," in page, CANARY in page, "safety" in page.lower().split("number")[1][:60]) == (True, False, False)
    assert client.get(url("shared_concern", row.pk)).status_code == 403
    assert list(client.post(url("emergency"), {"concern": row.pk, "reason": "curious"}).context["form"].errors) == ["reason"]
    answer = client.post(url("emergency"), {"concern": row.pk, "reason": REASON})
    assert (answer.status_code, answer.url) == (302, url("shared_concern", row.pk))
    assert CANARY in client.get(answer.url).content.decode()
    assert client.get(url("concern", row.pk)).status_code == 403
    assert client.post(url("concern", row.pk), {"close": "1", "outcome": "x"}).status_code == 403
    with northfield.scope():
        letter = Letter.objects.get(name="concern_opened")
        assert (letter.to_email, CANARY in letter.text, REASON in letter.text, "Owner" in letter.text) == (
            "lead@northfield.example", False, False, False,
        )  # fmt: skip
        logged = AccessLog.objects.get(what="concern opened in an emergency")
        assert (logged.reason, logged.object_id, logged.actor_name) == (REASON, row.pk, "Owner Example")
    shown = sign_in(northfield.lead).get(url("concern", row.pk)).content.decode()
    assert (REASON in shown, "Owner Example" in shown) == (True, True)
    with northfield.scope():
        ConcernShare.objects.update(until=timezone.localdate() - dt.timedelta(days=1))
    assert sign_in(owner).get(url("shared_concern", row.pk)).status_code == 403


@pytest.mark.parametrize("role", ["coordinator", "tutor", "mentor", "student"])
def test_nobody_else_breaks_in(northfield, row, sign_in, role):
    assert sign_in(northfield.people[role]).get(url("emergency")).status_code == 403
    assert sign_in(northfield.people[role]).post(url("emergency"), {"concern": row.pk, "reason": REASON}).status_code == 403
    with northfield.scope():
        assert ConcernShare.objects.count() == 0


def test_an_owner_who_belongs_to_the_mentorship_cannot_open_it(northfield, row, sign_in):
    from django.core.exceptions import PermissionDenied

    with northfield.scope():
        Membership.objects.filter(pk=northfield.people["mentor"].pk).update(roles=["mentor", "owner"])
        both = Membership.objects.get(pk=northfield.people["mentor"].pk)
        with pytest.raises(PermissionDenied):
            sharing.open_in_emergency(concern=row, reason=REASON, by=both)
    client = sign_in(both)
    assert list(client.post(url("emergency"), {"concern": row.pk, "reason": REASON}).context["form"].errors) == ["concern"]


def test_the_database_lets_nobody_change_the_record(northfield, row):
    with northfield.scope():
        note = record.add_note(concern=row, text="Spoke to her", by=northfield.lead)
        assert record.add_note(concern=row, text="Spoke to her", by=northfield.lead) == note
        for act in (lambda: ConcernNote.objects.filter(pk=note.pk).update(text="x"), note.delete):
            with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
                act()
        assert ConcernNote.objects.get(pk=note.pk).text == "Spoke to her"


def test_the_record_is_taken_out_with_a_reason_and_checksums(northfield, row, sign_in):
    if not rendering.available()[0]:
        pytest.skip("no Pango on this machine")
    with northfield.scope():
        record.add_note(concern=row, text="=HYPERLINK(1)", by=northfield.lead)
    page = reverse("documents:concern_export", args=["northfield", row.pk])
    client = sign_in(northfield.lead)
    assert page in client.get(url("concern", row.pk)).content.decode()
    assert list(client.post(page, {"kind": "zip"}).context["form"].errors) == ["to_whom", "reason"]
    answer = client.post(page, {"kind": "zip", "to_whom": "Northfield Police", "reason": "They asked"})
    assert (answer["Content-Type"], "no-store" in answer["Cache-Control"]) == ("application/zip", True)
    files = zipfile.ZipFile(io.BytesIO(answer.content))
    sums = dict(reversed(line.split("  ")) for line in files.read("SHA256SUMS.txt").decode().splitlines())
    assert set(sums) == {"record.pdf", "record.json", "record.csv", "readings.csv"}
    assert {name: hashlib.sha256(files.read(name)).hexdigest() for name in sums} == sums
    told = json.loads(files.read("record.json"))
    assert (told["text"], told["record"][-1][2].startswith("Taken out for Northfield Police")) == (CANARY, True)
    assert files.read("record.pdf").startswith(b"%PDF")
    assert "'=HYPERLINK" in files.read("record.csv").decode("utf-8-sig")
    with northfield.scope():
        assert AccessLog.objects.get(what="concern taken out").reason == "Northfield Police: They asked"
    assert client.post(page, {"kind": "pdf", "to_whom": "x", "reason": "y"}).content.startswith(b"%PDF")


@pytest.mark.parametrize("role", ["owner", "coordinator", "tutor", "mentor", "student"])
def test_nobody_else_takes_it_out_not_even_who_reads_it(northfield, row, sign_in, role):
    with northfield.scope():
        sharing.share_concern(concern=row, membership=northfield.people[role], by=northfield.lead)
    page = reverse("documents:concern_export", args=["northfield", row.pk])
    client = sign_in(northfield.people[role])
    assert client.post(page, {"kind": "pdf", "to_whom": "x", "reason": "y"}).status_code == 403
    with northfield.scope():
        assert not AccessLog.objects.filter(what="concern taken out").exists()
        assert Concern.objects.worked_on_by(northfield.people[role]).count() == 0
