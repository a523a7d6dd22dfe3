"""Days and times of the demo, all counted from the day of seeding."""

from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from checkins.models import Concern, Note
from goals.models import Goal, GoalAgreement, GoalChange, GoalProgress, GoalWording, Objective, ObjectiveAgreement
from matching.models import Agreement, AgreementSignature, FitCard, ProposalAnswer
from training.models import (
    ChecklistResponse,
    ChecklistTemplate,
    ChecklistVersion,
    CodeSignature,
    LaterAnswer,
    ResourceRead,
    TrainingHours,
    TrainingOverride,
)

ZONE = ZoneInfo("Europe/London")
# Times the models set by themselves. The demo tells of weeks gone by, so it gives its own.
_SET_BY_THEMSELVES = [
    (Agreement, "made_at"),
    (AgreementSignature, "signed_at"),
    (ChecklistResponse, "started_at"),
    (ChecklistTemplate, "made_at"),
    (ChecklistVersion, "made_at"),
    (CodeSignature, "signed_at"),
    (Concern, "raised_at"),
    (FitCard, "at"),
    (Goal, "created_at"),
    (GoalAgreement, "at"),
    (GoalChange, "at"),
    (GoalProgress, "at"),
    (GoalWording, "at"),
    (Objective, "written_at"),
    (ObjectiveAgreement, "at"),
    (LaterAnswer, "at"),
    (Note, "written_at"),
    (ProposalAnswer, "at"),
    (ResourceRead, "read_at"),
    (TrainingHours, "logged_at"),
    (TrainingOverride, "at"),
]


@contextmanager
def own_times():
    """While the block runs, times given to these models stand; none is set for them."""
    fields = [model._meta.get_field(name) for model, name in _SET_BY_THEMSELVES]
    for field in fields:
        field.auto_now_add = False
    try:
        yield
    finally:
        for field in fields:
            field.auto_now_add = True


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of a day by the colleges' clock."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


def monday_before(day: date) -> date:
    return day - timedelta(days=day.weekday())


def season_of(day: date) -> str:
    """"Autumn placements 2026" for a programme that begins on this day."""
    name = "Autumn" if day.month >= 8 else "Summer" if day.month >= 5 else "Spring"
    return f"{name} placements {day.year}"
