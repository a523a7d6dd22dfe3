"""The formats a programme of mentoring can take, with their ratios.

Pure data. Ratios are the field's: one-to-one; small group, one mentor to at most four; team, several mentors
with at most four students each; large group, one or two mentors to seven to ten students.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class FormatSpec:
    """One way of mentoring; its label is that of `programmes.enums.Format`.

    Numbers count people in ONE mentorship, not a mentor's whole capacity.
    """

    key: str
    description: str
    min_students: int
    max_students: int
    min_mentors: int = 1
    max_mentors: int = 1
    max_students_per_mentor: int = 1
    stands_alone: bool = True

    @property
    def is_group(self):
        """Whether one mentorship of it may hold several students."""
        return self.stands_alone and self.max_students > 1

    def fits(self, students, mentors):
        """Say whether a mentorship with so many students and mentors keeps to the ratio."""
        return (
            self.min_students <= students <= self.max_students
            and self.min_mentors <= mentors <= self.max_mentors
            and students <= mentors * self.max_students_per_mentor
        )


FORMATS = (
    FormatSpec(
        key="one_to_one",
        description=_("One mentor with one student. The usual choice for a placement."),
        min_students=1,
        max_students=1,
    ),
    FormatSpec(
        key="small_group",
        description=_("One mentor with up to four students, who also help one another."),
        min_students=1,
        max_students=4,
        max_students_per_mentor=4,
    ),
    FormatSpec(
        key="team",
        description=_("Two to four mentors share a group, with no more than four students each."),
        min_students=1,
        max_students=16,
        min_mentors=2,
        max_mentors=4,
        max_students_per_mentor=4,
    ),
    FormatSpec(
        key="large_group",
        description=_("One or two mentors with seven to ten students, often around a shared theme."),
        min_students=7,
        max_students=10,
        max_mentors=2,
        max_students_per_mentor=10,
    ),
    FormatSpec(
        key="peer",
        description=_("A student who has done it before mentors up to four who are about to."),
        min_students=1,
        max_students=4,
        max_students_per_mentor=4,
    ),
    FormatSpec(
        key="reverse",
        description=_("Someone junior mentors someone senior, on what the junior person knows better."),
        min_students=1,
        max_students=1,
    ),
    FormatSpec(
        key="flash",
        description=_("A few meetings within days, about one question."),
        min_students=1,
        max_students=1,
    ),
    FormatSpec(
        key="e_mentoring",
        description=_("Contact online. It supports another format and does not replace it."),
        min_students=1,
        max_students=4,
        max_students_per_mentor=4,
        stands_alone=False,
    ),
)

_BY_KEY = {item.key: item for item in FORMATS}


def group_keys() -> list[str]:
    """Keys of the formats in which one mentorship may hold several students."""
    return [item.key for item in FORMATS if item.is_group]


def format_by_key(key):
    """Return the FormatSpec with this key; KeyError when there is none."""
    return _BY_KEY[key]
