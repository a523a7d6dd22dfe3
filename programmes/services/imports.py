"""Roster imports: uploaded, looked at, confirmed, set aside. Applying is all in one transaction, and safe to run twice."""

from datetime import timedelta
from pathlib import PurePosixPath

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from organisations.models import Job
from organisations.services.jobs import start_job

from ..models import Participant, RosterImport
from ..roster import RosterError, inspect
from ..signals import participants_joined
from .apply_roster import write_roster
from .roster_reading import read_roster

JOB = "roster-import"
# A person can help with these, by saying what the columns mean.
ASK_ABOUT_COLUMNS = {"missing_columns", "no_headers"}
KEPT_DAYS = 30  # an upload nobody said yes to; it holds people's names
MOST_KEPT = 2000  # refusals kept after a roster is brought in


class ImportOver(Exception):
    """The import is being brought in, or is over; the message is for the person who asked."""


@transaction.atomic
def upload_roster(*, programme, kind, file_name, content, by) -> RosterImport:
    """Keep a file until somebody says yes to it. kind: "" to tell from its headers. RosterError when it cannot be used."""
    if not kind:
        kind = _kind_of(content)
    try:
        read_roster(programme=programme, kind=kind, content=content)
    except RosterError as error:
        if error.code not in ASK_ABOUT_COLUMNS:
            raise
    _forget_old()
    found = RosterImport.objects.create(
        organisation_id=by.organisation_id,
        programme=programme,
        kind=kind,
        file_name=_plain_name(file_name),
        content=content,
        summary={"looks_like": _other_kind(content, kind)},
        uploaded_by=by,
    )
    record("roster uploaded", by=by, about=found, kind=kind)
    return found


def _kind_of(content):
    kind = inspect(content).kind
    if kind is None:
        raise RosterError("unknown_kind", _("The headers do not tell what is in this file. Choose it here, then upload the file again."))
    return kind


def _other_kind(content, kind):
    """The kind a file's headers speak for more clearly than for the chosen one; "" when there is none."""
    try:
        seen = inspect(content).kind
    except RosterError:
        return ""
    return "" if seen in (None, kind) else seen


def _plain_name(name):
    text = "".join(letter for letter in PurePosixPath(name.replace("\\", "/")).name if letter.isprintable())
    return text[:300] or _("roster")


def _forget_old():
    old = RosterImport.objects.filter(status=RosterImport.Status.READ, uploaded_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    old.update(status=RosterImport.Status.DROPPED, content=b"", summary={})


def read_import(found):
    """The RosterReading of an import that is not over, as things stand now. RosterError when the columns do not suffice."""
    return read_roster(programme=found.programme, kind=found.kind, content=bytes(found.content), mapping=found.mapping)


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
    """Say what columns mean: header → field name, or None to leave one out."""
    found = _locked(roster_import)
    found.mapping = mapping
    found.save(update_fields=["mapping"])
    record("roster columns changed", by=by, about=found)
    return found


@transaction.atomic
def confirm_import(*, roster_import, by) -> Job:
    """Start bringing it in. A second yes at the same time raises ImportOver."""
    found = _locked(roster_import)
    found.status = RosterImport.Status.APPLYING
    found.save(update_fields=["status"])
    record("roster confirmed", by=by, about=found)
    return start_job(JOB, by=by, target_id=found.pk)


@transaction.atomic
def drop_import(*, roster_import, by) -> RosterImport:
    """Set a file aside; nothing of it is kept."""
    found = _locked(roster_import)
    found.status, found.content, found.summary = RosterImport.Status.DROPPED, b"", {}
    found.save(update_fields=["status", "content", "summary"])
    record("roster set aside", by=by, about=found)
    return found


def _locked(roster_import):
    rows = RosterImport.objects.select_for_update(skip_locked=True, of=("self",)).select_related("programme")
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
    progress(0, 1, _("Reading the file"))
    _one_at_a_time(found.organisation_id)
    reading = read_import(found)
    made = write_roster(reading, programme=found.programme, progress=progress)
    counts = {
        "new": len(made),
        "changed": len(reading.comparison.changed),
        "same": len(reading.comparison.same),
        "refused": len(reading.refused),
    }
    found.summary = {"counts": counts, **_kept(reading)}
    found.status, found.content, found.applied_at = RosterImport.Status.APPLIED, b"", at or timezone.now()
    found.save(update_fields=["summary", "status", "content", "applied_at"])
    record("roster brought in", by=by, about=found, kind=found.kind, **counts)
    if made and found.kind != RosterImport.Kind.PLACEMENTS:
        participants_joined.send(sender=Participant, programme=found.programme, participants=made, by=by)
    progress(1, 1, _("Done"))
    return counts


def _one_at_a_time(organisation_id):
    """Two rosters of one organisation are written one after the other, so that each sees what the other made."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('roster-import', %s))", [organisation_id])


def _kept(reading):
    return {
        "notes": [str(note.message) for note in reading.parsed.notes],
        "refusals": refusal_rows(reading)[:MOST_KEPT],
        "warnings": [[problem.row, problem.column, str(problem.message)] for problem in reading.warnings[:MOST_KEPT]],
    }


def refusal_rows(reading) -> list[list]:
    """[row, who or what, column, reason] of every refusal, in the order of the file."""
    labels = {one.number: one.label for one in reading.refused}
    return [[problem.row, labels.get(problem.row, ""), problem.column, str(problem.message)] for problem in reading.refusals]
