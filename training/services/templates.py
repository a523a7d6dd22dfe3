"""Checklists of an organisation's own: copied, changed, published in versions, retired.

Everything here takes the template's row first, so that two people at once wait for each other and the second one sees what
the first did.
"""

import secrets

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from organisations.models import Membership
from programmes.models import Programme

from ..enums import State
from ..models import ChecklistTemplate, ChecklistVersion, TemplateAspect
from .aspects import PRESET, checklists_of_versions
from .refused import TrainingError

MOST_ASPECTS = 30
COPIED = ("key", "title", "explanation", "resource", "must_be_covered")


@transaction.atomic
def copy_checklist(*, name, by, source=None) -> ChecklistTemplate:
    """Begin a checklist of one's own, as a draft: from our preset (``source`` None), or from another template.

    A draft of the same name is given back, so a second press makes no second one; TrainingError where one is in use.
    """
    name = " ".join(name.split())[:120]
    if not name:
        raise TrainingError(_("Give it a name."), "name")
    Membership.objects.select_for_update(no_key=True, of=("self",)).get(pk=by.pk)  # two clicks at once wait for each other
    twin = ChecklistTemplate.objects.exclude(state=State.RETIRED).filter(name__iexact=name).first()
    if twin and twin.state == State.DRAFT:
        return twin
    if twin:
        raise TrainingError(_("There is a checklist of this name already. Choose another name."), "name")
    template = ChecklistTemplate.objects.create(name=name)
    version = ChecklistVersion.objects.create(template=template)
    _fill(version, _aspects_of(source))
    record("checklist copied", by=by, about=template, points=version.aspects.count())
    return template


@transaction.atomic
def begin_version(*, template, by) -> ChecklistVersion:
    """A draft to change, filled with the published points; the draft that is there where there is one already."""
    template = _locked(template)
    draft = draft_of(template)
    if draft is None:
        newest = template.versions.aggregate(number=Max("number"))["number"] or 0
        aspects = _aspects_of(template)
        draft = ChecklistVersion.objects.create(template=template, number=newest + 1)
        _fill(draft, aspects)
        record("new version of a checklist begun", by=by, about=template, number=draft.number)
    return draft


def draft_of(template) -> ChecklistVersion | None:
    return template.versions.filter(published_at=None).first()


def published_of(template) -> ChecklistVersion | None:
    """The version mentors begin with now."""
    return template.versions.published().first()


@transaction.atomic
def rename_checklist(*, template, name, by) -> ChecklistTemplate:
    """Give it another name; the wording of its points is not touched."""
    template = _locked(template)
    name = " ".join(name.split())[:120]
    if not name:
        raise TrainingError(_("Give it a name."), "name")
    others = ChecklistTemplate.objects.exclude(state=State.RETIRED).exclude(pk=template.pk)
    if others.filter(name__iexact=name).exists():
        raise TrainingError(_("There is a checklist of this name already. Choose another name."), "name")
    template.name = name
    template.save(update_fields=["name"])
    record("checklist renamed", by=by, about=template)
    return template


@transaction.atomic
def save_aspect(*, version, by, aspect=None, token="", **fields) -> TemplateAspect:
    """Add a point to a draft (``aspect`` None) or change one. TrainingError where the version is in use by now.

    token: of the form, so that a point sent twice is added once.
    """
    _refuse_unless_draft(version)
    if aspect is not None:
        for name, value in fields.items():
            setattr(aspect, name, value)
        aspect.save(update_fields=list(fields))
        return aspect
    key = f"own-{token or secrets.token_hex(8)}"
    twin = version.aspects.filter(key=key).first()
    if twin:
        return twin
    last = version.aspects.aggregate(last=Max("position"))["last"] or 0
    if version.aspects.count() >= MOST_ASPECTS:
        raise TrainingError(_("A checklist of more than %(n)d points is answered by nobody. Take one out first.") % {"n": MOST_ASPECTS})
    return TemplateAspect.objects.create(version=version, key=key, position=last + 1, **fields)


@transaction.atomic
def remove_aspect(*, aspect, by) -> None:
    """Take a point out of a draft. Versions in use keep theirs, so nobody loses a point they are answering."""
    _refuse_unless_draft(aspect.version)
    aspect.delete()


@transaction.atomic
def move_aspect(*, aspect, up, by) -> None:
    """One place up or down; at the end of the list nothing happens."""
    _refuse_unless_draft(aspect.version)
    rows = list(aspect.version.aspects.order_by("position", "id"))
    place = next(index for index, row in enumerate(rows) if row.pk == aspect.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows, 1):
        row.position = position
    TemplateAspect.objects.bulk_update(rows, ["position"])


@transaction.atomic
def publish_version(*, version, by, at=None) -> ChecklistVersion:
    """Put a draft into use: mentors who begin from now on answer it; who has begun goes on with the version they have.

    TrainingError for a version without points, and when somebody else has published it already.
    """
    template = _locked(version.template)
    version = ChecklistVersion.objects.select_related("published_by").get(pk=version.pk)
    if version.published_at:
        who = version.published_by.name if version.published_by else _("Somebody")
        raise TrainingError(_("%(name)s has published this version already. Nothing was done twice.") % {"name": who})
    if not version.aspects.exists():
        raise TrainingError(_("A checklist needs at least one point before mentors can answer it."))
    version.published_at, version.published_by = at or timezone.now(), by
    version.save(update_fields=["published_at", "published_by"])
    template.state = State.PUBLISHED
    template.save(update_fields=["state"])
    record("checklist published", by=by, about=template, number=version.number)
    return version


@transaction.atomic
def drop_draft(*, template, by) -> None:
    """Throw the draft away. A template that was never published goes with it."""
    template = _locked(template)
    draft = draft_of(template)
    if draft is None:
        return
    record("draft of a checklist dropped", by=by, about=template, number=draft.number)
    if published_of(template) is None:
        template.delete()
    else:
        draft.delete()


@transaction.atomic
def retire_checklist(*, template, by) -> ChecklistTemplate:
    """No programme may choose it any more. TrainingError while a programme that is not closed uses it."""
    template = _locked(template)
    if names := [one.name for one in programmes_using(template)[:3]]:
        raise TrainingError(_("It is in use: %(programmes)s. Choose another checklist there first.") % {"programmes": ", ".join(names)})
    template.state = State.RETIRED
    template.save(update_fields=["state"])
    record("checklist retired", by=by, about=template)
    return template


def programmes_using(template):
    """Programmes that are not closed and point at it."""
    return Programme.objects.filter(checklist_key=template.key, closed_at=None).order_by("name", "pk")


def _aspects_of(source):
    if source is None:
        return PRESET.aspects
    version = published_of(source) or draft_of(source)
    return checklists_of_versions([version.pk])[version.pk].aspects


def _fill(version, aspects):
    """Texts of our preset become the organisation's own, in the language in which they were copied."""
    TemplateAspect.objects.bulk_create(
        TemplateAspect(
            organisation_id=version.organisation_id,
            version=version,
            position=position,
            **{name: _plain(getattr(aspect, name)) for name in COPIED},
        )
        for position, aspect in enumerate(aspects, 1)
    )


def _plain(value):
    return value if isinstance(value, bool) else str(value)


def _locked(template):
    return ChecklistTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)


def _refuse_unless_draft(version):
    _locked(version.template)
    if ChecklistVersion.objects.get(pk=version.pk).published_at:
        raise TrainingError(_("This version is in use by now, so it stays as it is. Begin a new version to change it."))
