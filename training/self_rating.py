"""The short social-and-emotional self-rating of mentors. Pure data.

The five skills are those that mentor programmes train (empathy, communication, active listening, collaboration and
self-awareness); each is rated on one scale of five points, the same at the start and at the end, so that the change can
be computed. It is the mentor's own mirror and no test: nobody else sees a single person's answers.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

LOWEST, HIGHEST = 1, 5
ENDS = (_("Hardly ever"), _("Nearly always"))
# The end is asked when winding down begins: about when this share of the programme's time is over (domain: stages).
END_OPENS_AT_PERCENT = 80


@dataclass(frozen=True)
class Skill:
    """One skill: what it is called, and the sentence a mentor rates."""

    key: str
    label: str
    statement: str


SKILLS = (
    Skill("empathy", _("Empathy"), _("I notice how somebody feels, even when they do not say it.")),
    Skill("communication", _("Communication"), _("I say what I mean so that the other person can use it.")),
    Skill("listening", _("Active listening"), _("I let people finish, and say back what I understood before I advise.")),
    Skill("collaboration", _("Collaboration"), _("I work things out together instead of solving them for somebody.")),
    Skill("self_awareness", _("Self-awareness"), _("I know what sets me off, and keep it out of the conversation.")),
)
KEYS = tuple(skill.key for skill in SKILLS)


@dataclass(frozen=True)
class Change:
    """One skill at both moments; None where it was not rated."""

    skill: Skill
    before: int | float | None
    after: int | float | None

    @property
    def difference(self):
        """After minus before, in points of the scale; None unless both are known."""
        return None if self.before is None or self.after is None else self.after - self.before


def changes(before, after) -> list[Change]:
    """A Change for each skill from two {key: points}, either of which may be None."""
    return [Change(skill, (before or {}).get(skill.key), (after or {}).get(skill.key)) for skill in SKILLS]


def means_of_whole_groups(rows, size) -> tuple[int, dict | None]:
    """(how many rows count, {key: mean}) of the rows' first whole groups of ``size``; (0, None) when there is none.

    Counting in whole groups keeps a single person's answers hidden for good: a mean that moved with each new answer
    would tell it to whoever saw the mean before and after. rows: {key: points} in the order in which they were given.
    """
    counted = rows[: len(rows) - len(rows) % size]
    if not counted:
        return 0, None
    return len(counted), {key: round(sum(row[key] for row in counted) / len(counted), 1) for key in KEYS}
