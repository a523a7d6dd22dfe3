"""Chosen pairs as a sparse graph: the most that can be matched, and the best of one part.

Sums are whole numbers small enough for float64 to add without rounding.
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
    """Pairs that may be made: student, mentor, points (same length, sorted by student).

    places: per mentor.
    """

    students: int
    places: Array
    rows: Array
    columns: Array
    points: Array


def edges_of(points: Array, places: Array, cells: Array) -> Edges:
    """The pairs at these cells (student × mentors + mentor, ascending) of a matrix of points."""
    rows, columns = np.divmod(cells, points.shape[1])
    return Edges(len(points), places, rows, columns, points.ravel()[cells])


@dataclass(slots=True)
class Split:
    """choice: a largest matching. competing: students who may go without. short: mentors."""

    choice: Array
    competing: Array
    short: Array


def split(edges: Edges) -> Split:
    """The largest matching (Hopcroft-Karp) and the two parts it falls into (Dulmage-Mendelsohn).

    In any largest matching every place of a mentor who is `short` is taken by a student who is
    `competing`, and everybody who is not competing is matched with one who is not short.
    """
    owner = np.repeat(np.arange(len(edges.places)), edges.places)
    if not len(owner):
        choice = np.full(edges.students, NOBODY)
    else:
        graph = _seats(edges, np.ones(len(edges.rows), np.int8))
        seat = maximum_bipartite_matching(graph, perm_type="column")
        choice = np.where(seat >= 0, owner[seat], NOBODY)
    return Split(choice, *_competition(edges, choice))


def _competition(edges: Edges, choice: Array) -> tuple[Array, Array]:
    """Everybody an unmatched student could push out, and the mentors they are pushed from."""
    competing = choice == NOBODY
    short = np.zeros(len(edges.places), bool)
    while len(short):
        reached = np.zeros_like(short)
        reached[edges.columns[competing[edges.rows]]] = True
        if (reached == short).all():
            break
        short = reached
        competing = (choice == NOBODY) | short[choice]
    return competing, short


def best_choice(edges: Edges, top: int = TOP) -> Array:
    """The mentor's column per student: most points among all ways to fill the shorter side.

    top: no pair has more points. Needs a matching that takes every student or fills every place.
    """
    choice = np.full(edges.students, NOBODY)
    owner = np.repeat(np.arange(len(edges.places)), edges.places)
    graph = _seats(edges, (top + 1) - edges.points.astype(np.float64))
    rows, seats = min_weight_full_bipartite_matching(graph)
    choice[rows] = owner[seats]
    return choice


def _seats(edges: Edges, weights: Array) -> csr_array:
    """The graph with one column per place instead of per mentor."""
    first = np.cumsum(edges.places) - edges.places
    copies = edges.places[edges.columns]
    ends = np.cumsum(copies)
    edge = np.repeat(np.arange(len(copies)), copies)
    seat = np.arange(len(edge)) + (first[edges.columns] - ends + copies)[edge]
    starts = np.append(0, ends)[np.searchsorted(edges.rows, np.arange(edges.students + 1))].astype(np.int32)
    shape = (edges.students, int(edges.places.sum()))
    return csr_array((weights[edge], seat.astype(np.int32), starts), shape=shape)
