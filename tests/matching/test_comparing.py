"""Drafts side by side: the numbers are the rows', and no small group is told."""

import pytest
from django.urls import reverse

from matching.models import MatchRun, Proposal, UnmatchedStudent
from matching.run_rules import RunRules
from matching.run_words import differences
from matching.services import comparing, groups
from programmes.models import Participant
from tests import factories as make
from tests.matching import people
from tests.matching.reading import seen
from tests.queries import MOST, count_queries


@pytest.fixture
def coordinator(northfield):
    with northfield.scope():
        yield northfield.people["coordinator"]


@pytest.fixture
def source():
    """What a test puts in is a way of dividing students that they opted into."""
    found = []

    def ask(programme, students):
        return [(title, {student: group for student, group in of.items() if student in students}) for title, of in found]

    groups.register_source(ask)
    yield found
    groups.sources.remove(ask)


def made_run(programme, number, pairs, without=(), status="replaced"):
    run = make.MatchRunFactory(programme=programme, number=number, status=status, settings=RunRules().as_json())
    for student, mentor, score in pairs:
        Proposal.objects.create(run=run, programme=programme, student=student, mentor=mentor, score=score)
    for student in without:
        UnmatchedStudent.objects.create(run=run, student=student, code="no_place_left")
    return run


def address(name, programme, **query):
    return reverse(f"matching:{name}", args=["northfield", programme.pk])


# --- small groups, pure --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"a": 9, "b": 7}, {"a": "a", "b": "b"}),
        ({"a": 9, "b": 3, "c": 2}, {"a": "a", "b": "others", "c": "others"}),
        ({"a": 9, "b": 4}, {}),  # b could be told from the whole: a goes with it, and nothing is left to show
        ({"a": 9, "b": 6, "c": 4}, {"a": "a", "b": "others", "c": "others"}),
        ({"a": 9, "": 2}, {}),
        ({"a": 9, "": 40, "b": 1}, {"a": "a", "": "others", "b": "others"}),
        ({"a": 4, "b": 4}, {}),
        ({}, {}),
    ],
)
def test_small_groups_are_never_shown_alone(sizes, shown):
    assert groups.fold_small(sizes, others="others") == shown
    together = sum(size for group, size in sizes.items() if shown.get(group) == "others")
    assert together == 0 or together >= groups.LEAST


@pytest.mark.parametrize(
    ("matched", "every", "words"),
    [
        (4, 4, "too few to show"),
        (2, 6, "too few to show"),
        (9, 10, "nearly all"),
        (10, 10, "nearly all"),
        (1, 10, "hardly any"),
        (15, 20, "about 75 %"),
        (31, 41, "about 75 %"),
        (30, 41, "about 75 %"),  # one person more or less does not show
    ],
)
def test_shares_of_private_groups_tell_of_nobody(matched, every, words):
    assert groups.private_share(matched, every) == words


# --- numbers -------------------------------------------------------------------------------------


def test_who_changes_gains_and_loses(coordinator):
    programme = make.ProgrammeFactory()
    stays, moves, gains, loses, newcomer = [make.StudentFactory(programme=programme) for _each in range(5)]
    one, two = make.MentorFactory(programme=programme), make.MentorFactory(programme=programme)
    first = made_run(programme, 1, [(stays, one, 80), (moves, one, 50), (loses, two, 61)], [gains])
    second = made_run(programme, 2, [(stays, one, 80), (moves, two, 70), (gains, one, 40), (newcomer, two, 90)], [loses])
    removed = Proposal.objects.create(run=second, programme=programme, student=loses, mentor=one, score=99, status="removed")
    columns, changes = comparing.compare([first, second])
    assert [(c.students, len(c.pairs), len(c.without), c.total, c.mean, c.worst[2]) for c in columns] == [
        (4, 3, 1, 191, 64, 50),
        (5, 4, 1, 280, 70, 40),
    ]
    assert [(c.moved, c.gained, c.lost) for c in columns] == [(0, 0, 0), (1, 1, 1)]
    assert {change.student for change in changes} == {moves.pk, gains.pk, loses.pk}
    by_student = {change.student: change.mentors for change in changes}
    assert by_student[loses.pk] == {first.pk: two.pk, second.pk: None}
    assert removed.mentor_id not in by_student[loses.pk].values()


def test_spread_by_course_and_place(coordinator):
    programme = make.ProgrammeFactory()
    students = [make.StudentFactory(programme=programme, course="Health" if n < 6 else "Art" if n < 11 else "Rare") for n in range(13)]
    for student in students:
        make.PlacementFactory(student=student, site__town="York" if student.course == "Health" else "Hull")
    mentor = make.MentorFactory(programme=programme)
    run = made_run(programme, 1, [(one, mentor, 60) for one in students[:4]] + [(one, mentor, 80) for one in students[6:]], students[4:6])
    other = made_run(programme, 2, [(one, mentor, 70) for one in students], [])
    columns, _changes = comparing.compare([run, other])
    by_course, by_place = comparing.spreads(programme, columns)
    # Two of a rare course are too few, and would be told by the difference: the smallest other course goes with them.
    assert by_course.rows == [("Health", [(4, 6, 60), (6, 6, 70)]), (groups.others_label(), [(7, 7, 80), (7, 7, 70)])]
    assert by_place.rows == [("Hull", [(7, 7, 80), (7, 7, 70)]), ("York", [(4, 6, 60), (6, 6, 70)])]
    assert not by_course.is_private


