from .attendance import Attendance
from .checkin import USUAL_MINUTES, Action, CheckIn, Note
from .concern import Concern, ConcernNote, ConcernShare
from .reminder import LetterPreference, ReminderSent
from .rules import ContactRules, Rhythm
from .safety import Absence, LimitsRead, MeetingPlace, Safeguarding
from .times import TimeOption, TimesProposal, TimeYes

__all__ = [
    "USUAL_MINUTES",
    "Absence",
    "Action",
    "Attendance",
    "CheckIn",
    "Concern",
    "ConcernNote",
    "ConcernShare",
    "ContactRules",
    "LetterPreference",
    "LimitsRead",
    "MeetingPlace",
    "Note",
    "ReminderSent",
    "Rhythm",
    "Safeguarding",
    "TimeOption",
    "TimeYes",
    "TimesProposal",
]
