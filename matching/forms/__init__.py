from .answers import AnswerForm, FitCardForm
from .proposals import (
    EndForm,
    ExclusionForm,
    PairForm,
    RulesForm,
    SettledForm,
    SignForm,
    StageForm,
)

__all__ = [
    "AnswerForm",
    "EndForm",
    "ExclusionForm",
    "FitCardForm",
    "PairForm",
    "RulesForm",
    "SettledForm",
    "SignForm",
    "StageForm",
]
