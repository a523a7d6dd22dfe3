"""Four starting points for a new programme. Pure data: the coordinator changes what they like afterwards.

Fields are named as on `programmes.models.Programme`. The keys of checklist, review, exit survey and measures name
presets of apps that stand on this one (training, evaluation), so they are plain strings here.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from programmes import coordinator_checklist as lists
from programmes import reminder_rules as reminders


@dataclass(frozen=True)
class ProgrammePreset:
    """What a new programme starts with. Durations are days unless the name says weeks or hours."""

    key: str
    label: str
    summary: str
    format: str
    purpose: str
    outcomes: tuple[str, ...]
    default_weeks: int
    check_in_every_days: int
    check_in_minutes: int
    quiet_days: int
    review_at_percent: int
    planned_hours: int | None
    coordinator_checklist: tuple[lists.ListItem, ...]
    rules: tuple[reminders.RuleSpec, ...] = reminders.STANDARD_RULES
    first_meeting_days: int = reminders.FIRST_MEETING_DAYS
    answer_days: int = reminders.ANSWER_PROPOSAL_DAYS
    students_per_mentor: int = 3
    checklist_key: str = "mentor-training"
    review_key: str = "mid-point-review"
    exit_key: str = "exit-survey"
    measures_key: str = "core"
    requires_background_check: bool = True

    def end_for(self, start):
        """Return the usual last day of a programme that starts on `start`."""
        return start + timedelta(weeks=self.default_weeks) - timedelta(days=1)


PRESETS = (
    ProgrammePreset(
        key="industry_placement",
        label=_("Industry placement"),
        summary=_("A student works at an employer for months. A mentor who is not their boss helps them to learn from it."),
        format="one_to_one",
        purpose=_(
            "Students learn what a workplace asks of them and what they can offer it. A mentor gives them someone"
            " to think with, beside the line manager who directs their work."
        ),
        outcomes=(
            _("Each student reaches the learning objectives agreed at the start."),
            _("Each student can describe what they did, and show it."),
            _("Each student knows whether they want to go further in this industry, and why."),
            _("Mentors grow as listeners and developers of people."),
        ),
        default_weeks=14,
        check_in_every_days=14,
        check_in_minutes=45,
        quiet_days=18,
        review_at_percent=50,
        planned_hours=315,  # the least a T Level industry placement may last
        coordinator_checklist=(*lists.CORE, *lists.PLACEMENT),
        measures_key="placement",
    ),
    ProgrammePreset(
        key="co_op_term",
        label=_("Co-op term"),
        summary=_("A paid term of full-time work between terms of study, with short and frequent check-ins."),
        format="one_to_one",
        purpose=_(
            "Students spend a term doing real work and link it to what they study. A mentor helps them to settle in"
            " quickly and to make each week count."
        ),
        outcomes=(
            _("Each student has at least one piece of finished work to show."),
            _("Each student can link what they did to their course."),
            _("Each student has met people in the field whom they can contact again."),
            _("Employers get to know students they may hire."),
        ),
        default_weeks=16,
        check_in_every_days=7,
        check_in_minutes=30,
        quiet_days=11,
        review_at_percent=50,
        planned_hours=560,  # sixteen weeks of thirty-five hours
        coordinator_checklist=(*lists.CORE, *lists.PLACEMENT),
        requires_background_check=False,  # students of these programmes are adults
        measures_key="placement",
    ),
    ProgrammePreset(
        key="career_mentoring_year",
        label=_("Career mentoring year"),
        summary=_("One school or college year of monthly conversations about choices, with or without a placement."),
        format="small_group",
        purpose=_(
            "Students meet someone who does work they are curious about, often enough to ask the real questions."
            " They leave with a plan that is their own."
        ),
        outcomes=(
            _("Each student has compared at least two routes into work or further study."),
            _("Each student has a career plan with next steps and dates."),
            _("Each student has spoken to people in work beyond family and college."),
            _("Students who know few people in work are matched as often as others."),
        ),
        default_weeks=36,
        check_in_every_days=28,
        check_in_minutes=60,
        quiet_days=38,
        review_at_percent=50,
        planned_hours=None,
        coordinator_checklist=(*lists.CORE, *lists.CAREER_YEAR),
        students_per_mentor=4,
        measures_key="career",
    ),
    ProgrammePreset(
        key="blank",
        label=_("Blank"),
        summary=_("Only the essentials: safe, dated and easy to change."),
        format="one_to_one",
        purpose="",
        outcomes=(),
        default_weeks=12,
        check_in_every_days=14,
        check_in_minutes=45,
        quiet_days=18,
        review_at_percent=50,
        planned_hours=None,
        coordinator_checklist=lists.BLANK,
        rules=reminders.BLANK_RULES,
    ),
)

_BY_KEY = {preset.key: preset for preset in PRESETS}


def preset_by_key(key):
    """Return the preset with this key; KeyError when there is none."""
    return _BY_KEY[key]
