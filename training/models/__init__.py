from .checklist import ChecklistAnswer, ChecklistResponse, LaterAnswer
from .code import CodeClause, CodeSignature, CodeVersion
from .events import Gathering, Guest
from .hours import TrainingHours
from .library import OwnResource
from .readiness import ResourceRead, TrainingOverride, TrainingRules
from .self_rating import SelfRating
from .supervision import Reflection, Supervision, SupervisionSeat
from .template import ChecklistTemplate, ChecklistVersion, TemplateAspect

__all__ = [
    "ChecklistAnswer",
    "ChecklistResponse",
    "ChecklistTemplate",
    "ChecklistVersion",
    "CodeClause",
    "CodeSignature",
    "CodeVersion",
    "Gathering",
    "Guest",
    "LaterAnswer",
    "OwnResource",
    "Reflection",
    "ResourceRead",
    "SelfRating",
    "Supervision",
    "SupervisionSeat",
    "TemplateAspect",
    "TrainingHours",
    "TrainingOverride",
    "TrainingRules",
]
