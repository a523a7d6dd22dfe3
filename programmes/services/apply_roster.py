"""Writing a roster: rows are staged by COPY into a temporary table, then joined into place, all in the caller's transaction.

COPY straight into a table under row-level security is refused by PostgreSQL; a temporary table has no policy, and the
INSERT … SELECT and UPDATE that follow are checked like any others.
"""

from django.db import connection
from django.utils.translation import gettext as _

from common.tenancy import current_organisation_id

from .roster_reading import MENTOR_FACTS, STUDENT_FACTS, name_from_address

CHUNK = 500
_TYPES = {
    "number": "integer",
    "capacity": "integer",
    "years_experience": "integer",
    "planned_hours": "integer",
    "date_of_birth": "date",
    "check_valid_until": "date",
    "start_date": "date",
    "end_date": "date",
    "wants_skills": "text[]",
    "skills": "text[]",
    "availability": "text[]",
    "languages": "text[]",
}
# Whatever a participant's row must hold and no roster says; joined_at is now().
_BLANK = {
    "industry": "''", "town": "''", "availability": "'{}'", "languages": "'{}'", "channel": "''", "interests": "'{}'",
    "student_ref": "''", "course": "''", "career_goal": "''", "wants_skills": "'{}'", "employer_name": "''", "job_title": "''",
    "skills": "'{}'", "capacity": "0", "withdrawn_reason": "''",
}  # fmt: skip


def write_roster(reading, *, programme, progress) -> list[int]:
    """Write what a RosterReading would change; returns the ids of participants (or placements) that are new.

    progress(done, total, message) is called as rows are staged and may raise to stop. Nothing is written for rows that are known.
    """
    if not reading.writes:
        return []
    with connection.cursor() as cursor:
        write = _Writing(cursor, reading, programme)
        write.stage(progress)
        # The tables have just grown, or are new, and the planner does not know: row by row it would take minutes.
        cursor.execute("set local enable_nestloop = off")
        made = write.placements() if reading.parsed.kind == "placements" else write.people()
        cursor.execute("set local enable_nestloop to default")
        cursor.execute("drop table roster")
    return made


