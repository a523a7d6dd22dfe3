"""The scoring and the hard rules once more, slowly and plainly, from the engine's README.

Shares no code with the engine.
"""

from fractions import Fraction
from math import floor

AXES = ("role", "goals", "place", "time", "compatibility")


def half_up(value):
    return floor(value + Fraction(1, 2))


def same(one, other):
    return one.strip().casefold() == other.strip().casefold()


def common(one, other):
    return {x.strip().casefold() for x in one if x.strip()} & {x.strip().casefold() for x in other if x.strip()}


def size(names):
    return len(common(names, names))


def mean(parts):
    """Of the (share, value) parts given, 50 when there is none."""
    total = sum(share for share, _ in parts)
    return half_up(Fraction(sum(share * value for share, value in parts), total)) if parts else 50


def answers_of(one, key):
    return one.answers.get(key) or frozenset()


def asked_both(one, student, mentor):
    if one.kind == "near":
        return student.answers.get(one.key) is not None and mentor.answers.get(one.key) is not None
    return bool(size(answers_of(student, one.key)) and size(answers_of(mentor, one.key)))


def agreement(one, student, mentor):
    if one.kind == "near":
        part = abs(student.answers[one.key] - mentor.answers[one.key]) / one.span  # as IEEE floats, in this order
        return 100 - floor(100 * min(part, 1.0) + 0.5)
    left, right = answers_of(student, one.key), answers_of(mentor, one.key)
    shared = len(common(left, right))
    if one.kind == "same":
        return 100 if shared else 0
    if one.kind == "slots":
        return (0, 60, 85, 100)[min(3, shared)]
    return half_up(Fraction(100 * shared, size(left)))


def with_criteria(axis, value, answered, student, mentor, settings):
    """The axis with its criteria: one part for what it has by itself, one of its weight for each criterion."""
    asked = [(half_up(100 * Fraction(one.weight)), one) for one in settings.criteria if one.axis == axis]
    if not any(share for share, _ in asked):
        return value
    parts = [(100, value)] if answered else []
    for share, one in asked:
        if one.kind == "wish":
            met = [(student.wishes, mentor.background), (mentor.wishes, student.background)]
            parts += [(share, 100) for wish, told in met if common(wish.get(one.key, ()), told.get(one.key, ()))]
        elif asked_both(one, student, mentor):
            parts.append((share, agreement(one, student, mentor)))
    return mean([part for part in parts if part[0]])


def criterion_fails(one, student, mentor):
    if not one.hard or not asked_both(one, student, mentor):
        return False
    if one.kind == "near":
        return abs(student.answers[one.key] - mentor.answers[one.key]) >= one.span
    return not common(answers_of(student, one.key), answers_of(mentor, one.key))


def role(student, mentor, settings):
    if not student.industry.strip() or not mentor.industry.strip():
        return 50
    if not same(student.industry, mentor.industry):
        return 0
    return 60 + 4 * min(int(mentor.years_experience or 0), 10)


def goals(student, mentor, settings):
    parts = []
    if size(student.wants) and size(mentor.skills):
        covered = len(common(student.wants, mentor.skills))
        parts.append((3, half_up(Fraction(100 * covered, size(student.wants)))))
    if size(student.goals) and size(mentor.goals):
        parts.append((1, 100 if common(student.goals, mentor.goals) else 0))
    return mean(parts)


def journey(student, mentor, settings):
    """Minutes, 0 in the same town, None when not known."""
    if not student.town.strip() or not mentor.town.strip():
        return None
    if same(student.town, mentor.town):
        return 0
    table = {(a.strip().casefold(), b.strip().casefold()): minutes for (a, b), minutes in settings.travel_minutes.items()}
    here, there = student.town.strip().casefold(), mentor.town.strip().casefold()
    return table.get((here, there), table.get((there, here)))


def meeting(student, mentor, settings):
    """How they could meet: (near enough, in person at all, online, towns known)."""
    minutes = journey(student, mentor, settings)
    person = not (student.online_only or mentor.online_only)
    near = person and minutes is not None and minutes <= settings.max_travel_minutes
    online = all(one.online_ok or one.online_only for one in (student, mentor))
    known = bool(student.town.strip() and mentor.town.strip())
    return near, person, online, known


def place(student, mentor, settings):
    near, person, online, known = meeting(student, mentor, settings)
    if near:
        minutes = journey(student, mentor, settings)
        return 100 - half_up(Fraction(50 * minutes, settings.max_travel_minutes))
    if student.online_only and mentor.online_only:
        return 80
    if (person and not known) or online:
        return 50
    return 20 if person else 0


def time(student, mentor, settings):
    if not size(student.availability) or not size(mentor.availability):
        return 50
    return (0, 60, 85, 100)[min(3, len(common(student.availability, mentor.availability)))]


