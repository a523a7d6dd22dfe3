from .employers import Employer, LineManager, Site
from .imports import RosterImport
from .participant import Participant
from .placement import Placement
from .programme import ChecklistItem, Programme
from .reminders import ReminderRule

__all__ = [
    "ChecklistItem",
    "Employer",
    "LineManager",
    "Participant",
    "Placement",
    "Programme",
    "ReminderRule",
    "RosterImport",
    "Site",
]
