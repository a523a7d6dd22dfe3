"""The agenda of the next check-in, from open goals, last actions and the stage. Pure; equal input, equal agenda."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from checkins import prompts

MOST_GOALS = 3


@dataclass(frozen=True)
class OpenGoal:
    """A goal not yet reached. `progress` is percent; `next_step` is its first open step, if any."""

    id: object
    title: str
    progress: int = 0
    due: date | None = None
    next_step: str = ""


@dataclass(frozen=True)
class LastAction:
    """Something agreed in an earlier check-in."""

    id: object
    text: str
    owner: str = ""
    due: date | None = None
    done: bool = False


@dataclass(frozen=True)
class AgendaItem:
    """One point to talk about. `kind` is opening, fit, action, activity, goal, feedback or next; `source_id` the goal or action."""

    kind: str
    title: str
    prompt: str
    source_id: object = None


def agenda(open_goals: Sequence[OpenGoal], last_actions: Sequence[LastAction], stage, *, today=None, number=0, fit=(), activities=()):
    """Return the points of the next check-in as a list of AgendaItem.

    An opening question of the stage, ``fit`` ((title, prompt) of what the fit cards left open), each action still open, ``activities`` ((title, prompt) of what was planned), up to three goals (earliest date first), feedback
    to the mentor, then what comes next. `number` counts the check-ins held so far, so that the opening question
    changes from one to the next; `today` marks goals whose date has passed. KeyError for an unknown stage.
    """
    questions = prompts.STAGE_PROMPTS[stage]
    return [
        AgendaItem("opening", questions[number % len(questions)], ""),
        *(AgendaItem("fit", title, prompt) for title, prompt in fit),
        *_actions(last_actions),
        *(AgendaItem("activity", title, prompt) for title, prompt in activities),
        *_goals(open_goals, today),
        AgendaItem("feedback", prompts.FEEDBACK_TITLE, prompts.FEEDBACK_PROMPT),
        AgendaItem("next", prompts.NEXT_TITLE, prompts.NEXT_PROMPT),
    ]


def _actions(actions):
    return [
        AgendaItem("action", action.text, prompts.LAST_ACTIONS_PROMPT, action.id)
        for action in sorted((action for action in actions if not action.done), key=_due_first)
    ]


def _goals(goals, today):
    if not goals:
        return [AgendaItem("goal", prompts.NO_GOALS_TITLE, prompts.NO_GOALS_PROMPT)]
    return [
        AgendaItem("goal", goal.title, _goal_prompt(goal, today), goal.id)
        for goal in sorted(goals, key=_due_first)[:MOST_GOALS]
    ]


def _goal_prompt(goal, today):
    if today is not None and goal.due is not None and goal.due < today:
        return prompts.OVERDUE_GOAL_PROMPT
    return goal.next_step or prompts.GOAL_PROMPT


def _due_first(item):
    return (item.due or date.max, 0 if item.due else 1)
