"""Asking for an action plan, and making it."""

import hashlib
from dataclasses import replace

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from audit.services import record
from common.storage import delete_private, save_private
from matching.models import Mentorship
from organisations.services.jobs import start_job

from ..gathering import content_key, gather_plan
from ..models import Document
from ..plans import print_action_plan

JOB = "action-plan"


def ask_plan(*, mentorship, by) -> Document:
    """The next version of a mentorship's plan, with the job that makes it. Asked again while one is open: that one."""
    with transaction.atomic():
        Mentorship.objects.select_for_update(of=("self",)).get(pk=mentorship.pk)  # two people asking at once wait here
        document = Document.objects.filter(mentorship=mentorship, status=Document.Status.ASKED).first()
        if document is None:
            document = Document.objects.create(mentorship=mentorship, version=next_version(mentorship), asked_by=by)
            record("action plan asked for", by=by, about=document, version=document.version)
        start_job(JOB, by=by, target_id=mentorship.pk)
    return document


def next_version(mentorship) -> int:
    newest = Document.objects.filter(mentorship=mentorship).aggregate(newest=Max("version"))["newest"]
    return (newest or 0) + 1


def make_asked_plan(*, mentorship) -> Document | None:
    """Make the version that was asked for; None when it is there already. Raises PaperUnavailableError."""
    rows = Document.objects.select_for_update(of=("self",))
    document = rows.filter(mentorship=mentorship, status=Document.Status.ASKED).first()
    if document is None:
        return None
    return write_document(document, gather_plan(mentorship, today=timezone.localdate()))


def write_document(document, plan) -> Document:
    """Print ``plan`` as this version, store it and note that it is ready. No file is left behind when that fails."""
    fill(document, plan)
    try:
        document.save()
    except BaseException:
        delete_private(document.organisation_id, document.path)
        raise
    return document


def fill(document, plan) -> Document:
    """Print and store ``plan`` as this document's version; the row itself is the caller's to save."""
    paper = print_action_plan(replace(plan, version=document.version))
    document.path = save_private(document.organisation_id, "plan.pdf", paper.content)
    document.size, document.pages = len(paper.content), paper.pages
    document.sha256 = hashlib.sha256(paper.content).hexdigest()
    document.content_key = content_key(plan)
    document.status, document.ready_at = Document.Status.READY, timezone.now()
    return document
