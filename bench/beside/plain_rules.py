"""The engine's five axes for bench.matching's roster as anybody would write them: a function per pair, whole numbers, no imports.

People are mappings; see `as_told` in mentor_match.py. Everybody has answered everything but interests and career goals.
"""


def half_up(part, whole):
    return (2 * part + whole) // (2 * whole)


def role(student, mentor):
    return 60 + 4 * min(mentor["years"], 10) if mentor["industry"] == student["industry"] else 0


def goals(student, mentor):
    return half_up(100 * len(student["skills"] & mentor["skills"]), len(student["skills"]))


def place(student, mentor):
    if mentor["online"] and student["online"]:
        return 80
    if mentor["online"] or student["online"]:
        return 50
    return 100 if mentor["town"] == student["town"] else 50


def hours(student, mentor):
    return (0, 60, 85, 100)[min(3, len(student["slots"] & mentor["slots"]))]


def compatibility(student, mentor):
    channel = 100 if mentor["channel"] == student["channel"] else 30
    languages = (0, 60, 100)[min(2, len(mentor["languages"] & student["languages"]))]
    return half_up(5 * channel + 3 * languages, 8)


AXES = {"role": role, "goals": goals, "place": place, "time": hours, "compatibility": compatibility}
RULES = (
    lambda _student, mentor: not mentor["trained"],
    lambda student, mentor: mentor["check"] < student["until"],
    lambda student, mentor: mentor["id"] in student["line_managers"],
    lambda student, mentor: not mentor["languages"] & student["languages"],
)


def points(student, mentor, shares):
    return sum(share * AXES[axis](student, mentor) for axis, share in shares.items())


def with_sets(people):
    """The people with sets where JSON had lists."""
    return [one | {name: frozenset(one[name]) for name in ("skills", "slots", "languages")} for one in people]
