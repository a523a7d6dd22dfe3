"""The five axes of a good fit, as the question each side asks.

Pure data. The axis keys are those of the matching engine's scores.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class FitAxis:
    """One axis: its short name, what the mentor and the student each ask themselves, and what to talk about where they differ."""

    key: str
    label: str
    mentor_asks: str
    student_asks: str
    talk: str

    def question_for(self, role, *, group=False):
        """Return the question for "mentor" or "student"; KeyError for any other role. group: a mentor asks it of several students."""
        return {"mentor": OF_GROUP[self.key] if group else self.mentor_asks, "student": self.student_asks}[role]


FIT_AXES = (
    FitAxis(
        key="role",
        label=_("Knows the job"),
        mentor_asks=_("Do I know enough about the job this student does?"),
        student_asks=_("Does this person know enough about my job?"),
        talk=_("What is the job really like, and which part of it would the mentor have to ask others about?"),
    ),
    FitAxis(
        key="goals",
        label=_("Goals"),
        mentor_asks=_("Do I understand what they hope for, and do I believe in it?"),
        student_asks=_("Do they understand what I want to achieve?"),
        talk=_("What does the student want from this time, in their own words? What has the mentor understood so far?"),
    ),
    FitAxis(
        key="place",
        label=_("Place"),
        mentor_asks=_("Do we work in the same place or close by, or can we connect online?"),
        student_asks=_("Are we in the same place, or have we settled how we keep in contact?"),
        talk=_("Where and how will you meet: in person, by video, by phone? What do you do when that does not work?"),
    ),
    FitAxis(
        key="time",
        label=_("Time"),
        mentor_asks=_("Do I have time for regular contact?"),
        student_asks=_("Will they have time for me?"),
        talk=_("How often can you really meet, and for how long? Who writes first when a week is too full?"),
    ),
    FitAxis(
        key="compatibility",
        label=_("Getting on"),
        mentor_asks=_("Are we likely to get on?"),
        student_asks=_("Will we get on?"),
        talk=_("How does each of you like to work, and to hear that something could be better?"),
    ),
)

# What a mentor asks themselves about a group.
OF_GROUP = {
    "role": _("Do I know enough about the jobs these students do?"),
    "goals": _("Do I understand what they hope for, and do I believe in it?"),
    "place": _("Can we meet in one place, or connect online together?"),
    "time": _("Do I have time for regular contact with all of them?"),
    "compatibility": _("Are we likely to get on as a group?"),
}

ANSWERS = {"yes": _("Yes"), "unsure": _("Not sure"), "no": _("No")}


@dataclass(frozen=True)
class FitLine:
    """One axis with both answers. ``talk``: what to talk about at the first meeting, "" where both said yes."""

    axis: FitAxis
    mentor: str
    student: str
    talk: str

    @property
    def differs(self):
        return self.mentor != self.student


def compare(mentor, student) -> list[FitLine]:
    """Both fit cards side by side (axis key -> yes, unsure, no): a line for each axis, in the order of the questions.

    Where one of the two is not sure, or both are not, there is something to talk about; nothing is scored.
    """
    return [
        FitLine(
            axis,
            mentor.get(axis.key, ""),
            student.get(axis.key, ""),
            "" if mentor.get(axis.key) == student.get(axis.key) == "yes" else axis.talk,
        )
        for axis in FIT_AXES
    ]
