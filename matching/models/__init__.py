from .agreement import Agreement, AgreementSignature
from .mentorship import Mentorship, MentorshipMember
from .rounds import Exclusion, MatchRun, Proposal, ProposalAnswer, UnmatchedStudent

__all__ = [
    "Agreement",
    "AgreementSignature",
    "Exclusion",
    "MatchRun",
    "Mentorship",
    "MentorshipMember",
    "Proposal",
    "ProposalAnswer",
    "UnmatchedStudent",
]
