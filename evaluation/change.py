"""The change between the mid-point review and the exit survey. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.presets import SHARED_MEASURES


@dataclass(frozen=True)
class Change:
    """One measure at both moments, 1 to 5; None where nobody answered. `difference` is None unless both are known."""

    measure: str
    label: str
    before: int | float | None
    after: int | float | None

    @property
    def difference(self):
        """After minus before, in points of the scale."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def changes(review: Mapping, survey: Mapping):
    """Return a Change for each shared measure from {measure: value or None} of one person at both moments."""
    return [
        Change(measure, label, review.get(measure), survey.get(measure))
        for measure, label in SHARED_MEASURES
    ]
