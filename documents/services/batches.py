"""All action plans of a programme as one zip.

A plan that would say what its newest version says is not made again. The rows of new versions are written at the very end:
while a long batch prints, nobody who asks for a single plan waits for it.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from common.storage import PrivateFileMissingError, delete_private, open_private, save_zip
from matching.enums import MentorshipStatus
from matching.models import Mentorship
from organisations.services.jobs import start_job

from ..gathering import content_key, gather_plans
from ..models import Document, DocumentBatch
from .action_plans import fill

JOB = "action-plans-zip"
AT_ONCE = 25  # mentorships read together: few queries, and memory stays flat
KEPT_FOR = timedelta(days=14)


def ask_batch(*, programme, by):
    """Start making the zip; asked again while one is being made: that job."""
    return start_job(JOB, by=by, target_id=programme.pk)


def mentorships_in_batch(programme):
    """Those that have something to print: running or ended, but begun."""
    return Mentorship.objects.filter(programme=programme).exclude(status=MentorshipStatus.NO_SHOW).order_by("pk")


def make_batch(*, programme, by, progress) -> DocumentBatch:
    """Print what has changed and pack every plan. Whole or not at all: what it stored goes again when it is stopped."""
    made, batch = _Made(programme.organisation_id), None
    try:
        entries = _print_all(programme, by, made, progress)
        made.save()
        path = made.keep(save_zip(programme.organisation_id, "plans.zip", [(title, one.path) for title, one in entries]))
        with open_private(programme.organisation_id, path) as file:
            size = file.seek(0, 2)
        batch = DocumentBatch.objects.create(
            programme=programme, path=path, size=size, count=len(entries), asked_by=by, ready_at=timezone.now()
        )
        record("action plans packed", by=by, about=batch, count=len(entries))
        _drop(DocumentBatch.objects.filter(programme=programme).exclude(pk=batch.pk))
        progress(len(entries), len(entries), _("All plans are in the zip."))
    except BaseException:
        made.delete()
        raise
    return batch


def _print_all(programme, by, made, progress):
    """[(name in the zip, document)] for every mentorship, printing where the newest version no longer holds."""
    ids, entries = list(mentorships_in_batch(programme).values_list("pk", flat=True)), []
    newest = _newest(ids)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        plans = gather_plans(Mentorship.objects.filter(pk__in=some), today=timezone.localdate())
        for pk in some:
            document = newest.get(pk)
            if document is None or document.content_key != content_key(plans[pk]) or not _is_stored(document):
                document = made.print(pk, plans[pk], by)
            entries.append((document_name(plans[pk].student, document.version), document))
            progress(len(entries), len(ids), plans[pk].student)
    return entries


def document_name(student, version) -> str:
    """What the file is called where people keep it."""
    title = _("%(student)s, action plan, version %(version)s") % {"student": student or _("Mentorship"), "version": version}
    return f"{title}.pdf"


def _newest(mentorship_ids):
    rows = Document.objects.filter(mentorship__in=mentorship_ids, status=Document.Status.READY)
    return {row.mentorship_id: row for row in rows.order_by("version")}


def _is_stored(document):
    try:
        open_private(document.organisation_id, document.path).close()
    except PrivateFileMissingError:
        return False
    return True


class _Made:
    """The documents one batch makes, their files, and how to take everything back."""

    def __init__(self, organisation_id):
        self.organisation_id, self.documents, self.plans, self.paths = organisation_id, [], {}, []

    def print(self, mentorship_id, plan, by):
        version = self._next([mentorship_id])[mentorship_id]
        document = Document(organisation_id=self.organisation_id, mentorship_id=mentorship_id, version=version, asked_by=by)
        self.keep(fill(document, plan).path)
        self.documents.append(document)
        self.plans[mentorship_id] = plan
        return document

    def keep(self, path):
        self.paths.append(path)
        return path

    def save(self):
        """Write the rows. Where somebody asked for the same version meanwhile, print again with the next number."""
        ids = [one.mentorship_id for one in self.documents]
        list(Mentorship.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))
        free = self._next(ids)
        for one in self.documents:
            if one.version != free[one.mentorship_id]:
                delete_private(self.organisation_id, one.path)
                one.version = free[one.mentorship_id]
                self.keep(fill(one, self.plans[one.mentorship_id]).path)
        Document.objects.bulk_create(self.documents)

    def delete(self):
        for path in self.paths:
            delete_private(self.organisation_id, path)

    def _next(self, ids):
        newest = Document.objects.filter(mentorship__in=ids).order_by().values_list("mentorship").annotate(Max("version"))
        return dict.fromkeys(ids, 1) | {pk: version + 1 for pk, version in newest}


def drop_old_batches(*, at=None) -> int:
    """Delete the organisation's zips that are older than two weeks; returns how many. Each plan stays as its own document."""
    return _drop(DocumentBatch.objects.filter(asked_at__lt=(at or timezone.now()) - KEPT_FOR))


def _drop(batches):
    """Rows now, files once that is certain."""
    files = [(batch.organisation_id, batch.path) for batch in batches]
    batches.delete()
    transaction.on_commit(lambda: [delete_private(*file) for file in files if file[1]])
    return len(files)
