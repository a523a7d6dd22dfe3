from .proposals import (
    AnswerForm,
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
    "PairForm",
    "RulesForm",
    "SettledForm",
    "SignForm",
    "StageForm",
]
