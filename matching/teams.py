"""Which mentors share a team: two and two by how well each fits the other's students. Pure.

Every student has the mentor who fits them best already; a team puts the groups of two mentors together (of three, where one
is left over), so that no mentor has more students than before. Best pairs first: good, not proven best.
"""

from collections.abc import Callable, Hashable, Iterable

Worth = Callable[[Hashable, Hashable], int | None]


def join_teams(mentors: Iterable, worth: Worth) -> list[tuple]:
    """Teams of two, in the order they were found; one of three where the number is odd. Who cannot be joined stays alone.

    mentors: those who lead students, in a fixed order, which settles ties. worth(a, b): higher is better; None: never.
    """
    free, teams = list(mentors), []
    value = {(a, b): worth(a, b) for place, a in enumerate(free) for b in free[place + 1 :]}
    for a, b in sorted((pair for pair in value if value[pair] is not None), key=lambda pair: -value[pair]):
        if a in free and b in free:
            teams.append((a, b))
            free = [one for one in free if one not in (a, b)]
    return _with_left_over(teams, free, lambda a, b: value.get((a, b), value.get((b, a))))


def _with_left_over(teams, free, worth):
    alone = []
    for one in free:
        fitting = [
            (-sum(with_each), place)
            for place, team in enumerate(teams)
            if len(team) == 2 and None not in (with_each := [worth(one, other) for other in team])
        ]
        if fitting:
            place = min(fitting)[1]
            teams[place] = (*teams[place], one)
        else:
            alone.append((one,))
    return teams + alone
