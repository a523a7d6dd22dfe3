from .agreement import Agreement, AgreementSignature
from .fit_card import FitCard
from .mentorship import Mentorship, MentorshipMember
from .rounds import Exclusion, MatchRun, Proposal, ProposalAnswer, UnmatchedStudent

__all__ = [
    "Agreement",
    "AgreementSignature",
    "Exclusion",
    "FitCard",
    "MatchRun",
    "Mentorship",
    "MentorshipMember",
    "Proposal",
    "ProposalAnswer",
    "UnmatchedStudent",
]
