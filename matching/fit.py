"""The five axes of a good fit, as the question each side asks.

Pure data. The axis keys are those of the matching engine's scores.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class FitAxis:
    """One axis: its short name and what the mentor and the student each ask themselves."""

    key: str
    label: str
    mentor_asks: str
    student_asks: str

    def question_for(self, role):
        """Return the question for "mentor" or "student"; KeyError for any other role."""
        return {"mentor": self.mentor_asks, "student": self.student_asks}[role]


FIT_AXES = (
    FitAxis(
        key="role",
        label=_("Knows the job"),
        mentor_asks=_("Do I know enough about the job this student does?"),
        student_asks=_("Does this person know enough about my job?"),
    ),
    FitAxis(
        key="goals",
        label=_("Goals"),
        mentor_asks=_("Do I understand what they hope for, and do I believe in it?"),
        student_asks=_("Do they understand what I want to achieve?"),
    ),
    FitAxis(
        key="place",
        label=_("Place"),
        mentor_asks=_("Do we work in the same place or close by, or can we connect online?"),
        student_asks=_("Are we in the same place, or have we settled how we keep in contact?"),
    ),
    FitAxis(
        key="time",
        label=_("Time"),
        mentor_asks=_("Do I have time for regular contact?"),
        student_asks=_("Will they have time for me?"),
    ),
    FitAxis(
        key="compatibility",
        label=_("Getting on"),
        mentor_asks=_("Are we likely to get on?"),
        student_asks=_("Will we get on?"),
    ),
)
