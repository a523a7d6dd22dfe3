from .agreements import AmendForm, ElsewhereForm, SignForm
from .answers import AnswerForm, FitCardForm
from .changes import ChangeForm
from .exclusions import ExclusionForm
from .expectations import SettleAnswersForm, WordingForm
from .help_card import HelpEntryForm
from .members import JoinForm, LeaveForm
from .proposals import (
    EndForm,
    PairForm,
    RulesForm,
    StageForm,
)
from .waves import WaveForm

__all__ = [
    "AmendForm",
    "AnswerForm",
    "ChangeForm",
    "ElsewhereForm",
    "EndForm",
    "ExclusionForm",
    "FitCardForm",
    "HelpEntryForm",
    "JoinForm",
    "LeaveForm",
    "PairForm",
    "RulesForm",
    "SettleAnswersForm",
    "SignForm",
    "StageForm",
    "WaveForm",
    "WordingForm",
]
