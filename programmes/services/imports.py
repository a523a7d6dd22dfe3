"""Roster imports: uploaded, read, looked at, confirmed, set aside. Applying is all in one transaction, and safe to run twice.

Files are read by the worker: once to show what they would do, and again when they are brought in, as things stand then.
"""

from datetime import timedelta
from pathlib import PurePosixPath

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from common.refused import Refused
from organisations.models import Job
from organisations.services.jobs import cancel_job, start_job

from ..models import Participant, RosterImport
from ..roster import RosterError, inspect, no_rows
from ..signals import participants_joined
from . import import_preview
from .apply_roster import write_roster
from .roster_reading import read_roster

JOB = "roster-import"
READING = "roster-reading"
# A person can help with these, by saying what the columns mean.
ASK_ABOUT_COLUMNS = {"missing_columns", "no_headers"}
KEPT_DAYS = 30  # an upload nobody said yes to; it holds people's names


class ImportOver(Refused):
    """The import is being read or brought in, or is over; the message is for the person who asked."""


@transaction.atomic
def upload_roster(*, programme, kind, file_name, content, by) -> RosterImport:
    """Keep a file until somebody says yes to it, and have it read. kind: "" to tell from its headers.

    RosterError when a look at its headers shows that it cannot be used; what is wrong further down is said once it is read.
    """
    seen = _look(content, kind)
    if not kind and seen.kind is None:
        raise RosterError("unknown_kind", _("The headers do not tell what is in this file. Choose it here, then upload the file again."))
    _forget_old()
    found = RosterImport.objects.create(
        organisation_id=by.organisation_id,
        programme=programme,
        kind=kind or seen.kind,
        file_name=_plain_name(file_name),
        content=content,
        summary={"looks_like": seen.kind if seen and kind and seen.kind != kind else ""},
        uploaded_by=by,
    )
    record("roster uploaded", by=by, about=found, kind=found.kind)
    start_job(READING, by=by, target_id=found.pk)
    return found


def _look(content, kind):
    """The headers of a file; None where a person has to say what they mean."""
    try:
        seen = inspect(content, kind=kind)
    except RosterError as error:
        if not kind or error.code not in ASK_ABOUT_COLUMNS:
            raise
        return None
    if not seen.has_rows:
        raise no_rows(seen.headers)
    return seen


def _plain_name(name):
    text = "".join(letter for letter in PurePosixPath(name.replace("\\", "/")).name if letter.isprintable())
    return text[:300] or _("roster")


