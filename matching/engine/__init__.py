"""Matches students with mentors exactly, and says why; pure Python, numpy and scipy.

Start with `solve`; README.md beside this file has an example to paste into a shell.
"""

from .codes import CHANGES, CODES, FOR_COORDINATORS, REASONS_AGAINST, REASONS_FOR, RULES, UNMATCHED, in_english
from .errors import INPUT_ERRORS, EngineInputError
from .pairing import score_mentors, score_pair
from .records import AXES, CHOICE, KINDS, Criterion, Lock, Mentor, Settings, Student, Weights
from .result import (
    Alternative,
    Certificate,
    FullMentor,
    Inputs,
    Match,
    PairScore,
    Reason,
    Result,
    Unmatched,
)
from .solve import solve
from .verify import FAULTS, verify

__all__ = [
    "AXES",
    "CHANGES",
    "CHOICE",
    "CODES",
    "FAULTS",
    "FOR_COORDINATORS",
    "INPUT_ERRORS",
    "KINDS",
    "REASONS_AGAINST",
    "REASONS_FOR",
    "RULES",
    "UNMATCHED",
    "Alternative",
    "Certificate",
    "Criterion",
    "EngineInputError",
    "FullMentor",
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
    "in_english",
    "score_mentors",
    "score_pair",
    "solve",
    "verify",
]
