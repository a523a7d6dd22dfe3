"""What an activity consists of. Pure."""

from dataclasses import dataclass

from programmes.enums import Stage

from ..enums import Function, Setting

RAPPORT, DIRECTION, PROGRESSION, WINDING_DOWN, MOVING_ON = Stage.values
CAREER_PATHING, SKILLS, SPONSORSHIP, EXPOSURE, PROFESSIONAL, CHALLENGE, ROLE_MODEL, ACCEPTANCE, COUNSEL, FRIENDSHIP = Function.values
IN_PERSON, REMOTE, BOTH = Setting.values


@dataclass(frozen=True)
class Activity:
    """One thing to do together.

    stages: where it fits, the first is its home. functions: values of Function. minutes: what it takes together. way: a Setting.
    steps: three to six. questions: to talk about afterwards. safety: what to mind, "" where there is nothing special.
    helps: beginnings of English words in a goal that it helps with; nobody reads them.
    """

    key: str
    title: str
    stages: tuple[str, ...]
    functions: tuple[str, ...]
    minutes: int
    way: str
    purpose: str
    needs: str
    steps: tuple[str, ...]
    questions: tuple[str, ...]
    safety: str = ""
    helps: tuple[str, ...] = ()
