"""The five stages of a mentorship. Pure data; the prompts for each stage stand with the check-ins."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

# Winding down starts when about this share of the time, or of the goals, is done.
WINDING_DOWN_AT_PERCENT = 80


@dataclass(frozen=True)
class StageSpec:
    """One stage of `matching.enums.Stage`: a name short enough for a stepper, and what the stage is for."""

    key: str
    short_label: str
    purpose: str


STAGES = (
    StageSpec("rapport", _("Rapport"), _("Get to know each other and settle how you work together.")),
    StageSpec("direction", _("Setting direction"), _("Decide what to aim for and write it as goals.")),
    StageSpec("progression", _("Progression"), _("Do the work, learn from it, change the plan when needed.")),
    StageSpec("winding_down", _("Winding down"), _("Look back, say thank you, plan the ending.")),
    StageSpec("moving_on", _("Moving on"), _("Finish well and agree what contact stays, if any.")),
)
