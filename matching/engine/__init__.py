"""Matches students with mentors exactly, and says why; pure Python, numpy and scipy.

Start with `solve`; README.md beside this file has an example to paste into a shell.
"""

from .codes import CHANGES, CODES, FOR_COORDINATORS, REASONS_AGAINST, REASONS_FOR, RULES, UNMATCHED, in_english
from .errors import INPUT_ERRORS, EngineInputError
from .formats import FORMATS, settings_for
from .pairing import score_mentors, score_pair
from .records import AXES, CHOICE, KINDS, Criterion, Lock, Mentor, Settings, Student, Weights
from .result import (
    Alternative,
    Certificate,
    FullMentor,
    Group,
    Inputs,
    Match,
    PairScore,
    Reason,
    Result,
    Unmatched,
)
from .solve import solve
from .verify import FAULTS, verify
from .what_if import Cost, exact_cost

__all__ = [
    "AXES",
    "CHANGES",
    "CHOICE",
    "CODES",
    "FAULTS",
    "FORMATS",
    "FOR_COORDINATORS",
    "INPUT_ERRORS",
    "KINDS",
    "REASONS_AGAINST",
    "REASONS_FOR",
    "RULES",
    "UNMATCHED",
    "Alternative",
    "Certificate",
    "Cost",
    "Criterion",
    "EngineInputError",
    "FullMentor",
    "Group",
    "Inputs",
    "Lock",
    "Match",
    "Mentor",
    "PairScore",
    "Reason",
    "Result",
    "Settings",
    "Student",
    "Unmatched",
    "Weights",
    "exact_cost",
    "in_english",
    "score_mentors",
    "score_pair",
    "settings_for",
    "solve",
    "verify",
]
