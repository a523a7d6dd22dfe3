"""Exact assignment on a chosen part of the pairs, split where places are short.

An unmatched student makes a solver search everything. So the most that can be matched is found
first (Hopcroft-Karp), then the pairs fall into two parts (Dulmage-Mendelsohn): mentors whose every
place must be filled in any largest matching, with the students who compete for them; and students
who are all matched in any largest matching, with the other mentors. Each part is solved alone,
with nobody left over on its shorter side. Sums stay whole numbers, exact in float64.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching, min_weight_full_bipartite_matching

from .table import Array

NOBODY = -1
TOP = 10_000  # most points a pair can have


@dataclass(slots=True)
class Edges:
    """Pairs that may be made: student, mentor, points (same length, sorted by student)."""

    students: int
    places: Array
    rows: Array
    columns: Array
    points: Array


@dataclass(slots=True)
class Split:
    """choice: a largest matching. competing: students who may go without. short: mentors."""

    choice: Array
    competing: Array
    short: Array


def expand(places: Array, rows: Array, columns: Array) -> tuple[Array, Array, Array]:
    """One edge per place instead of per mentor: rows, places' numbers, index of the edge."""
    first = np.cumsum(places) - places
    copies = places[columns]
    edge = np.repeat(np.arange(len(rows)), copies)
    within = np.arange(len(edge)) - np.repeat(np.cumsum(copies) - copies, copies)
    return rows[edge], first[columns[edge]] + within, edge


def split(edges: Edges) -> Split:
    """The largest matching and the two parts it falls into."""
    owner = np.repeat(np.arange(len(edges.places)), edges.places)
    rows, seats, _ = expand(edges.places, edges.rows, edges.columns)
    shape = (edges.students, len(owner))
    seat = maximum_bipartite_matching(_graph(np.ones(len(rows), np.int8), rows, seats, shape), perm_type="column")
    choice = np.where(seat >= 0, owner[seat] if len(owner) else NOBODY, NOBODY)
    return Split(choice, *_competition(edges, choice))


def _competition(edges: Edges, choice: Array) -> tuple[Array, Array]:
    """Everybody an unmatched student could push out, and the mentors they are pushed from."""
    competing = choice == NOBODY
    short = np.zeros(len(edges.places), bool)
    while True:
        reached = np.zeros_like(short)
        reached[edges.columns[competing[edges.rows]]] = True
        if (reached == short).all():
            return competing, short
        short = reached
        competing = (choice == NOBODY) | short[choice]


def _graph(weights: Array, rows: Array, columns: Array, shape: tuple[int, int]) -> csr_array:
    indices = rows.astype(np.int32), columns.astype(np.int32)
    return csr_array((weights, indices), shape=shape)


def best_choice(edges: Edges, parts: Split) -> Array:
    """Most matched, then most points, over these pairs. Mentor's column per student."""
    choice = np.full(edges.students, NOBODY)
    competing = parts.competing[edges.rows]
    open_pairs = ~competing & ~parts.short[edges.columns]
    rows, mentors = _solve_part(edges, ~parts.competing, ~parts.short, open_pairs, by_place=False)
    choice[rows] = mentors
    rows, mentors = _solve_part(edges, parts.competing, parts.short, competing, by_place=True)
    choice[rows] = mentors
    return choice


def _solve_part(edges: Edges, students: Array, mentors: Array, chosen: Array, *, by_place: bool) -> tuple[Array, Array]:
    """One part, with every student (or, by_place, every place) taken."""
    places = np.where(mentors, edges.places, 0)
    owner = np.repeat(np.arange(len(places)), places)
    who = np.flatnonzero(students)
    if not len(owner) or not len(who):
        return who[:0], owner[:0]
    number = np.cumsum(students) - 1
    rows, seats, edge = expand(places, number[edges.rows[chosen]], edges.columns[chosen])
    cost = (TOP + 1) - edges.points[chosen][edge].astype(np.float64)
    if by_place:
        seat, student = min_weight_full_bipartite_matching(_graph(cost, seats, rows, (len(owner), len(who))))
    else:
        student, seat = min_weight_full_bipartite_matching(_graph(cost, rows, seats, (len(who), len(owner))))
    return who[student], owner[seat]
