"""What programmes report: each measure with its meaning and what good programmes reach. Pure data.

Benchmarks are figures published by programmes of this kind, not targets of ours. Satisfaction is usually given
as 3.8 of 4; on the scale of 1 to 5 used here that is 4.7.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Measure:
    """One figure of a report. `unit` is percent, points (1 to 5), hours or people; `good` is None when unknown."""

    key: str
    label: str
    meaning: str
    unit: str
    good: float | None = None


MEASURES = (
    Measure("participation", _("Taking part"), _("People who started, of those invited."), "percent"),
    Measure("matched", _("Matched"), _("Students with a mentor, of all students in the programme."), "percent"),
    Measure("first_contact", _("First contact in time"), _("Mentorships that met within the programme’s first-contact days."), "percent"),
    Measure("check_ins_held", _("Check-ins held"), _("Check-ins held, of those planned up to today."), "percent"),
    Measure("goal_progress", _("Goals moving"), _("Students with progress on at least one goal."), "percent", 95),
    Measure("satisfaction", _("Satisfaction"), _("Mean answer to how much the mentoring was worth."), "points", 4.7),
    Measure("mentor_skills", _("Mentors who grew"), _("Mentors who say that their skills improved."), "percent", 92),
    Measure("recommend", _("Would recommend"), _("People who would recommend the programme."), "percent", 97),
    Measure("completion", _("Completed"), _("Mentorships that ran to a planned ending, early endings in agreement included."), "percent"),
    Measure("retention", _("Mentors who stay"), _("Mentors who take part again, of those invited again."), "percent"),
    Measure("hours", _("Placement hours"), _("Hours done, of hours planned."), "hours", 315),
    Measure("mentor_hours", _("Mentor hours"), _("Time mentors spent in check-ins."), "hours"),
    Measure("coordinator_time", _("Coordinator time"), _("Hours of coordination for each placement."), "hours"),
    Measure("equal_chances", _("Equal chances"), _("Who is matched and who stays without a mentor, by group."), "percent"),
)

# Programme presets name one of these lists.
MEASURE_LISTS = {
    "core": ("matched", "first_contact", "check_ins_held", "goal_progress", "satisfaction", "recommend", "completion"),
    "placement": (
        "matched",
        "first_contact",
        "check_ins_held",
        "goal_progress",
        "satisfaction",
        "mentor_skills",
        "recommend",
        "completion",
        "hours",
        "mentor_hours",
        "coordinator_time",
    ),
    "career": (
        "participation",
        "matched",
        "equal_chances",
        "first_contact",
        "check_ins_held",
        "goal_progress",
        "satisfaction",
        "mentor_skills",
        "recommend",
        "completion",
        "retention",
    ),
}

_BY_KEY = {measure.key: measure for measure in MEASURES}


def measures_for(key):
    """Return the measures of a list, in its order; KeyError when there is no such list."""
    return tuple(_BY_KEY[name] for name in MEASURE_LISTS[key])
