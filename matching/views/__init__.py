from .agreements import agreement, agreement_by_link
from .answers import answer, answer_by_link
from .exclusions import exclusion_lift, exclusions
from .mentorships import end, stage
from .pairing import pair, pair_cost, pair_undo
from .programme import programme, rules, run, so_far, student, unmatched
from .proposals import allow, lock, put_back, remove, unlock, withdraw
from .publishing import publish

__all__ = [
    "agreement",
    "agreement_by_link",
    "allow",
    "answer",
    "answer_by_link",
    "end",
    "exclusion_lift",
    "exclusions",
    "lock",
    "pair",
    "pair_cost",
    "pair_undo",
    "programme",
    "publish",
    "put_back",
    "remove",
    "rules",
    "run",
    "so_far",
    "stage",
    "student",
    "unlock",
    "unmatched",
    "withdraw",
]
