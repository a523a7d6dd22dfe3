"""Drafts side by side: how many, how good, who changes, and how evenly courses, places and groups fare."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import fmean

from programmes.models import Participant, Placement

from ..enums import ProposalStatus
from ..models import MatchRun, Proposal, UnmatchedStudent
from . import groups

MOST = 4  # drafts beside each other
LEAST = groups.LEAST
# What a run proposed: not what a coordinator took out of it, nor what was left out before it went out.
PROPOSED = [
    ProposalStatus.DRAFT, ProposalStatus.PUBLISHED, ProposalStatus.ACCEPTED, ProposalStatus.DECLINED, ProposalStatus.LAPSED,
]  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One student whose mentor differs: run id -> mentor's participant id, None for nobody, missing where not in that run."""

    student: int
    mentors: dict[int, int | None]


@dataclass
class Column:
    """One run. pairs: student id -> (mentor id, score); without: ids of its students without a mentor.

    moved, gained, lost: students with another mentor, with one where the first run had none, and the other way round.
    """

    run: MatchRun
    pairs: dict[int, tuple[int, int]] = field(default_factory=dict)
    without: set[int] = field(default_factory=set)
    moved: int = 0
    gained: int = 0
    lost: int = 0

    @property
    def students(self):
        return len(self.pairs) + len(self.without)

    @property
    def total(self):
        return sum(score for _mentor, score in self.pairs.values())

    @property
    def mean(self):
        return round(fmean(score for _mentor, score in self.pairs.values())) if self.pairs else None

    @property
    def worst(self):
        """(student id, mentor id, score) of the lowest pair, None without pairs."""
        if not self.pairs:
            return None
        student, (mentor, score) = min(self.pairs.items(), key=lambda item: (item[1][1], item[0]))
        return student, mentor, score

    def mentor_of(self, student):
        return self.pairs[student][0] if student in self.pairs else None

    def knows(self, student):
        return student in self.pairs or student in self.without


@dataclass(frozen=True)
class Spread:
    """How one way of dividing the students fares: rows of (label, [(matched, all, mean score or None) for each run])."""

    title: str
    rows: list[tuple[str, list[tuple[int, int, int | None]]]]
    is_private: bool = False  # numbers are rounded, small ones not shown


def compare(runs) -> tuple[list[Column], list[Change]]:
    """The runs as columns in the order given, and every student who does not have the same mentor in all of them. Two queries."""
    columns = {run.pk: Column(run) for run in runs}
    proposed = Proposal.objects.filter(run__in=columns, status__in=PROPOSED).order_by()
    for run, student, mentor, score in proposed.values_list("run_id", "student_id", "mentor_id", "score"):
        columns[run].pairs[student] = (mentor, score)
    for run, student in UnmatchedStudent.objects.filter(run__in=columns).order_by().values_list("run_id", "student_id"):
        if student not in columns[run].pairs:
            columns[run].without.add(student)
    rows = list(columns.values())
    return rows, _changes(rows)


def _changes(columns) -> list[Change]:
    """A student who was not in a run at all has not changed by it."""
    found = []
    first = columns[0] if columns else None
    for student in sorted({one for column in columns for one in (*column.pairs, *column.without)}):
        mentors = {column.run.pk: column.mentor_of(student) for column in columns if column.knows(student)}
        if len(set(mentors.values())) > 1:
            found.append(Change(student, mentors))
        for column in columns[1:]:
            if first.knows(student) and column.knows(student):
                _count(column, first.mentor_of(student), column.mentor_of(student))
    return found


def _count(column, before, now):
    if before == now:
        return
    if before is None:
        column.gained += 1
    elif now is None:
        column.lost += 1
    else:
        column.moved += 1


def spreads(programme, columns) -> list[Spread]:
    """By course, by place, and by every group that people have opted into; groups of fewer than five are put together or hidden."""
    students = {one for column in columns for one in (*column.pairs, *column.without)}
    ways = [*_open_ways(programme, students), *((title, of, True) for title, of in groups.opted_in(programme, students))]
    found = []
    for title, group_of, is_private in ways:
        sizes = Counter(group_of.get(one, "") for one in students)
        shown = groups.fold_small(sizes, others=groups.others_label())
        rows = _rows(columns, group_of, shown)
        if len(rows) > 1:
            found.append(Spread(title, rows, is_private))
    return found


def _open_ways(programme, students):
    courses, towns = {}, {}
    for pk, course, town in Participant.objects.filter(pk__in=students).values_list("pk", "course", "town"):
        courses[pk], towns[pk] = course, town
    sites = Placement.objects.filter(programme=programme, student__in=students).order_by("-starts_on", "-pk")
    towns |= dict(sites.values_list("student_id", "site__town"))
    return [(groups.course_title(), courses, False), (groups.place_title(), towns, False)]


def _rows(columns, group_of, shown):
    """shown: a group as answered -> its label on the page."""
    cells = defaultdict(lambda: [[0, 0, []] for _column in columns])
    for place, column in enumerate(columns):
        for student in (*column.pairs, *column.without):
            label = shown.get(group_of.get(student, ""))
            if label is None:
                continue
            cell = cells[label][place]
            cell[1] += 1
            if student in column.pairs:
                cell[0] += 1
                cell[2].append(column.pairs[student][1])
    return [
        (label, [(matched, every, round(fmean(scores)) if scores else None) for matched, every, scores in cells[label]])
        for label in sorted(cells, key=lambda label: (label == groups.others_label(), label.casefold()))
    ]