def _forget_old():
    old = RosterImport.objects.filter(status=RosterImport.Status.READ, uploaded_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    old.update(status=RosterImport.Status.DROPPED, content=b"", summary={}, remarks={})


def read_import(found, progress=None):
    """The RosterReading of an import that is not over, as things stand now. RosterError when the file cannot be used."""
    return read_roster(
        programme=found.programme, kind=found.kind, content=bytes(found.content), mapping=found.mapping, progress=progress
    )


def read_ahead(*, import_id, progress, at=None) -> dict:
    """Read an import and keep what pages show of it; safe to run twice. Nothing where somebody has set it aside meanwhile.

    A file that cannot be used is no failure of this work: its error is what the page shows.
    """
    found = RosterImport.objects.select_related("programme").get(pk=import_id)
    if found.status not in _LOOKED_AT:
        return {}
    progress(0, 1, _("Opening the file"))
    try:
        reading = read_import(found, progress)
    except RosterError as error:
        kept, remarks = {"error": _told(error)}, {}
    else:
        remarks = import_preview.remarks(reading)
        kept = import_preview.outcome(reading) | import_preview.preview(reading) | import_preview.first_of(remarks)
    kept |= {"looks_like": found.summary.get("looks_like", ""), "read_at": (at or timezone.now()).isoformat()}
    # As it stands after the reading: set aside, confirmed or with other columns, what was read here is of no use.
    same = RosterImport.objects.filter(pk=found.pk, status__in=_LOOKED_AT, mapping=found.mapping)
    same.update(summary=kept, remarks=remarks)
    progress(1, 1, _("The file is read"))
    return {"message": _("The file is read.")}


_LOOKED_AT = (RosterImport.Status.READ, RosterImport.Status.APPLYING)


def _told(error):
    return {"code": error.code, "message": str(error.message), "headers": list(error.headers)}


@transaction.atomic
def read_again(*, roster_import, by) -> Job:
    """Have a file read anew: because the reading was stopped, or because time has gone by."""
    found = _locked(roster_import)
    _unread(found)
    return start_job(READING, by=by, target_id=found.pk)


def _unread(found):
    found.summary, found.remarks = {"looks_like": found.summary.get("looks_like", "")}, {}
    found.save(update_fields=["summary", "remarks"])


def reading_of(found):
    """The newest job that reads an import, or None."""
    return Job.objects.filter(kind=READING, target_id=found.pk).order_by("-pk").first()


def job_of(found):
    """The newest job of an import, or None."""
    return Job.objects.filter(kind=JOB, target_id=found.pk).order_by("-pk").first()


def waits(found, job) -> bool:
    """Whether the import waits for a yes: it was never confirmed, or what was started failed or was cancelled."""
    if found.status == RosterImport.Status.APPLYING:
        return job is None or (job.is_over and job.status != Job.Status.DONE)
    return found.status == RosterImport.Status.READ


@transaction.atomic
def change_mapping(*, roster_import, mapping, by) -> RosterImport:
    """Say what columns mean: header → field name, or None to leave one out. The file is read again."""
    found = _locked(roster_import)
    if _is_open(reading_of(found)):
        raise ImportOver(_("This file is being read just now. Say what its columns mean when that is done."))
    found.mapping = mapping
    found.save(update_fields=["mapping"])
    _unread(found)
    record("roster columns changed", by=by, about=found)
    start_job(READING, by=by, target_id=found.pk)
    return found


@transaction.atomic
def confirm_import(*, roster_import, by) -> Job:
    """Start bringing it in. A second yes at the same time raises ImportOver, and so does one before it is read."""
    found = _locked(roster_import)
    if "counts" not in found.summary:
        raise ImportOver(_("Wait until this file is read: then you see what it would do, and can say yes."))
    found.status = RosterImport.Status.APPLYING
    found.save(update_fields=["status"])
    record("roster confirmed", by=by, about=found)
    return start_job(JOB, by=by, target_id=found.pk)


@transaction.atomic
def drop_import(*, roster_import, by) -> RosterImport:
    """Set a file aside; nothing of it is kept."""
    found = _locked(roster_import)
    found.status, found.content, found.summary, found.remarks = RosterImport.Status.DROPPED, b"", {}, {}
    found.save(update_fields=["status", "content", "summary", "remarks"])
    record("roster set aside", by=by, about=found)
    if reading := reading_of(found):
        cancel_job(reading)
    return found


def _is_open(job):
    return job is not None and not job.is_over


def _locked(roster_import):
    rows = RosterImport.objects.select_for_update(skip_locked=True, of=("self",)).select_related("programme").defer("content")
    found = rows.filter(pk=roster_import.pk).first()  # the worker holds the row while it writes
    if found is None or not waits(found, job_of(found)):
        raise ImportOver(_("Somebody has already said yes to this file, or set it aside."))
    return found


def apply_import(*, import_id, by, progress, at=None) -> dict:
    """Bring an import in, whole. Returns its counts; a second run returns those of the first. RosterError as for reading.

    progress(done, total, message) may raise to stop; then the caller's transaction undoes everything.
    """
    found = RosterImport.objects.select_for_update(of=("self",)).select_related("programme").get(pk=import_id)
    if found.status == RosterImport.Status.APPLIED:
        return found.summary["counts"]
    if found.status == RosterImport.Status.DROPPED:
        raise RosterError("dropped", _("This file was set aside in the meantime."))
    progress(0, 1, _("Opening the file"))
    _one_at_a_time(found.organisation_id)
    reading = read_import(found, progress)
    made = write_roster(reading, programme=found.programme, progress=progress)
    remarks = import_preview.remarks(reading)
    found.summary, found.remarks = import_preview.outcome(reading) | import_preview.first_of(remarks), remarks
    found.status, found.content, found.applied_at = RosterImport.Status.APPLIED, b"", at or timezone.now()
    found.save(update_fields=["summary", "remarks", "status", "content", "applied_at"])
    counts = found.summary["counts"]
    record("roster brought in", by=by, about=found, kind=found.kind, **counts)
    if made and found.kind != RosterImport.Kind.PLACEMENTS:
        participants_joined.send(sender=Participant, programme=found.programme, participants=made, by=by)
    _read_others_again(found, by)
    progress(1, 1, _("Done"))
    return counts


def _read_others_again(done, by):
    """Files of the programme that wait for a yes: what they would do was worked out before this one came in."""
    others = RosterImport.objects.filter(programme_id=done.programme_id, status=RosterImport.Status.READ).exclude(pk=done.pk)
    for other in others.defer("content"):
        _unread(other)
        start_job(READING, by=by, target_id=other.pk)


def _one_at_a_time(organisation_id):
    """Two rosters of one organisation are written one after the other, so that each sees what the other made."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('roster-import', %s))", [organisation_id])
