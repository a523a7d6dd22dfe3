"""One pair, or one student with every mentor: for pairing by hand."""

from collections.abc import Iterable, Sequence

import numpy as np

from .candidates import gather_facts
from .checking import check_answers, check_people, check_settings
from .criteria import failed, hard, label_of
from .reasons import tell_reasons
from .records import Id, Mentor, Settings, Student, axes_of
from .result import PairScore
from .rules import broken, rounded
from .scoring import score_pairs
from .table import build_table
from .views import Pairs


def score_pair(
    student: Student,
    mentor: Mentor,
    settings: Settings | None = None,
    forbidden: Iterable[tuple[Id, Id]] = (),
) -> PairScore:
    """Score, reasons and broken rules of one pair, the same that a whole run gives it."""
    return score_mentors(student, [mentor], settings, forbidden)[0]


def score_mentors(
    student: Student,
    mentors: Sequence[Mentor],
    settings: Settings | None = None,
    forbidden: Iterable[tuple[Id, Id]] = (),
) -> list[PairScore]:
    """This student with each of these mentors, in the order given."""
    settings = settings or Settings()
    check_settings(settings)
    check_people([student], mentors)
    check_answers([student, *mentors], settings)
    table = build_table([student], mentors, settings, forbidden)
    rows, columns = np.zeros(len(mentors), np.intp), np.arange(len(mentors))
    points = score_pairs(table, rows, columns, settings)
    facts = gather_facts(table, rows, columns, settings)
    pro, con = tell_reasons(facts)
    view = Pairs(table, rows, columns)
    rules = broken(view, settings, points)
    unmet = [(one, np.broadcast_to(failed(one, view), points.shape)) for one in hard(settings)]
    return [
        PairScore(
            student.id,
            mentor.id,
            int(rounded(points[k])),
            int(points[k]),
            {axis: int(facts.shown[axis][k]) for axis in axes_of(settings)},
            pro[k],
            con[k],
            tuple(rule for rule, where in rules.items() if where[k]),
            tuple((one.key, label_of(one)) for one, where in unmet if where[k]),
        )
        for k, mentor in enumerate(mentors)
    ]
