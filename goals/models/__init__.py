from .goal import Goal, GoalObjective, GoalProgress, GoalStep, PartOfGoalQuerySet
from .objective import Objective, ObjectiveAgreement
from .wording import GoalAgreement, GoalChange, GoalWording

__all__ = [
    "Goal",
    "GoalAgreement",
    "GoalChange",
    "GoalObjective",
    "GoalProgress",
    "GoalStep",
    "GoalWording",
    "Objective",
    "ObjectiveAgreement",
    "PartOfGoalQuerySet",
]
