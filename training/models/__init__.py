from .checklist import ChecklistAnswer, ChecklistResponse
from .hours import TrainingHours
from .readiness import CodeSignature, ResourceRead, TrainingOverride

__all__ = ["ChecklistAnswer", "ChecklistResponse", "CodeSignature", "ResourceRead", "TrainingHours", "TrainingOverride"]
