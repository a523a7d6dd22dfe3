from .agreement import Agreement, AgreementSignature
from .background import BackgroundAnswer
from .changes import ChangeRequest
from .fit_card import FitCard
from .journeys import JourneyTime
from .mentorship import Mentorship, MentorshipMember
from .questionnaire import Question, Questionnaire, QuestionnaireAnswer, QuestionnaireResponse
from .rounds import Exclusion, MatchRun, Proposal, ProposalAnswer, UnmatchedStudent
from .wave import Wave

__all__ = [
    "Agreement",
    "AgreementSignature",
    "BackgroundAnswer",
    "ChangeRequest",
    "Exclusion",
    "FitCard",
    "JourneyTime",
    "MatchRun",
    "Mentorship",
    "MentorshipMember",
    "Proposal",
    "ProposalAnswer",
    "Question",
    "Questionnaire",
    "QuestionnaireAnswer",
    "QuestionnaireResponse",
    "UnmatchedStudent",
    "Wave",
]
