"""How far a goal is, and what shows it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from audit.services import record
from common.storage import delete_private, save_private

from ..enums import Change
from ..models import Goal, GoalProgress
from .locking import lock_goal, lock_open, note_change

TWICE_SECONDS = 60


def record_progress(*, goal, percent, by, note="", link="", upload=None) -> GoalProgress:
    """Note how far a goal is, 0 to 100, with what shows it. 100 does not settle it: the two say that themselves.

    ``upload``: a common.uploads.Upload, kept in private storage. The same sent twice within a minute is one entry.
    """
    with transaction.atomic():
        goal = lock_open(goal)
        percent = max(0, min(100, percent))
        said = {"percent": percent, "note": note[:500], "link": link}
        said |= {"file_name": upload.name if upload else "", "file_size": upload.size if upload else 0}
        recent = timezone.now() - timedelta(seconds=TWICE_SECONDS)
        last = GoalProgress.objects.filter(goal=goal).order_by("-at", "-pk").first()
        if last and last.by_id == by.pk and last.at >= recent and all(getattr(last, name) == value for name, value in said.items()):
            return last
        Goal.every.filter(pk=goal.pk).update(percent=percent)
        path = save_private(goal.organisation_id, upload.name, upload.content) if upload else ""
        return GoalProgress.objects.create(goal=goal, by=by, path=path, **said)


def remove_evidence(*, entry, by) -> GoalProgress:
    """Take away what an entry shows (link and file), the file for good. That it was there stays in the history."""
    with transaction.atomic():
        goal = lock_goal(entry.goal)
        entry = GoalProgress.objects.select_for_update().get(pk=entry.pk)
        if not (entry.path or entry.link):
            return entry
        path, name = entry.path, entry.file_name or entry.link
        entry.path, entry.file_name, entry.file_size, entry.link = "", "", 0, ""
        entry.save(update_fields=["path", "file_name", "file_size", "link"])
        note_change(goal, Change.EVIDENCE_REMOVED, by, name)
        record("evidence removed", by=by, about=goal)
        if path:
            transaction.on_commit(lambda: delete_private(entry.organisation_id, path))
    return entry
