"""People and placements of the demo, from rows as the roster reader gives them."""

from dataclasses import dataclass, field
from importlib.resources import files

from organisations.models import Membership
from programmes.models import Employer, LineManager, Participant, Placement, Site
from programmes.roster import parse

TUTORS = ("Aled Morris", "Beatriz Sousa", "Callum Reid", "Dilek Arslan", "Ewa Kowalczyk", "Farid Amiri", "Greta Holm", "Hanna Björk")


@dataclass
class Roster:
    """The participants of a programme, in the order of their rows."""

    students: list = field(default_factory=list)
    mentors: list = field(default_factory=list)
    placements: dict = field(default_factory=dict)  # participant id of the student -> placement


def sample_rows(kind, family="northfield"):
    """The rows of a sample roster that the product ships."""
    content = files("programmes.samples").joinpath(family, f"{kind}.csv").read_bytes()
    return list(parse(kind, content).rows)


def enrol(programme, *, students, mentors, placements, now) -> Roster:
    """Enrol these rows: memberships (an address that is known keeps its person), participants, placements."""
    people = _memberships(programme.organisation_id, students, mentors)
    roster = Roster()
    shared = {"programme": programme, "organisation_id": programme.organisation_id, "invited_at": now}
    roster.students = Participant.objects.bulk_create([_student(row, people, shared) for row in students])
    roster.mentors = Participant.objects.bulk_create([_mentor(row, people, shared) for row in mentors])
    by_ref = {person.student_ref: person for person in roster.students}
    rows = [row for row in placements if row.student_id in by_ref]
    made = Placement.objects.bulk_create(_placements(programme, rows, by_ref))
    roster.placements = {placement.student_id: placement for placement in made}
    return roster


def _memberships(organisation_id, students, mentors) -> dict[str, Membership]:
    wanted = {row.email.lower(): (row.first_name, row.last_name, "student") for row in students}
    wanted |= {row.email.lower(): (row.first_name, row.last_name, "mentor") for row in mentors}
    addresses = sorted({row.tutor_email.lower() for row in students if row.tutor_email} - set(wanted))
    known = {one.email.lower(): one for one in Membership.objects.filter(email__in=[*wanted, *addresses])}
    names = iter(TUTORS)
    for address in addresses:
        if address not in known:
            first, last = next(names, "Tutor Example").split(" ", 1)
            wanted[address] = (first, last, "tutor")
    rows = [
        Membership(organisation_id=organisation_id, first_name=first, last_name=last, email=email, roles=[role])
        for email, (first, last, role) in wanted.items()
        if email not in known
    ]
    return known | {one.email: one for one in Membership.objects.bulk_create(rows)}


def _student(row, people, shared):
    return Participant(
        **shared,
        side="student",
        membership=people[row.email.lower()],
        tutor=people.get(row.tutor_email.lower()),
        student_ref=row.student_id,
        date_of_birth=row.date_of_birth,
        course=row.course,
        career_goal=row.career_goal,
        wants_skills=list(row.wants_skills),
        **_both(row),
    )


def _mentor(row, people, shared):
    return Participant(
        **shared,
        side="mentor",
        membership=people[row.email.lower()],
        employer_name=row.employer,
        job_title=row.job_title,
        skills=list(row.skills),
        capacity=row.capacity,
        years_experience=row.years_experience,
        check_valid_until=row.check_valid_until,
        **_both(row),
    )


def _both(row):
    return {
        "industry": row.industry,
        "town": row.town,
        "availability": list(row.availability),
        "languages": list(row.languages),
        "channel": row.channel,
    }


def _placements(programme, rows, by_ref):
    """Employers, sites and line managers once each; the placement runs as long as the programme."""
    organisation_id = programme.organisation_id
    sites, managers = {}, {}
    for row in rows:
        employer, _made = Employer.objects.get_or_create(name=row.employer) if row.employer not in sites else (None, False)
        if employer:
            sites[row.employer] = {"": employer}
        here = sites[row.employer]
        if row.site_town not in here:
            here[row.site_town] = Site.objects.get_or_create(employer=here[""], town=row.site_town)[0]
        key = (row.employer, row.line_manager_email)
        if row.line_manager_email and key not in managers:
            managers[key] = LineManager.objects.get_or_create(
                employer=here[""], email=row.line_manager_email, defaults={"name": row.line_manager_name}
            )[0]
        yield Placement(
            organisation_id=organisation_id,
            programme=programme,
            student=by_ref[row.student_id],
            site=here[row.site_town],
            line_manager=managers.get(key),
            role=row.job_role,
            starts_on=programme.starts_on,
            ends_on=programme.ends_on,
            planned_hours=row.planned_hours,
        )
