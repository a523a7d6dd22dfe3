from .employers import Employer, LineManager, Site
from .holidays import Holiday
from .imports import RosterImport
from .participant import Participant
from .placement import Placement
from .programme import ChecklistItem, Programme
from .reminders import ReminderRule
from .young import GuardianConsent, SafetyRules, YoungPerson

__all__ = [
    "ChecklistItem",
    "Employer",
    "GuardianConsent",
    "Holiday",
    "LineManager",
    "Participant",
    "Placement",
    "Programme",
    "ReminderRule",
    "RosterImport",
    "SafetyRules",
    "Site",
    "YoungPerson",
]
