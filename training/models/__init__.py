from .checklist import ChecklistAnswer, ChecklistResponse
from .readiness import CodeSignature, ResourceRead, TrainingOverride

__all__ = ["ChecklistAnswer", "ChecklistResponse", "CodeSignature", "ResourceRead", "TrainingOverride"]
