"""Training in page words."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .library import resource
from .models import ChecklistAnswer
from .presets import CHECKLIST_ASPECTS

STATES = {
    "ready": (_("Finished"), "good"),
    "overridden": (_("Exempt"), "warn"),
    "under_way": (_("Under way"), "info"),
    "not_started": (_("Not begun"), ""),
}


@dataclass
class AspectLine:
    """One aspect on the checklist page, with its answer and, where support is needed, what to read."""

    aspect: object
    answer: ChecklistAnswer | None
    resource: object

    @property
    def needs_support(self):
        return bool(self.answer) and self.answer.value == ChecklistAnswer.Value.NEED


def aspect_lines(answers) -> list[AspectLine]:
    """The ten aspects in order, each with its answer out of ``answers`` or None."""
    by_key = {answer.aspect: answer for answer in answers}
    return [AspectLine(aspect, by_key.get(aspect.key), resource(aspect.resource)) for aspect in CHECKLIST_ASPECTS]


def needs_by_aspect(mentors, ready) -> list[dict]:
    """Per aspect: how many finished or began it, how many asked for more, and who."""
    rows = []
    for aspect in CHECKLIST_ASPECTS:
        who = [mentor for mentor in mentors if aspect.key in ready[mentor.pk].needs]
        rows.append({"aspect": aspect, "who": who, "count": len(who), "resource": aspect.resource})
    return sorted(rows, key=lambda row: (-row["count"], row["aspect"].number))
