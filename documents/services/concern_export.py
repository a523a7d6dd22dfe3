"""The record of one concern, taken out for the authorities: made in memory, kept nowhere, written down."""

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record, record_reading
from checkins.models import Concern
from checkins.services import record as concern_record
from checkins.services.members import people_of
from common.spreadsheets import defuse

from .. import rendering

PDF, ZIP = "pdf", "zip"
SUMS = "SHA256SUMS.txt"


@dataclass(frozen=True)
class Export:
    """A file to hand over. ``content``: its bytes; ``sha256``: what the record keeps of it."""

    name: str
    content: bytes
    media_type: str
    sha256: str


def export_concern(*, concern, to_whom, reason, kind, by, at=None) -> Export:
    """Take the whole record out, as a PDF or as a zip of files with their checksums, for ``to_whom`` and a reason.

    The reading, the reason and the file's checksum are written down first, so the record that goes out tells of its own going.
    Raises PermissionDenied for whoever does not look after it, PaperUnavailableError where PDFs cannot be made.
    """
    now = at or timezone.now()
    with transaction.atomic():
        rows = Concern.objects.worked_on_by(by).select_related("organisation", "mentorship__programme", "raised_by", "acknowledged_by")
        concern = rows.filter(pk=concern.pk).first()
        if concern is None:
            raise PermissionDenied
        words = _("Taken out for %(whom)s by %(name)s: %(reason)s") % {"whom": to_whom, "name": by.name, "reason": reason}
        concern_record.write_step(concern, words, by=by)
        record_reading("concern taken out", by=by, about=concern, reason=f"{to_whom}: {reason}")
        page = _gather(concern, now)
        paper = rendering.render_pdf("documents/concern.html", {"page": page}, language=settings.LANGUAGE_CODE)
        export = _zip(concern, page, paper) if kind == ZIP else _file(f"concern-{concern.pk}.pdf", paper, "application/pdf")
        record("concern taken out", by=by, about=concern, kind=kind, sha256=export.sha256)
    return export


def _gather(concern, now):
    """The record in plain values."""
    people = people_of([concern.mentorship_id])[concern.mentorship_id] if concern.mentorship_id else None
    facts = {
        _("Number"): str(concern.pk),
        _("Raised"): _moment(concern.raised_at),
        _("By"): concern.raised_by.name if concern.raised_by else concern.raised_by_name,
        _("How urgent"): concern.get_urgency_display(),
        _("About"): concern.get_category_display(),
        _("Programme"): concern.mentorship.programme.name if concern.mentorship else "",
        _("Mentor"): people.mentor_names if people else "",
        _("Student"): people.student_names if people else "",
        _("Confirmed"): _moment(concern.acknowledged_at),
        _("Confirmed by"): concern.acknowledged_by.name if concern.acknowledged_by else "",
        _("Closed"): _moment(concern.closed_at),
    }
    return {
        "organisation": concern.organisation.name,
        "number": concern.pk,
        "made_at": now,
        "facts": [(label, value) for label, value in facts.items() if value],
        "text": concern.text,
        "outcome": concern.outcome,
        "record": [(_moment(one.at), one.by.name if one.by else "", one.text) for one in concern.notes.select_related("by")],
        "readings": [(_moment(one.at), one.name, one.what, one.reason) for one in concern_record.readings_of(concern)],
    }


def _moment(at):
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def _zip(concern, page, paper):
    """record.pdf, record.json, two tables, and the checksums of each, as sha256sum reads them."""
    plain = {**page, "made_at": _moment(page["made_at"]), "facts": dict(page["facts"])}
    files = {
        "record.pdf": paper,
        "record.json": json.dumps(plain, ensure_ascii=False, indent=2, default=str).encode(),
        "record.csv": _table([_("At"), _("Who"), _("What")], page["record"]),
        "readings.csv": _table([_("At"), _("Who"), _("How"), _("Reason")], page["readings"]),
    }
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**files, SUMS: sums.encode()}.items():
            archive.writestr(name, content)
    return _file(f"concern-{concern.pk}.zip", target.getvalue(), "application/zip")


def _table(header, rows):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([[defuse(str(value)) for value in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def _file(name, content, media_type):
    return Export(name, content, media_type, hashlib.sha256(content).hexdigest())
