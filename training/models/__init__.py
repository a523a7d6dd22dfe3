from .checklist import ChecklistAnswer, ChecklistResponse
from .events import Gathering, Guest
from .hours import TrainingHours
from .readiness import CodeSignature, ResourceRead, TrainingOverride

__all__ = [
    "ChecklistAnswer",
    "ChecklistResponse",
    "CodeSignature",
    "Gathering",
    "Guest",
    "ResourceRead",
    "TrainingHours",
    "TrainingOverride",
]
