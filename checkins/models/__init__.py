from .checkin import Action, CheckIn, Note
from .concern import Concern, ConcernNote, ConcernShare
from .reminder import ReminderSent

__all__ = ["Action", "CheckIn", "Concern", "ConcernNote", "ConcernShare", "Note", "ReminderSent"]