def compatibility(student, mentor, settings):
    parts = []
    if student.channel.strip() and mentor.channel.strip():
        parts.append((5, 100 if same(student.channel, mentor.channel) else 30))
    if size(student.languages) and size(mentor.languages):
        shared = len(common(student.languages, mentor.languages))
        parts.append((3, (0, 60, 100)[min(2, shared)]))
    if size(student.interests) and size(mentor.interests):
        shared = len(common(student.interests, mentor.interests))
        parts.append((2, (20, 70, 100)[min(2, shared)]))
    return mean(parts)


BUILT_IN = dict(zip(AXES, (role, goals, place, time, compatibility), strict=True))


def answered(axis, student, mentor, settings):
    def both(left, right):
        return bool(size(left) and size(right))

    person, known = meeting(student, mentor, settings)[1], meeting(student, mentor, settings)[3]
    return {
        "role": bool(student.industry.strip() and mentor.industry.strip()),
        "goals": both(student.wants, mentor.skills) or both(student.goals, mentor.goals),
        "place": known or not person,
        "time": both(student.availability, mentor.availability),
        "compatibility": bool(student.channel.strip() and mentor.channel.strip())
        or both(student.languages, mentor.languages)
        or both(student.interests, mentor.interests),
    }[axis]


def value(axis, student, mentor, settings):
    """An axis, 0 to 100."""
    own = BUILT_IN[axis](student, mentor, settings)
    return with_criteria(axis, own, answered(axis, student, mentor, settings), student, mentor, settings)


def choice(student, mentor):
    """Who chose whom: 100, 90 … 10 for the places on a list, 0 when passed over; the mean of the sides that chose."""
    sides = [(student.ranks, mentor.id), (mentor.ranks, student.id)]
    values = []
    for ranks, other in sides:
        if ranks:
            order = list(dict.fromkeys(ranks))
            values.append(max(100 - 10 * order.index(other), 10) if other in order else 0)
    return half_up(Fraction(sum(values), len(values))) if values else 50


def known_order(student, mentor):
    return student.seniority is not None and mentor.seniority is not None


def shares(settings):
    values = {axis: Fraction(getattr(settings.weights, axis)) for axis in AXES}
    values["choice"] = Fraction(settings.rank_weight)
    exact = {axis: 100 * value / sum(values.values()) for axis, value in values.items()}
    result = {axis: floor(part) for axis, part in exact.items()}
    order = sorted(values, key=lambda axis: result[axis] - exact[axis])
    for axis in order[: 100 - sum(result.values())]:
        result[axis] += 1
    return result


def points(student, mentor, settings):
    part = shares(settings)
    own = sum(part[axis] * value(axis, student, mentor, settings) for axis in AXES)
    return own + part["choice"] * choice(student, mentor)


def broken_rules(student, mentor, settings, forbidden=(), kept_out=()):
    """Rules this pair breaks, as a set."""
    ceiling = mentor.capacity if settings.students_per_group is None else settings.students_per_group
    day = student.placement_end or student.placement_start or settings.check_from
    until = mentor.check_valid_until
    near, person, online, known = meeting(student, mentor, settings)
    found = {
        "no_places": min(mentor.capacity, ceiling) == 0,
        "not_trained": settings.require_training and not (mentor.trained or mentor.training_overridden),
        "mentor_kept_out": mentor.id in kept_out,
        "check_missing": settings.require_background_check and until is None,
        "check_too_short": bool(settings.require_background_check and until and day and until < day),
        "line_manager": mentor.id in student.line_manager_ids
        or any(mentor.email and same(mentor.email, one) for one in student.line_manager_emails),
        "excluded": mentor.id in student.excluded_mentors or student.id in mentor.excluded_students,
        "declared_conflict": mentor.id in student.declared_conflicts or student.id in mentor.declared_conflicts,
        "forbidden": (student.id, mentor.id) in set(forbidden),
        "no_shared_language": settings.require_common_language
        and bool(size(student.languages) and size(mentor.languages))
        and not common(student.languages, mentor.languages),
        "no_shared_slot": settings.require_common_slot
        and bool(size(student.availability) and size(mentor.availability))
        and not common(student.availability, mentor.availability),
        "out_of_reach": settings.require_reachable and not (online or (person and (near or not known))),
        "not_senior": settings.seniority == "peer"
        and known_order(student, mentor)
        and mentor.seniority <= student.seniority,
        "not_junior": settings.seniority == "reverse"
        and known_order(student, mentor)
        and mentor.seniority >= student.seniority,
        "criterion_failed": any(criterion_fails(one, student, mentor) for one in settings.criteria),
        "not_ranked": settings.require_ranked
        and any(one.ranks and other.id not in one.ranks for one, other in [(student, mentor), (mentor, student)]),
        "below_minimum": half_up(Fraction(points(student, mentor, settings), 100)) < settings.minimum_score,
    }
    return {rule for rule, holds in found.items() if holds}
