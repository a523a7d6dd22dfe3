"""Two ways to look at the same columns: a whole block of pairs, or pairs one by one.

Scoring and rules are written once against this interface, so a single pair cannot score
differently from the same pair inside the matrix.
"""

from dataclasses import dataclass, field

import numpy as np

from .table import Array, Table

EVERYBODY = slice(None)


@dataclass(slots=True)
class Block:
    """Some students (rows) with some mentors (columns), all of them unless said otherwise."""

    table: Table
    rows: Array
    columns: Array | slice = field(default_factory=lambda: EVERYBODY)

    def student(self, name: str) -> Array:
        return self.table.student[name][self.rows][:, None]

    def mentor(self, name: str) -> Array:
        return self.table.mentor[name][self.columns][None, :]

    def shared(self, name: str) -> Array:
        """How many names of this question both sides have."""
        one = self.table.sets[name]
        return one.students[self.rows] @ one.mentors[self.columns].T

    def student_count(self, name: str) -> Array:
        return self.table.sets[name].students[self.rows].sum(axis=1)[:, None]

    def mentor_count(self, name: str) -> Array:
        return self.table.sets[name].mentors[self.columns].sum(axis=1)[None, :]

    def linked(self, rule: str) -> Array | None:
        """Where the pair is named for this rule, None when no pair is."""
        cells = self.table.links[rule]
        return self._laid_out(cells, True, np.False_) if cells.size else None

    def number(self, name: str) -> Array:
        """The number each pair is marked with, -1 without."""
        return self._laid_out(*self.table.marked[name], np.int16(-1))

    def _laid_out(self, cells: Array, values: Array | bool, empty: np.generic) -> Array:
        students, mentors = self.table.shape
        line = np.full(students, -1)
        line[self.rows] = np.arange(len(self.rows))
        order = np.arange(mentors)[self.columns]
        position = np.full(mentors, -1)
        position[order] = np.arange(len(order))
        rows, columns = line[cells // max(mentors, 1)], position[cells % max(mentors, 1)]
        here = (rows >= 0) & (columns >= 0)
        where = np.full((len(self.rows), len(order)), empty)
        where[rows[here], columns[here]] = np.broadcast_to(values, cells.shape)[here]
        return where


@dataclass(slots=True)
class Pairs:
    """Pairs of a student and a mentor, one per position."""

    table: Table
    rows: Array
    columns: Array

    def student(self, name: str) -> Array:
        return self.table.student[name][self.rows]

    def mentor(self, name: str) -> Array:
        return self.table.mentor[name][self.columns]

    def shared(self, name: str) -> Array:
        one = self.table.sets[name]
        return np.einsum("ij,ij->i", one.students[self.rows], one.mentors[self.columns])

    def student_count(self, name: str) -> Array:
        return self.table.sets[name].students[self.rows].sum(axis=1)

    def mentor_count(self, name: str) -> Array:
        return self.table.sets[name].mentors[self.columns].sum(axis=1)

    def linked(self, rule: str) -> Array | None:
        cells = self.table.links[rule]
        if not cells.size:
            return None
        return np.isin(self.rows * self.table.shape[1] + self.columns, cells)

    def number(self, name: str) -> Array:
        cells, numbers = self.table.marked[name]
        if not cells.size:
            return np.full(len(self.rows), np.int16(-1))
        wanted = self.rows * self.table.shape[1] + self.columns
        place = np.minimum(np.searchsorted(cells, wanted), len(cells) - 1)
        return np.where(cells[place] == wanted, numbers[place], np.int16(-1))


View = Block | Pairs
