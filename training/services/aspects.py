"""Which points a checklist has: our preset's, or those of a version of the organisation's own."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from programmes.models import Participant, Programme

from ..enums import State
from ..models import TemplateAspect
from ..presets import CHECKLIST_VERSION, CHECKLISTS, ChecklistAspect

PRESET_KEY = "mentor-training"


@dataclass(frozen=True)
class Checklist:
    """The points of one version, in order. version_id: id of the ChecklistVersion, None for our preset."""

    version: str
    version_id: int | None
    aspects: tuple[ChecklistAspect, ...]

    def __len__(self):
        return len(self.aspects)

    @property
    def keys(self):
        return [aspect.key for aspect in self.aspects]

    @property
    def by_key(self):
        return {aspect.key: aspect for aspect in self.aspects}


PRESET = Checklist(CHECKLIST_VERSION, None, CHECKLISTS[PRESET_KEY])


def checklists_of_versions(version_ids) -> dict[int | None, Checklist]:
    """{version id: its Checklist}, with None for our preset, in one query or none."""
    return checklists_for([], version_ids)[1]


def checklists_for(programmes, version_ids=()) -> tuple[dict[int, int | None], dict[int | None, Checklist]]:
    """Two mappings, in one query or none.

    {programme id: id of the version its mentors begin with now, None for our preset}, and {version id: its Checklist} of these
    and the given versions. Our preset stands in for a checklist that was never published.
    """
    wanted = {pk for pk in version_ids if pk}
    own = {one.checklist_key for one in programmes if one.checklist_key not in CHECKLISTS}
    newest, found = {}, {None: PRESET}
    if wanted or own:
        in_use = Q(version__template__key__in=own, version__published_at__isnull=False)
        rows = TemplateAspect.objects.filter(Q(version__in=wanted) | in_use).select_related("version__template")
        points = defaultdict(list)
        for row in rows.order_by("version__number", "position", "id"):
            points[row.version].append(row)
        for version, of_version in points.items():
            if version.published_at:
                newest[version.template.key] = version.pk
            aspects = tuple(_aspect(place, row) for place, row in enumerate(of_version, 1))
            found[version.pk] = Checklist(str(version.number), version.pk, aspects)
    found |= {pk: Checklist("", pk, ()) for pk in wanted - set(found)}  # a draft that has no point yet
    return {one.pk: newest.get(one.checklist_key) for one in programmes}, found


def checklist_of(response) -> Checklist:
    """The points a response answers."""
    return checklists_of_versions([response.template_version_id])[response.template_version_id]


def programmes_of(mentors) -> list[Programme]:
    """The programmes of these participants: those they carry with them, the others in one query."""
    carried = {one.programme_id: one.programme for one in mentors if Participant.programme.is_cached(one)}
    missing = {one.programme_id for one in mentors} - set(carried)
    return [*carried.values(), *(Programme.objects.filter(pk__in=missing) if missing else ())]


def current_checklist(programme) -> Checklist:
    """What a mentor of this programme begins with now. Our preset stands in for a checklist that was never published."""
    current, lists = checklists_for([programme])
    return lists[current[programme.pk]]


def points_of(programme) -> tuple[ChecklistAspect, ...]:
    """What something about this programme may be about: the points in use, then those of our preset that are not among them."""
    current = current_checklist(programme)
    return (*current.aspects, *(aspect for aspect in PRESET.aspects if aspect.key not in current.by_key))


def points_in_use() -> tuple[ChecklistAspect, ...]:
    """What a text of the library may be about: the points of our preset, then those of the organisation's own checklists in use."""
    rows = TemplateAspect.objects.filter(version__published_at__isnull=False, version__template__state=State.PUBLISHED)
    rows = list(rows.select_related("version").order_by("version__template__name", "version__template_id", "position", "id"))
    newest = {}
    for row in rows:
        newest[row.version.template_id] = max(newest.get(row.version.template_id, 0), row.version.number)
    own = {row.key: row for row in rows if row.version.number == newest[row.version.template_id] and row.key not in PRESET.by_key}
    return (*PRESET.aspects, *(_aspect(place, row) for place, row in enumerate(own.values(), len(PRESET) + 1)))


def _aspect(number, row):
    return ChecklistAspect(number, row.key, row.title, row.explanation, row.resource, must_be_covered=row.must_be_covered)
