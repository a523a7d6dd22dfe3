"""Drafts side by side, in words: a row for each measure, a cell for each run."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.words import day

from .models import MatchRun
from .run_rules import rules_from_json
from .run_words import differences, rules_in_words, weights_in_words
from .services.groups import LEAST, private_share


def run_row(run) -> dict:
    """A run of kept.kept_runs as a line of the list."""
    rules = rules_from_json(run.settings)
    is_draft = run.status == MatchRun.Status.DRAFT
    return {
        "run": run,
        "title": _("Run %(number)d") % {"number": run.number},
        "made": day(run.made_at),
        "weights": _("Paired by hand") if run.totals.get("by_hand") else weights_in_words(rules),
        "rules": rules_in_words(rules),
        "matched": run.totals.get("matched"),
        "students": run.totals.get("students"),
        "worst": run.totals.get("worst"),
        "tag": _state(run),
        "is_draft": is_draft,
        "may_take_up": run.status == MatchRun.Status.REPLACED and run.drafts > 0,
        "may_delete": not run.sent,
        "may_compare": bool(run.drafts or run.sent),
    }


def _state(run):
    if run.status == MatchRun.Status.DRAFT:
        return (_("The draft"), "pine", "") if not run.sent else (_("The draft, partly out"), "pine", "")
    if run.status == MatchRun.Status.PUBLISHED:
        return _("Published"), "good", "check"
    return _("Kept"), "", ""


def heads(columns) -> list[dict]:
    """The columns' heads; the first is what the others are compared with."""
    first = rules_from_json(columns[0].run.settings)
    found = []
    for place, column in enumerate(columns):
        rules = rules_from_json(column.run.settings)
        otherwise = differences(rules, first) if place else []
        found.append(
            {
                "run": column.run,
                "title": _("Run %(number)d") % {"number": column.run.number},
                "is_draft": column.run.status == MatchRun.Status.DRAFT,
                "words": [weights_in_words(rules), *rules_in_words(rules)] if place == 0 else otherwise or [_("the same rules")],
            }
        )
    return found


def measures(columns, names) -> list[tuple[str, list[str]]]:
    """(measure, a cell for each run). names: participant id -> name, of the lowest pairs."""
    first = columns[0].run.number
    return [
        (_("With a mentor"), [_of(len(one.pairs), one.students) for one in columns]),
        (_("Without a mentor"), [str(len(one.without)) for one in columns]),
        (_("Total score"), [str(one.total) for one in columns]),
        (_("Average score"), ["–" if one.mean is None else str(one.mean) for one in columns]),
        (_("Lowest pair"), [_worst(one, names) for one in columns]),
        (_("Who changes"), [_changes(one, place, first) for place, one in enumerate(columns)]),
    ]


def _of(part, whole):
    return _("%(part)d of %(whole)d") % {"part": part, "whole": whole}


def _worst(column, names):
    if column.worst is None:
        return "–"
    student, mentor, score = column.worst
    return _("%(score)d: %(student)s with %(mentor)s") % {"score": score, "student": names.get(student, ""), "mentor": names.get(mentor, "")}


def _changes(column, place, first):
    if place == 0:
        return _("what the others are compared with")
    parts = [
        (column.moved, ngettext("%(n)d student changes mentor", "%(n)d students change mentor", column.moved)),
        (column.gained, ngettext("%(n)d gets one", "%(n)d get one", column.gained)),
        (column.lost, ngettext("%(n)d loses theirs", "%(n)d lose theirs", column.lost)),
    ]
    words = ", ".join(text % {"n": n} for n, text in parts if n)
    return words or _("nobody, compared with run %(number)d") % {"number": first}


def spread_rows(spread, columns) -> list[tuple[str, list[str]]]:
    """(group, a cell for each run) of comparing.Spread."""
    return [
        (label, [_private(cell, column, place) if spread.is_private else _open(cell) for place, (cell, column) in enumerate(zip(cells, columns, strict=True))])
        for label, cells in spread.rows
    ]


def _open(cell):
    matched, every, mean = cell
    if not every:
        return "–"
    if mean is None:
        return _of(matched, every)
    return _("%(part)d of %(whole)d, average %(mean)d") % {"part": matched, "whole": every, "mean": mean}


def _private(cell, column, place):
    """Where a run differs by a few students only, two shares side by side would tell of them."""
    differs = column.gained + column.lost
    if place and 0 < differs < LEAST:
        return _("too small a difference to show")
    matched, every, _mean = cell
    return private_share(matched, every)


def change_row(change, columns, names) -> dict:
    """One student: whom each run gives them. names: participant id -> name."""
    cells = []
    before = change.mentors.get(columns[0].run.pk)
    for place, column in enumerate(columns):
        if column.run.pk not in change.mentors:
            cells.append((_("not in this run"), False))
            continue
        mentor = change.mentors[column.run.pk]
        cells.append((names.get(mentor, "") if mentor else _("nobody"), bool(place) and mentor != before))
    return {"student": change.student, "name": names.get(change.student, ""), "cells": cells}
