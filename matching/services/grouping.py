"""Who of a run's proposals belongs together: a number for each group, on its proposals."""

from collections import defaultdict

from django.db.models import Max

from ..engine import score_mentors
from ..enums import ProposalStatus
from ..models import Proposal
from ..teams import join_teams

# No team where one of these would hold between a mentor and another's student.
APART = frozenset({"line_manager", "excluded", "declared_conflict", "not_trained", "check_missing", "check_too_short"})
SIDE_BY_SIDE = 40  # mentors compared with each other for teams; more are taken in parts, neighbours in line of work and town


def group_numbers(programme, matches, pool, settings) -> dict[int, int]:
    """Mentor -> the number of their group, from 1; {} where every pair stands alone. matches: the engine's."""
    if not programme.spec.is_group:
        return {}
    led = defaultdict(list)
    for match in matches:
        led[match.mentor_id].append(match.student_id)
    teams = _teams(led, pool, settings) if programme.spec.min_mentors > 1 else [(one,) for one in sorted(led)]
    return {mentor: number for number, team in enumerate(teams, 1) for mentor in team}


def number_for(run, mentor_id) -> int | None:
    """The group of a run that a further student of this mentor belongs to: theirs, else a new one. None without groups."""
    if not run.programme.spec.is_group:
        return None
    rows = Proposal.objects.filter(run=run, group__isnull=False).exclude(status=ProposalStatus.REMOVED)
    mine = rows.filter(mentor=mentor_id).order_by("-pk").values_list("group", flat=True).first()
    return mine or (Proposal.objects.filter(run=run).aggregate(last=Max("group"))["last"] or 0) + 1


def _teams(led, pool, settings):
    order = sorted(led, key=lambda one: (pool.by_id[one].industry.casefold(), pool.by_id[one].town.casefold(), one))
    teams = []
    for start in range(0, len(order), SIDE_BY_SIDE):
        part = order[start : start + SIDE_BY_SIDE]
        fits = _fits(part, led, pool, settings)

        def worth(a, b, fits=fits):
            """Points of each mentor with the other's students; None where a rule keeps one of them apart."""
            points = [fits[a, student] for student in led[b]] + [fits[b, student] for student in led[a]]
            return None if None in points else sum(points) // len(points)

        teams += join_teams(part, worth)
    return teams


def _fits(mentors, led, pool, settings):
    """(mentor, student) -> points, None where a rule keeps the two apart."""
    records, found = [pool.by_id[one] for one in mentors], {}
    for student in [student for mentor in mentors for student in led[mentor]]:
        for pair in score_mentors(pool.by_id[student], records, settings, ()):
            found[pair.mentor_id, student] = None if APART & set(pair.broken_rules) else pair.points
    return found
