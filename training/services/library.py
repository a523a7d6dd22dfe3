"""The organisation's own resources: added, changed, taken off the shelf and put back. Nothing somebody may have read is deleted."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.services import record
from common.storage import save_private

from ..models import OwnResource
from .refused import TrainingError

TEXT, LINK, FILE = OwnResource.Kind.TEXT, OwnResource.Kind.LINK, OwnResource.Kind.FILE
MOST = 500  # of one organisation: a small library
TWICE = timedelta(minutes=1)
NEEDED = {
    TEXT: ("body", gettext_lazy("Write the text.")),
    LINK: ("url", gettext_lazy("Give the address.")),
    FILE: ("file", gettext_lazy("Please choose a file.")),
}


@transaction.atomic
def add_resource(*, kind, by, upload=None, at=None, **fields) -> OwnResource:
    """Put something on the shelf. The same title of the same kind twice within a minute is one (a double click).

    upload: a common.uploads.Upload where it is a file. fields: title, summary, body, url, minutes, aspects, roles, stages.
    """
    at = at or timezone.now()
    _refuse_empty(kind, fields, has_file=upload is not None)
    type(by).objects.select_for_update(of=("self",)).get(pk=by.pk)  # a double click waits here
    twin = OwnResource.objects.filter(kind=kind, title=fields["title"], added_by=by, added_at__gt=at - TWICE).first()
    if twin:
        return twin
    if OwnResource.objects.current().count() >= MOST:
        raise TrainingError(_("The library holds %(most)s resources of your own. Take one off the shelf first.") % {"most": MOST})
    resource = OwnResource(kind=kind, added_by=by, **_only_of(kind, fields))
    _keep_file(resource, upload, by)
    resource.save()
    record("resource added", by=by, about=resource, kind=str(kind))
    return resource


@transaction.atomic
def change_resource(*, resource, by, upload=None, **fields) -> OwnResource:
    """Change it. A new file takes the old one's place, which is cleared up later; its kind stays."""
    _refuse_empty(resource.kind, fields, has_file=upload is not None or bool(resource.path))
    for name, value in _only_of(resource.kind, fields).items():
        setattr(resource, name, value)
    _keep_file(resource, upload, by)
    resource.save()
    record("resource changed", by=by, about=resource)
    return resource


def retire_resource(*, resource, by, at=None) -> None:
    """Take it off the shelf; it can be put back. Twice is once."""
    if OwnResource.objects.current().filter(pk=resource.pk).update(retired_at=at or timezone.now()):
        record("resource retired", by=by, about=resource)


def return_resource(*, resource, by) -> None:
    """Put it back on the shelf."""
    if OwnResource.objects.filter(pk=resource.pk).exclude(retired_at=None).update(retired_at=None):
        record("resource put back", by=by, about=resource)


def _refuse_empty(kind, fields, *, has_file):
    if kind not in OwnResource.Kind.values:
        raise TrainingError(_("Please choose."), "kind")
    name, words = NEEDED[kind]
    if not (has_file if kind == FILE else fields.get(name, "").strip()):
        raise TrainingError(str(words), name)
    if not fields.get("roles"):
        raise TrainingError(_("Choose whom it is for."), "roles")


def _only_of(kind, fields):
    """The fields without what belongs to another kind."""
    others = {"body", "url"} - {NEEDED[kind][0]}
    return {name: "" if name in others else value for name, value in fields.items()}


def _keep_file(resource, upload, by):
    if upload is not None and resource.kind == FILE:
        resource.path = save_private(by.organisation_id, upload.name, upload.content)
        resource.file_name, resource.size = upload.name[:200], upload.size
