"""What a roster would change in a programme: the file's rows beside what the database knows. Reads, never writes."""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from organisations.enums import Role
from organisations.models import Membership

from ..enums import Side
from ..models import Employer, LineManager, Participant, Placement, Site
from ..roster import (
    Comparison,
    Note,
    Parsed,
    Plan,
    Problem,
    Refused,
    check_dates,
    check_references,
    compare,
    make_plan,
    mentor_keys,
    parse,
    placement_keys,
    student_keys,
)

# A placement always has a site; where the file names no town, this stands for it.
ONLY_SITE = "Main site"

_PERSON = {"first_name": "membership__first_name", "last_name": "membership__last_name", "email": "membership__email"}
_BOTH = {name: name for name in ("industry", "town", "availability", "languages", "channel")}
STUDENT_FACTS = {
    "student_id": "student_ref",
    "date_of_birth": "date_of_birth",
    "course": "course",
    "career_goal": "career_goal",
    "wants_skills": "wants_skills",
    **_BOTH,
}
MENTOR_FACTS = {
    "employer": "employer_name",
    "job_title": "job_title",
    "skills": "skills",
    "capacity": "capacity",
    "years_experience": "years_experience",
    "check_valid_until": "check_valid_until",
    **_BOTH,
}


@dataclass(frozen=True)
class RosterReading:
    """A roster beside what is known. problems: of the file and of its meeting with the programme, by row; notes: of the
    meeting as a whole (parsed.notes: of the file)."""

    parsed: Parsed
    comparison: Comparison
    problems: tuple[Problem, ...]
    refused: tuple[Refused, ...]
    notes: tuple[Note, ...] = ()

    @property
    def refusals(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.refuses]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.refuses]

    @cached_property
    def plan(self) -> Plan:
        return make_plan(self.parsed.kind, self.comparison)

    @property
    def known_ids(self) -> list:
        """Beside each row of the plan: the id of the participant or placement it changes, None for a new one."""
        return [None] * self.plan.new + [change.existing["id"] for change in self.comparison.changed]

    @property
    def writes(self) -> int:
        return len(self.comparison.new) + len(self.comparison.changed)


def read_roster(*, programme, kind, content, mapping=None, today=None, progress=None) -> RosterReading:
    """Read a file for a programme. RosterError when the file as a whole cannot be used.

    progress(done, total, message), if given, is called as rows are read, and may raise to stop.
    """
    tell = progress and (lambda done, total: progress(done, total + 1, _("Reading row by row")))
    parsed = parse(kind, content, mapping=mapping, today=today or timezone.localdate(), tell=tell)
    if progress:
        progress(len(parsed.rows), len(parsed.rows) + 1, _("Comparing with who is here already"))
    if kind == "placements":
        return _read_placements(parsed, programme)
    return _read_people(parsed, programme)


def _settle(parsed, comparison, problems, rows, notes=()):
    """Take the rows with a refusal out of the comparison and put everything that is to be said in order."""
    problems = [*problems, *comparison.conflicts]
    out = {problem.row for problem in problems if problem.refuses}
    kept = Comparison(
        tuple(row for row in comparison.new if row.number not in out),
        tuple(change for change in comparison.changed if change.row.number not in out),
        tuple(row for row in comparison.same if row.number not in out),
    )
    refused = [*parsed.refused, *(Refused(row.number, label_of(row)) for row in rows if row.number in out)]
    everything = sorted([*parsed.problems, *problems], key=lambda problem: problem.row)
    return RosterReading(parsed, kept, tuple(everything), tuple(sorted(refused, key=lambda one: one.number)), tuple(notes))


def label_of(row) -> str:
    """The words by which a person finds a row."""
    return row.student_id if hasattr(row, "job_role") else f"{row.first_name} {row.last_name}".strip()


def _read_people(parsed, programme):
    students = parsed.kind == "students"
    known = _known_people(programme, parsed.kind)
    existing = {}
    for one in known:
        keys = student_keys(one["ref"], one["address"]) if students else mentor_keys(one["address"])
        existing |= dict.fromkeys(keys, one)
    addresses = {row.email for row in parsed.rows} | {row.tutor_email for row in parsed.rows if students and row.tutor_email}
    members = {
        one.pop("address"): one
        for one in Membership.objects.annotate(address=Lower("email"))
        .filter(address__in=addresses)
        .values("pk", "address", "left_at")
    }
    problems = []
    rows = _without_gone_tutors(parsed, members, problems) if students else parsed.rows
    problems += _judge_people(rows, existing, members, parsed.header_of("email"))
    return _settle(parsed, compare(rows, existing, fields=parsed.fields), problems, rows)


def _known_people(programme, kind):
    """One mapping for each participant of the side, by the names the rows use.

    Who signs in keeps their own name and address, and so do owners and named leads: "user" is true of them.
    """
    side, facts = (Side.STUDENT, STUDENT_FACTS) if kind == "students" else (Side.MENTOR, MENTOR_FACTS)
    columns = {**_PERSON, **facts, "ref": "student_ref", "user": "membership__user_id", "member": "membership_id"}
    columns |= {"lead": "membership__is_safeguarding_lead", "roles": "membership__roles"}
    columns |= {"id": "pk", "tutor_email": "tutor__email", "withdrawn": "withdrawn_at"}
    found = []
    for values in Participant.objects.filter(programme=programme, side=side).values_list(*columns.values()):
        one = dict(zip(columns, values, strict=True))
        one["address"] = one["email"] = one["email"].lower()
        one["tutor_email"] = (one["tutor_email"] or "").lower()
        one["user"] = bool(one["user"]) or one["lead"] or Role.OWNER in one["roles"]
        if one["user"]:
            del one["first_name"], one["last_name"], one["email"]
        found.append(one)
    return found