def test_opted_in_groups_are_rounded_and_hidden_where_few_differ(northfield, coordinator, source, sign_in):
    programme = make.ProgrammeFactory()
    students = [make.StudentFactory(programme=programme) for _each in range(20)]
    mentor = make.MentorFactory(programme=programme)
    source.append(("First in the family to study", {one.pk: "Yes" if n < 12 else "No" for n, one in enumerate(students)}))
    run = made_run(programme, 1, [(one, mentor, 60) for one in students[:6]] + [(one, mentor, 60) for one in students[12:]], students[6:12])
    nearly = made_run(programme, 2, [(one, mentor, 60) for one in [*students[:7], *students[12:]]], students[7:12])
    wide = made_run(programme, 3, [(one, mentor, 60) for one in students])
    page = sign_in(coordinator).get(address("compare", programme), {"run": [1, 2, 3]})
    private = next(lines for spread, lines in page.context["spreads"] if spread.is_private)
    assert private == [
        ("No", ["nearly all", "too small a difference to show", "nearly all"]),
        ("Yes", ["about 50 %", "too small a difference to show", "nearly all"]),
    ]
    assert {run.number, nearly.number, wide.number} == {1, 2, 3}


def test_a_small_opted_in_group_is_not_on_the_page(northfield, coordinator, source, sign_in):
    programme = make.ProgrammeFactory()
    students = [make.StudentFactory(programme=programme) for _each in range(20)]
    mentor = make.MentorFactory(programme=programme)
    source.append(("Background", {one.pk: "Rarely told" if n < 3 else "Often told" for n, one in enumerate(students[:15])}))
    for number in (1, 2):
        made_run(programme, number, [(one, mentor, 60) for one in students])
    shown = seen(sign_in(coordinator).get(address("compare", programme), {"run": [1, 2]}))
    assert "Often told" in shown
    assert "Rarely told" not in shown


# --- words and pages -----------------------------------------------------------------------------


def test_rules_differ_in_words():
    one, other = RunRules(), RunRules(weights=RunRules().weights | {"time": 40}, aim="fairest", require_same_town=True)
    assert differences(one, one) == []
    assert differences(other, one) == ["Time 40 instead of 20", "most matched, then the fairest lowest pair", "meet in person"]
    assert differences(RunRules(max_travel_minutes=30), one) == ["journeys of 30 minutes at most"]
    assert differences(one, other) == ["Time 20 instead of 40", "most matched, then the best total", "may meet online"]


def test_a_coordinator_compares_two_runs(northfield, coordinator, sign_in):
    with northfield.scope():
        programme = people.crowd(6, 3, capacity=2)
        people.run(programme, coordinator)
        Participant.objects.filter(programme=programme, side="mentor").update(town="Hull")
        people.mentor(programme, capacity=2)
        people.run(programme, coordinator, weights=RunRules().weights | {"place": 100})
        columns, changes = comparing.compare(list(MatchRun.objects.filter(programme=programme).order_by("number")))
    client = sign_in(coordinator)
    page = client.get(address("compare", programme), {"run": ["1", "2"]})
    words = dict(page.context["measures"])
    assert words["With a mentor"] == ["6 of 6", "6 of 6"]
    assert words["Who changes"][1].startswith(f"{columns[1].moved} student")
    assert columns[1].moved == len(changes) > 0
    assert [head["words"] for head in page.context["heads"]][1] == ["Place 100 instead of 15"]
    assert len(page.context["rows"]) == len(changes)
    assert "or none" in seen(page)


@pytest.mark.parametrize("chosen", [[], ["1"], ["1", "1"], ["1", "99"], ["x", "1"], ["1", "2", "3", "4", "5"], ["9" * 30, "1"]])
def test_what_cannot_be_compared_is_said(northfield, coordinator, sign_in, chosen):
    with northfield.scope():
        programme = make.ProgrammeFactory()
        for number in range(1, 6):
            made_run(programme, number, [])
    answer = sign_in(coordinator).get(address("compare", programme), {"run": chosen}, follow=True)
    assert "Choose two to four runs to compare." in seen(answer)


def test_runs_of_another_programme_are_not_compared(northfield, coordinator, sign_in):
    with northfield.scope():
        programme, other = make.ProgrammeFactory(), make.ProgrammeFactory()
        made_run(programme, 1, [])
        made_run(other, 2, [])
    answer = sign_in(coordinator).get(address("compare", programme), {"run": [1, 2]}, follow=True)
    assert "Choose two to four runs to compare." in seen(answer)


def test_comparing_costs_the_same_for_three_and_for_thirty(northfield, coordinator, sign_in):
    costs = {}
    for size in (3, 30):
        with northfield.scope():
            programme = people.crowd(size, size)
            for _run in range(4):
                people.run(programme, coordinator)
        url = address("compare", programme)
        costs[size] = [count_queries(sign_in(coordinator), f"{url}?{'&'.join(f'run={n}' for n in runs)}") for runs in ((1, 2), (1, 2, 3, 4))]
    assert costs[3] == costs[30]
    assert len(set(costs[30])) == 1
    assert max(costs[30]) <= MOST
