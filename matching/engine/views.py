"""Two ways to look at the same columns: a whole block of pairs, or pairs one by one.

Scoring and rules are written once against this interface, so a single pair cannot score
differently from the same pair inside the matrix.
"""

from dataclasses import dataclass

import numpy as np

from .table import Array, Table


@dataclass(slots=True)
class Block:
    """Some students (rows) with every mentor (columns)."""

    table: Table
    rows: Array

    def student(self, name: str) -> Array:
        return self.table.student[name][self.rows][:, None]

    def mentor(self, name: str) -> Array:
        return self.table.mentor[name][None, :]

    def shared(self, name: str) -> Array:
        """How many names of this question both sides have."""
        one = self.table.sets[name]
        return one.students[self.rows] @ one.mentors.T

    def student_count(self, name: str) -> Array:
        return self.table.sets[name].students[self.rows].sum(axis=1)[:, None]

    def mentor_count(self, name: str) -> Array:
        return self.table.sets[name].mentors.sum(axis=1)[None, :]

    def linked(self, rule: str) -> Array | None:
        """Where the pair is named for this rule, None when no pair is."""
        cells = self.table.links[rule]
        if not cells.size:
            return None
        whole = np.zeros(self.table.shape, bool)
        whole.ravel()[cells] = True
        return whole[self.rows]


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


View = Block | Pairs
