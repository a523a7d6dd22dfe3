"""The same records and seed give the same result, in whatever order and process."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from matching.engine import Settings, assignment, solve
from tests.matching.engine.people import mentor, student

WORDS = ["python", "testing", "sql", "design", "writing", "English", "Polish"]


def roster():
    """Full of ties: few different answers, fewer places than students."""
    pick = random.Random(3)
    students = [student(k, industry=pick.choice("ab"), wants=frozenset(pick.sample(WORDS, 2))) for k in range(40)]
    mentors = [
        mentor(k, capacity=pick.randint(1, 2), industry=pick.choice("ab"), skills=frozenset(pick.sample(WORDS, 3)))
        for k in range(20)
    ]
    return students, mentors


def told(result):
    return (result.matches, result.unmatched, result.full_mentors, result.certificate, result.total)


@pytest.mark.parametrize("small", [-1, 10**9])
@pytest.mark.parametrize("aim", ["total", "fairest"])
def test_the_order_of_the_lists_does_not_matter(small, aim, monkeypatch):
    monkeypatch.setattr(assignment, "SMALL", small)
    students, mentors = roster()
    settings = Settings(aim=aim, seed=4)
    locked, forbidden = [(1, 2), (3, 4)], [(5, 6), (7, 8)]
    first = solve(students, mentors, settings, locked, forbidden)
    for shuffle in range(5):
        random.Random(shuffle).shuffle(students)
        random.Random(shuffle).shuffle(mentors)
        again = solve(students, mentors, settings, locked[::-1], forbidden[::-1])
        assert told(again) == told(first)


def test_the_seed_settles_ties_and_nothing_else():
    students, mentors = roster()
    results = [solve(students, mentors, Settings(seed=seed)) for seed in range(6)]
    assert {(len(one.matches), one.total) for one in results} == {(len(results[0].matches), results[0].total)}
    pairings = {tuple((m.student_id, m.mentor_id) for m in one.matches) for one in results}
    assert len(pairings) > 1


def test_another_process_with_other_hashing_gives_the_same():
    """Sets of text are in another order in every process; the result is not."""
    program = (
        "from matching.engine import solve\n"
        "from tests.matching.engine.test_determinism import roster, told\n"
        "print(told(solve(*roster())))"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[3],
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1] == f"{told(solve(*roster()))}\n"


def test_ids_of_any_kind():
    """Text and numbers mixed: cannot be compared, yet sorted the same every time."""
    students = [student("N1"), student(7), student(("N", 2))]
    mentors = [mentor("m"), mentor(3, capacity=2)]
    first, again = solve(students, mentors), solve(students[::-1], mentors[::-1])
    assert told(first) == told(again)
    assert {one.student_id for one in first.matches} == {"N1", 7, ("N", 2)}