def _without_gone_tutors(parsed, members, problems):
    rows = []
    for row in parsed.rows:
        tutor = members.get(row.tutor_email)
        if tutor and tutor["left_at"]:
            message = _("The tutor %(email)s has left the organisation, so no tutor is noted.") % {"email": row.tutor_email}
            problems.append(Problem(row.number, parsed.header_of("tutor_email"), "tutor_left", message, refuses=False))
            row = replace(row, tutor_email="")  # noqa: PLW2901
        rows.append(row)
    return tuple(rows)


def _judge_people(rows, existing, members, column):
    """What only the organisation can tell about people: who left, who withdrew, whose address it is, who stands here twice."""
    taken = {}
    for row in rows:
        known = next((existing[key] for key in row.keys if key in existing), None)
        member = members.get(row.email)
        if known is None:
            if member and member["left_at"]:
                message = _("This person has left the organisation. Bring them back first, under Everybody.")
                yield Problem(row.number, column, "left", message)
            continue
        first = taken.setdefault(known["id"], row.number)
        if first != row.number:
            message = _("Row %(row)d is about the same person. Keep one of the two rows.") % {"row": first}
            yield Problem(row.number, column, "same_person", message)
        elif known["user"] and row.email != known["address"]:
            message = _("This person signs in as %(email)s; the address in the file is not taken over.")
            yield Problem(row.number, column, "signs_in_as", message % {"email": known["address"]}, refuses=False)
        elif member and member["pk"] != known["member"]:
            message = _("The student number belongs to one person here and the e-mail address to another. Correct one of the two.")
            yield Problem(row.number, column, "two_people", message)
        if known["withdrawn"]:
            message = _("This person has withdrawn from the programme. What is known about them changes; they stay withdrawn.")
            yield Problem(row.number, "", "withdrawn", message, refuses=False)


def _read_placements(parsed, programme):
    students = dict(
        Participant.objects.students().filter(programme=programme).exclude(student_ref="").values_list("student_ref", "pk")
    )
    rows, problems = _spell_as_known(parsed, students)
    column = parsed.header_of("student_id")
    problems += check_references(rows, students, column=column)
    outside, notes = check_dates(rows, programme.starts_on, programme.ends_on)
    problems += outside
    comparison = compare(rows, _known_placements(programme, students), fields=parsed.fields)
    return _settle(parsed, comparison, problems, rows, notes)


def _known_placements(programme, students):
    """Placements by key. Read table by table: just after a large roster the database has no figures to plan a join with."""
    refs = {pk: ref for ref, pk in students.items()}
    sites = {pk: (name, town) for pk, name, town in Site.objects.values_list("pk", "employer__name", "town")}
    managers = {pk: (name, email.lower()) for pk, name, email in LineManager.objects.values_list("pk", "name", "email")}
    columns = ("pk", "student_id", "site_id", "role", "starts_on", "ends_on", "planned_hours", "line_manager_id")
    known = {}
    for pk, student, site, role, start, end, hours, manager in Placement.objects.filter(programme=programme).values_list(*columns):
        name, email = managers.get(manager, ("", ""))
        values = {"id": pk, "end_date": end, "planned_hours": hours, "line_manager_name": name, "line_manager_email": email}
        known[placement_keys(refs.get(student, ""), *sites[site], role, start)[0]] = values
    return known


def _spell_as_known(parsed, students):
    """Rows with employers, towns, student numbers and line managers spelt as they are known, else as met first in the file."""
    refs = {ref.casefold(): ref for ref in students}
    employers = {name.casefold(): name for name in Employer.objects.values_list("name", flat=True)}
    towns = {(name, town.casefold()): town for name, town in Site.objects.values_list("employer__name", "town")}
    known = {
        (name, email.lower()): manager
        for name, email, manager in LineManager.objects.values_list("employer__name", "email", "name")
    }
    said = defaultdict(dict)  # (employer, address) → the names the file gives, in order
    rows, problems = [], []
    for row in parsed.rows:
        employer = employers.setdefault(row.employer.casefold(), row.employer)
        town = row.site_town or ONLY_SITE
        who = (employer, row.line_manager_email)
        if row.line_manager_email and row.line_manager_name:
            said[who].setdefault(row.line_manager_name)
        rows.append(
            replace(
                row,
                student_id=refs.get(row.student_id.casefold(), row.student_id),
                employer=employer,
                site_town=towns.setdefault((employer, town.casefold()), town),
            )
        )
    for place, row in enumerate(rows):
        name = _manager_name(row, said, known)
        if row.line_manager_email and row.line_manager_name not in ("", name):
            message = _("%(email)s has another name in an earlier row; “%(name)s” is taken.")
            words = {"email": row.line_manager_email, "name": name}
            column = parsed.header_of("line_manager_name")
            problems.append(Problem(row.number, column, "manager_name", message % words, refuses=False))
        rows[place] = replace(row, line_manager_name=name)
    return rows, problems


def _manager_name(row, said, known):
    """The one name of a line manager: what the file says first, else what is known, else made from the address."""
    if not row.line_manager_email:
        return ""
    who = (row.employer, row.line_manager_email)
    return next(iter(said.get(who, ())), None) or known.get(who) or name_from_address(row.line_manager_email)


def name_from_address(email) -> str:
    """A first guess at a name: "jo.o-brien2@college.example" is "Jo O-Brien"."""
    words = email.split("@")[0].rstrip("0123456789").replace("_", ".").split(".")
    return " ".join(word for word in words if word).title() or email
