from .agreements import agreement, agreement_by_link
from .answers import answer, answer_by_link
from .changes import change, change_by_link, change_keep
from .exclusions import exclusion_lift, exclusions
from .journeys import journey_remove, journeys
from .mentorships import end, stage
from .pairing import pair, pair_cost, pair_undo
from .programme import programme, rules, run, so_far, student, unmatched
from .proposals import allow, lock, put_back, remove, unlock, withdraw
from .publishing import publish
from .questionnaire import (
    questionnaire,
    questionnaire_build,
    questionnaire_drop,
    questionnaire_offer,
    questionnaire_preview,
    questionnaire_publish,
    questionnaire_start,
)
from .questionnaire_answers import (
    questionnaire_answer,
    questionnaire_background,
    questionnaire_background_by_link,
    questionnaire_by_link,
    questionnaire_draft,
    questionnaire_draft_by_link,
)
from .questionnaire_people import questionnaire_ask, questionnaire_nudge, questionnaire_people, questionnaire_person
from .questionnaire_questions import question, question_add, question_ask_too, question_move, question_remove
from .rounds import compare, out, run_delete, run_list, run_take_up

__all__ = [
    "agreement",
    "agreement_by_link",
    "allow",
    "answer",
    "answer_by_link",
    "change",
    "change_by_link",
    "change_keep",
    "compare",
    "end",
    "exclusion_lift",
    "exclusions",
    "journey_remove",
    "journeys",
    "lock",
    "out",
    "pair",
    "pair_cost",
    "pair_undo",
    "programme",
    "publish",
    "put_back",
    "question",
    "question_add",
    "question_ask_too",
    "question_move",
    "question_remove",
    "questionnaire",
    "questionnaire_answer",
    "questionnaire_ask",
    "questionnaire_background",
    "questionnaire_background_by_link",
    "questionnaire_build",
    "questionnaire_by_link",
    "questionnaire_draft",
    "questionnaire_draft_by_link",
    "questionnaire_drop",
    "questionnaire_nudge",
    "questionnaire_offer",
    "questionnaire_people",
    "questionnaire_person",
    "questionnaire_preview",
    "questionnaire_publish",
    "questionnaire_start",
    "remove",
    "rules",
    "run",
    "run_delete",
    "run_list",
    "run_take_up",
    "so_far",
    "stage",
    "student",
    "unlock",
    "unmatched",
    "withdraw",
]
