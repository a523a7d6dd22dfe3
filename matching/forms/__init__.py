from .answers import AnswerForm, FitCardForm
from .changes import ChangeForm
from .exclusions import ExclusionForm
from .proposals import (
    EndForm,
    PairForm,
    RulesForm,
    SettledForm,
    SignForm,
    StageForm,
)
from .waves import WaveForm

__all__ = [
    "AnswerForm",
    "ChangeForm",
    "EndForm",
    "ExclusionForm",
    "FitCardForm",
    "PairForm",
    "RulesForm",
    "SettledForm",
    "SignForm",
    "StageForm",
    "WaveForm",
]
