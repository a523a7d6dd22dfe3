"""Clearing up the private files: old zips, and what a killed worker left behind."""

from datetime import timedelta

from django.utils import timezone

from common.storage import delete_private, delete_unfinished, held_paths, stored_paths
from common.tenancy import organisation_scope
from organisations.models import Organisation

from .batches import drop_old_batches

LEFT_ALONE_FOR = timedelta(days=1)  # longer than any job may run: a file without a row may be a job's that is running


def clear_up_everywhere(at=None):
    """One organisation after the other; safe to run at any time, and twice."""
    for organisation_id in Organisation.objects.order_by("pk").values_list("pk", flat=True):
        with organisation_scope(organisation_id):
            drop_old_batches(at=at)
            drop_files_without_row(organisation_id=organisation_id, at=at)


def drop_files_without_row(*, organisation_id, at=None) -> int:
    """Delete files that no row names, half-written ones too, untouched for a day. Returns how many."""
    before = ((at or timezone.now()) - LEFT_ALONE_FOR).timestamp()
    paths = stored_paths(organisation_id, untouched_since=before)
    known = held_paths(paths)
    unfinished = delete_unfinished(organisation_id, untouched_since=before)
    return unfinished + sum(delete_private(organisation_id, path) for path in paths if path not in known)