class _Writing:
    def __init__(self, cursor, reading, programme):
        self.cursor, self.reading, self.plan = cursor, reading, reading.plan
        self.kind = reading.parsed.kind
        self.params = {"organisation": current_organisation_id(), "programme": programme.pk}

    def run(self, sql, **params):
        self.cursor.execute(sql, self.params | params)

    def stage(self, progress):
        """COPY the plan's rows into the temporary table ``roster``; known_id: the row each one changes, if any."""
        columns = ", ".join(f"{name} {_TYPES.get(name, 'text')}" for name in self.plan.columns)
        self.cursor.execute("drop table if exists pg_temp.roster")
        self.cursor.execute(f"create temporary table roster ({columns}, known_id bigint) on commit drop")
        total = len(self.plan.rows)
        names = ", ".join((*self.plan.columns, "known_id"))
        with self.cursor.copy(f"copy roster ({names}) from stdin") as copy:
            for done, (row, known_id) in enumerate(zip(self.plan.staged(), self.reading.known_ids, strict=True)):
                if done % CHUNK == 0:
                    progress(done, total, _("Writing row by row"))
                copy.write_row([list(value) if isinstance(value, tuple) else value for value in row] + [known_id])
        self.cursor.execute("analyze roster")
        progress(total, total + 1, _("Putting the rows in their places"))

    def people(self):
        """Memberships first, then participants. Returns the ids of the new participants."""
        role = "student" if self.kind == "students" else "mentor"
        self._tutors()
        self.run(
            """insert into organisations_membership
                 (organisation_id, first_name, last_name, email, phone, roles, is_safeguarding_lead, created_at)
               select %(organisation)s, first_name, last_name, email, '', array[%(role)s], false, now()
               from roster where known_id is null order by number
               on conflict do nothing""",
            role=role,
        )
        self._give_role(role, "select email from roster where known_id is null")
        self._rename()
        made = self._new_participants(role)
        self._change_participants()
        return made

    def _tutors(self):
        addresses = list(self.plan.tutors)
        if not addresses:
            return
        self.run(
            """insert into organisations_membership
                 (organisation_id, first_name, last_name, email, phone, roles, is_safeguarding_lead, created_at)
               select %(organisation)s, name, '', address, '', array['tutor'], false, now()
               from unnest(%(names)s::text[], %(addresses)s::text[]) as tutor (name, address)
               on conflict do nothing""",
            names=[name_from_address(address) for address in addresses],
            addresses=addresses,
        )
        self._give_role("tutor", "select unnest(%(addresses)s::text[])", addresses=addresses)

    def _give_role(self, role, addresses_sql, **params):
        self.run(
            f"""update organisations_membership set roles = array_append(roles, %(role)s)
                where organisation_id = %(organisation)s and left_at is null and not roles @> array[%(role)s]::varchar[]
                  and lower(email) in ({addresses_sql})""",  # noqa: S608  our own text
            role=role,
            **params,
        )

    def _rename(self):
        """New names and addresses of people who do not sign in yet; whoever does keeps their own, and so do owners and leads.

        Else a roster would be a way to have an owner's invitation sent to somebody else (organisations.rights).
        """
        self.run(
            """update organisations_membership m
               set first_name = roster.first_name, last_name = roster.last_name, email = roster.email
               from roster join programmes_participant p on p.id = roster.known_id and p.organisation_id = %(organisation)s
               where m.organisation_id = %(organisation)s and m.id = p.membership_id and m.user_id is null
                 and not m.is_safeguarding_lead and not m.roles @> array['owner']::varchar[]
                 and (m.first_name, m.last_name, lower(m.email)) is distinct from
                     (roster.first_name, roster.last_name, lower(roster.email))"""
        )

    @property
    def _facts(self):
        """Column of the participant → expression on ``roster``."""
        if self.kind == "mentors":
            return {column: f"roster.{name}" for name, column in MENTOR_FACTS.items()}
        return {column: f"roster.{name}" for name, column in STUDENT_FACTS.items()} | {"tutor_id": "tutor.id"}

    _TUTOR = """left join organisations_membership tutor on tutor.organisation_id = %(organisation)s
                  and lower(tutor.email) = lower(roster.tutor_email) and tutor.left_at is null"""

    def _new_participants(self, side):
        facts = _BLANK | self._facts
        tutor = self._TUTOR if self.kind == "students" else ""
        self.run(
            f"""insert into programmes_participant
                  (organisation_id, programme_id, membership_id, side, joined_at, {", ".join(facts)})
                select %(organisation)s, %(programme)s, m.id, %(side)s, now(), {", ".join(facts.values())}
                from roster
                join organisations_membership m on m.organisation_id = %(organisation)s and lower(m.email) = lower(roster.email)
                {tutor}
                where roster.known_id is null and m.left_at is null
                order by roster.number
                on conflict do nothing returning id""",  # noqa: S608  column names of our own
            side=side,
        )
        return [row[0] for row in self.cursor.fetchall()]

    def _change_participants(self):
        """Only what the file speaks of: a column it does not have changes nothing."""
        names = MENTOR_FACTS if self.kind == "mentors" else STUDENT_FACTS | {"tutor_email": "tutor_id"}
        facts = self._facts
        sets = [f"{column} = {facts[column]}" for name, column in names.items() if name in self.reading.parsed.fields]
        if not sets:
            return
        tutor = self._TUTOR if self.kind == "students" else ""
        self.run(
            f"""update programmes_participant p set {", ".join(sets)}
                from roster {tutor}
                where p.organisation_id = %(organisation)s and p.id = roster.known_id"""  # noqa: S608  column names of our own
        )

    def placements(self):
        """Employers, sites and line managers, each once, then the placements. Returns the ids of the new ones."""
        self._employers()
        self.run(
            """insert into programmes_placement
                 (organisation_id, programme_id, student_id, site_id, line_manager_id, role, starts_on, ends_on, planned_hours,
                  done_hours, objectives)
               select %(organisation)s, %(programme)s, student.id, site.id, manager.id, roster.job_role, roster.start_date,
                  roster.end_date, roster.planned_hours, 0, ''
               from roster
               join programmes_participant student on student.organisation_id = %(organisation)s
                 and student.programme_id = %(programme)s and student.side = 'student' and student.student_ref = roster.student_id
               join programmes_employer employer on employer.organisation_id = %(organisation)s and employer.name = roster.employer
               join programmes_site site on site.organisation_id = %(organisation)s and site.employer_id = employer.id
                 and site.town = roster.site_town
               left join programmes_linemanager manager on manager.organisation_id = %(organisation)s
                 and manager.employer_id = employer.id and lower(manager.email) = lower(roster.line_manager_email)
               where roster.known_id is null
               order by roster.number
               on conflict do nothing returning id"""
        )
        made = [row[0] for row in self.cursor.fetchall()]
        self._change_placements()
        return made

    def _employers(self):
        self.run(
            """insert into programmes_employer (organisation_id, name, industry, notes)
               select %(organisation)s, name, '', '' from unnest(%(names)s::text[]) as name on conflict do nothing""",
            names=list(self.plan.employers),
        )
        self.run(
            """insert into programmes_site (organisation_id, employer_id, town)
               select %(organisation)s, employer.id, place.town
               from unnest(%(names)s::text[], %(towns)s::text[]) as place (name, town)
               join programmes_employer employer on employer.organisation_id = %(organisation)s and employer.name = place.name
               on conflict do nothing""",
            names=[name for name, _town in self.plan.sites],
            towns=[town for _name, town in self.plan.sites],
        )
        managers = self.plan.line_managers
        words = {"names": [one[0] for one in managers], "people": [one[1] for one in managers], "mails": [one[2] for one in managers]}
        given = """unnest(%(names)s::text[], %(people)s::text[], %(mails)s::text[]) as given (employer, name, email)
               join programmes_employer employer on employer.organisation_id = %(organisation)s and employer.name = given.employer"""
        self.run(
            f"""update programmes_linemanager manager set name = given.name from {given}
                where manager.organisation_id = %(organisation)s and manager.employer_id = employer.id
                  and lower(manager.email) = lower(given.email) and manager.name <> given.name""",  # noqa: S608  our own text
            **words,
        )
        self.run(
            f"""insert into programmes_linemanager (organisation_id, employer_id, name, email)
                select %(organisation)s, employer.id, given.name, given.email from {given}
                where not exists (select from programmes_linemanager manager
                  where manager.organisation_id = %(organisation)s and manager.employer_id = employer.id
                    and lower(manager.email) = lower(given.email))
                on conflict do nothing""",  # noqa: S608  our own text
            **words,
        )

    def _change_placements(self):
        self.run(
            """update programmes_placement p
               set ends_on = roster.end_date, planned_hours = roster.planned_hours,
                   line_manager_id = coalesce(manager.id, p.line_manager_id)
               from roster
               join programmes_employer employer on employer.organisation_id = %(organisation)s and employer.name = roster.employer
               left join programmes_linemanager manager on manager.organisation_id = %(organisation)s
                 and manager.employer_id = employer.id and lower(manager.email) = lower(roster.line_manager_email)
               where p.organisation_id = %(organisation)s and p.id = roster.known_id"""
        )
