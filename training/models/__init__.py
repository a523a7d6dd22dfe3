from .checklist import ChecklistAnswer, ChecklistResponse
from .events import Gathering, Guest
from .hours import TrainingHours
from .library import OwnResource
from .readiness import CodeSignature, ResourceRead, TrainingOverride
from .self_rating import SelfRating
from .supervision import Reflection, Supervision, SupervisionSeat

__all__ = [
    "ChecklistAnswer",
    "ChecklistResponse",
    "CodeSignature",
    "Gathering",
    "Guest",
    "OwnResource",
    "Reflection",
    "ResourceRead",
    "SelfRating",
    "Supervision",
    "SupervisionSeat",
    "TrainingHours",
    "TrainingOverride",
]
