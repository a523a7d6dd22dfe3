"""Which points a checklist has: our preset's, or those of a version of the organisation's own."""

from collections import defaultdict
from dataclasses import dataclass

from programmes.models import Participant, Programme

from ..models import ChecklistVersion, TemplateAspect
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
    """{version id: its Checklist}, with None for our preset, in two queries or none."""
    wanted = {pk for pk in version_ids if pk}
    found = {None: PRESET}
    if not wanted:
        return found
    points = defaultdict(list)
    for row in TemplateAspect.objects.filter(version__in=wanted).order_by("position", "id"):
        points[row.version_id].append(row)
    numbers = dict(ChecklistVersion.objects.filter(pk__in=wanted).values_list("pk", "number"))
    for pk, number in numbers.items():
        found[pk] = Checklist(str(number), pk, tuple(_aspect(place, row) for place, row in enumerate(points[pk], 1)))
    return found


def checklist_of(response) -> Checklist:
    """The points a response answers."""
    return checklists_of_versions([response.template_version_id])[response.template_version_id]


def programmes_of(mentors) -> list[Programme]:
    """The programmes of these participants: those they carry with them, the others in one query."""
    carried = {one.programme_id: one.programme for one in mentors if Participant.programme.is_cached(one)}
    missing = {one.programme_id for one in mentors} - set(carried)
    return [*carried.values(), *(Programme.objects.filter(pk__in=missing) if missing else ())]


def current_versions(programmes) -> dict[int, int | None]:
    """{programme id: id of the version its mentors begin with now, None for our preset}, in one query or none."""
    keys = {one.pk: one.checklist_key for one in programmes}
    own = [key for key in keys.values() if key not in CHECKLISTS]
    newest = {}
    if own:
        rows = ChecklistVersion.objects.published().filter(template__key__in=own).order_by("number")
        newest = dict(rows.values_list("template__key", "pk"))
    return {pk: newest.get(key) for pk, key in keys.items()}


def current_checklist(programme) -> Checklist:
    """What a mentor of this programme begins with now. Our preset stands in for a checklist that was never published."""
    version = current_versions([programme])[programme.pk]
    return checklists_of_versions([version])[version]


def points_of(programme) -> tuple[ChecklistAspect, ...]:
    """What something about this programme may be about: the points in use, then those of our preset that are not among them."""
    current = current_checklist(programme)
    return (*current.aspects, *(aspect for aspect in PRESET.aspects if aspect.key not in current.by_key))


def _aspect(number, row):
    return ChecklistAspect(number, row.key, row.title, row.explanation, row.resource, must_be_covered=row.must_be_covered)
