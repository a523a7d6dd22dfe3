"""The rows of a roster once read: plain, frozen, and known by keys."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StudentRow:
    """A student. Missing text is "", a missing date None, a missing list empty. number: the row in the file."""

    number: int
    first_name: str
    last_name: str
    email: str
    student_id: str = ""
    date_of_birth: date | None = None
    course: str = ""
    industry: str = ""
    town: str = ""
    career_goal: str = ""
    wants_skills: tuple[str, ...] = ()
    availability: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    channel: str = ""
    tutor_email: str = ""

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        return student_keys(self.student_id, self.email)


@dataclass(frozen=True, slots=True)
class MentorRow:
    """A mentor. capacity: students they can take. check_valid_until: last day of the background check."""

    number: int
    first_name: str
    last_name: str
    email: str
    employer: str = ""
    job_title: str = ""
    industry: str = ""
    town: str = ""
    skills: tuple[str, ...] = ()
    availability: tuple[str, ...] = ()
    capacity: int = 1
    languages: tuple[str, ...] = ()
    channel: str = ""
    years_experience: int | None = None
    check_valid_until: date | None = None

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        return mentor_keys(self.email)


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A placement of the student with this number. Dates are its first and last day."""

    number: int
    student_id: str
    employer: str
    job_role: str
    start_date: date
    end_date: date
    site_town: str = ""
    line_manager_name: str = ""
    line_manager_email: str = ""
    planned_hours: int | None = None

    @property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        return placement_keys(self.student_id, self.employer, self.site_town, self.job_role, self.start_date)


ROWS = {"students": StudentRow, "mentors": MentorRow, "placements": PlacementRow}


def student_keys(student_id: str, email: str) -> tuple[tuple[str, str], ...]:
    """Return what a student is known by, the strongest first; a row is that student when any of them fits."""
    by_email = ("email", email.lower())
    return (("student_id", student_id.casefold()), by_email) if student_id else (by_email,)


def mentor_keys(email: str) -> tuple[tuple[str, str], ...]:
    """Return what a mentor is known by."""
    return (("email", email.lower()),)


def placement_keys(
    student_id: str, employer: str, site_town: str, job_role: str, start_date: date
) -> tuple[tuple[str, ...], ...]:
    """Return what a placement is known by: who, where, as what, from when (as in the database's own constraint)."""
    words = (student_id, employer, site_town, job_role)
    return (("placement", *(word.casefold() for word in words), start_date.isoformat()),)
