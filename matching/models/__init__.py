from .agreement import Agreement, AgreementPaper, AgreementSignature, AgreementVersion
from .background import BackgroundAnswer
from .changes import ChangeRequest
from .choosing import Candidate, ChoiceSheet, ChoosingRound, SpeedMeeting
from .contact import ContactPause
from .early_end import EarlyEnd
from .expectations import AgreementLook, Expectation, ExpectationAnswer, ExpectationYes
from .fit_card import FitCard
from .help_card import HelpEntry, HelpShare
from .journeys import JourneyTime
from .mentorship import Mentorship, MentorshipMember
from .questionnaire import Question, Questionnaire, QuestionnaireAnswer, QuestionnaireResponse
from .rounds import Exclusion, MatchRun, Proposal, ProposalAnswer, UnmatchedStudent
from .stage import StageMove
from .wave import Wave

__all__ = [
    "Agreement",
    "AgreementLook",
    "AgreementPaper",
    "AgreementSignature",
    "AgreementVersion",
    "BackgroundAnswer",
    "Candidate",
    "ChangeRequest",
    "ChoiceSheet",
    "ChoosingRound",
    "ContactPause",
    "EarlyEnd",
    "Exclusion",
    "Expectation",
    "ExpectationAnswer",
    "ExpectationYes",
    "FitCard",
    "HelpEntry",
    "HelpShare",
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
    "SpeedMeeting",
    "StageMove",
    "UnmatchedStudent",
    "Wave",
]
