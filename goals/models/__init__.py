from .activity import HiddenActivity, MentorshipActivity, OwnActivity
from .ending import ContactRule, ContactYes, EndingNote
from .goal import Goal, GoalObjective, GoalProgress, GoalStep, PartOfGoalQuerySet
from .objective import Objective, ObjectiveAgreement
from .wording import GoalAgreement, GoalChange, GoalWording

__all__ = [
    "ContactRule",
    "ContactYes",
    "EndingNote",
    "Goal",
    "GoalAgreement",
    "GoalChange",
    "GoalObjective",
    "GoalProgress",
    "GoalStep",
    "GoalWording",
    "HiddenActivity",
    "MentorshipActivity",
    "Objective",
    "ObjectiveAgreement",
    "OwnActivity",
    "PartOfGoalQuerySet",
]
