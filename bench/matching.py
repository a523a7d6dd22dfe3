"""The matching engine beside the bare scipy solve, mentor-match and a greedy pairing, in one run.

    python -m bench.matching [students …]        (500 1000 5000 10000 by default)

Invented rosters: a mentor for every 2.5 students with 1 to 4 places, about three pairs in ten ruled out. "Engine" is the whole way,
from records to matches with reasons and proof. "Bare" is scipy's linear_sum_assignment alone, on the same costs, ready made, a
column per place; it is left out above 5,000 students (its matrix alone would take 800 MB). Best of several rounds, in turns; ratios
are of processor time with one thread each, so that a busy machine does not decide them. Seconds are wall time.
mentor-match runs in an environment of its own, made under the state folder from the package index; without the index that row is left
out, and says why. "Questions" are five criteria, one of each kind; "team" is two mentors for each student.
Writes matching.json to the state folder's bench/ (var/bench by default): each figure with its target and whether it holds.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import numpy as np
from scipy.optimize import linear_sum_assignment

from bench.beside import plain_rules
from bench.beside.mentor_match import Unreachable, as_told, beside
from matching.engine import Criterion, Mentor, Settings, Student, solve, verify
from matching.engine.scoring import raw_points, score_all
from matching.engine.table import build_table
from tests.matching.engine import reference

SIZES = (500, 1000, 5000, 10_000)
BARE_UP_TO = 5000
RATIO_TARGET = {1000: 1.3, 5000: 0.5}  # engine, end to end, to the bare solve
SECONDS_TARGET = {500: 0.05, 10_000: 30.0}
MEMORY_TARGET = {10_000: 1000.0}  # MB
SCORING_TARGET = 30.0  # times a plain loop over pairs
BESIDE_SIZES, BESIDE_TARGET = (500,), 100.0  # times the engine's time
TEAM_SIZES, TEAM_TARGET = (1000,), 5.0  # seconds
QUESTIONS = (
    Criterion("tools", "goals", "overlap", 2),
    Criterion("car", "place", "same", hard=True),
    Criterion("pace", "compatibility", "near"),
    Criterion("evenings", "time", "slots", 0.5),
    Criterion("first", "compatibility", "wish", 0.5),
)

INDUSTRIES = ("digital", "construction", "education", "engineering", "health", "business", "media")
TOWNS = ("Leeds", "Bradford", "Hull", "Wakefield", "Halifax", "Sheffield", "York")
CHANNELS = ("phone", "chat", "in person", "video")
LANGUAGES = ("English", "English", "English", "English", "Polish", "Urdu")
GENERAL = ("confidence", "teamwork", "planning", "networking", "presenting", "communication", "interviews", "writing")
SLOTS = tuple(f"{day} {half}" for day in ("Mon", "Tue", "Wed", "Thu", "Fri") for half in ("am", "pm"))


def side(pick: random.Random) -> dict:
    """The answers both sides give."""
    online = pick.random() < 0.12
    return {
        "industry": pick.choice(INDUSTRIES),
        "town": "" if online else pick.choice(TOWNS),
        "online_only": online,
        "languages": frozenset(pick.choices(LANGUAGES, k=2)),
        "channel": pick.choice(CHANNELS),
        "availability": frozenset(pick.sample(SLOTS, pick.randint(1, 4))),
    }


def skills(pick: random.Random, industry: str) -> frozenset[str]:
    special = [f"{industry} {number}" for number in range(7)]
    return frozenset(pick.sample(special, 3) + pick.sample(GENERAL, 2))


def roster(size: int, seed: int = 1) -> tuple[list[Student], list[Mentor]]:
    pick = random.Random(seed)
    start = date(2026, 9, 1)
    count = round(size / 2.5)
    students, mentors = [], []
    for key in range(size):
        answers = side(pick)
        students.append(
            Student(
                id=key,
                wants=skills(pick, answers["industry"]),
                line_manager_ids=frozenset({pick.randrange(count)}),
                placement_start=start,
                placement_end=start + timedelta(days=pick.randint(60, 300)),
                **answers,
            )
        )
    for key in range(count):
        answers = side(pick)
        mentors.append(
            Mentor(
                id=key,
                capacity=pick.randint(1, 4),
                skills=skills(pick, answers["industry"]),
                years_experience=pick.randint(0, 30),
                trained=pick.random() < 0.95,
                check_valid_until=start + timedelta(days=pick.randint(0, 900)),
                **answers,
            )
        )
    return students, mentors


def best_of(rounds: int, *works: Callable[[], object]) -> list[tuple[float, float]]:
    """Shortest wall and processor time of each piece of work, in turns."""
    best = [(float("inf"), float("inf"))] * len(works)
    for _ in range(rounds):
        for number, work in enumerate(works):
            wall, processor = time.perf_counter(), time.process_time()
            work()
            spent = time.perf_counter() - wall, time.process_time() - processor
            best[number] = min(best[number][0], spent[0]), min(best[number][1], spent[1])
    return best


def greedy(points: np.ndarray, places: np.ndarray) -> tuple[int, int]:
    """Best pair first, while there are places: (matched, total)."""
    left, taken, total = places.copy(), np.zeros(len(points), bool), 0
    for cell in np.argsort(points, axis=None, kind="stable")[::-1]:
        row, column = divmod(int(cell), points.shape[1])
        if points[row, column] < 0:
            break
        if not taken[row] and left[column]:
            taken[row] = True
            left[column] -= 1
            total += int(points[row, column])
    return int(taken.sum()), total


def compare(size: int) -> dict:
    """Engine, bare solve, greedy and a plain scoring loop on one roster."""
    students, mentors = roster(size)
    settings = Settings()
    result = solve(students, mentors, settings)
    table = build_table(students, mentors, settings)
    points, places = score_all(table, settings).points, table.mentor["places"]
    found = {
        "students": size,
        "mentors": len(mentors),
        "ruled out": float((points < 0).mean()),
        "matched": len(result.matches),
        "total": result.total,
    }
    columns = np.repeat(np.arange(len(mentors)), places)
    cost = (10_000.0 - points)[:, columns]
    cost[points[:, columns] < 0] = 10_000.0 * (len(students) + 1)
    rounds = 7 if size <= 1000 else 3
    engine, bare = best_of(rounds, lambda: solve(students, mentors, settings), lambda: linear_sum_assignment(cost))
    rows, picked = linear_sum_assignment(cost)
    made = points[rows, columns[picked]]
    found |= {"engine s": engine[0], "bare s": bare[0], "engine / bare": engine[1] / bare[1]}
    found["same as bare"] = (int((made >= 0).sum()), int(made[made >= 0].sum())) == (len(result.matches), result.total)
    matched, total = greedy(points, places)
    found |= {"greedy matched": matched, "greedy total / best": total / result.total}
    found |= scoring(students[:500], mentors[:200], settings)
    few = students[:200], mentors[:80]
    asked = Settings(criteria=QUESTIONS)
    found["same scores"] = equal_scores(*few, settings)
    found["same scores, questions"] = equal_scores(*(answered(people, seed) for seed, people in enumerate(few)), asked)
    return found


def answered(people: list, seed: int) -> list:
    """The same people with answers to QUESTIONS, a tenth of them open."""
    pick = random.Random(seed)
    return [
        replace(
            one,
            answers={
                "tools": frozenset(pick.sample("abcdefgh", pick.randint(0, 4))),
                "car": frozenset(pick.sample(["yes", "no"], pick.random() < 0.9)),
                "pace": pick.choice([None, 1, 2, 3, 4, 5]),
                "evenings": frozenset(pick.sample(SLOTS, pick.randint(0, 3))),
            },
            wishes={"first": frozenset({"yes"})} if pick.random() < 0.2 else {},
            background={"first": frozenset({"yes"})} if pick.random() < 0.2 else {},
        )
        for one in people
    ]


def team(size: int) -> dict:
    """Two mentors for each student, twice the places: seconds, and whether proven."""
    students, mentors = roster(size)
    mentors = [replace(one, capacity=2 * one.capacity) for one in mentors]
    settings = Settings(mentors_per_student=2)
    start = time.perf_counter()
    result = solve(students, mentors, settings)
    seconds = time.perf_counter() - start
    return {"students": size, "team s": seconds, "team pairs": len(result.matches), "team proven": verify(result) == ()}


def equal_scores(students: list[Student], mentors: list[Mentor], settings: Settings) -> bool:
    """Whether the matrix has the points of the tests' slow reference, pair by pair."""
    found = raw_points(build_table(students, mentors, settings), np.arange(len(students)), settings)
    return found.tolist() == [[reference.points(one, other, settings) for other in mentors] for one in students]


def scoring(students: list[Student], mentors: list[Mentor], settings: Settings) -> dict:
    """The matrix, from records, against a plain loop over pairs: times faster, and whether equal."""
    told = as_told(students, mentors, settings)
    people, others = plain_rules.with_sets(told["students"]), plain_rules.with_sets(told["mentors"])
    rows = np.arange(len(students))

    def matrix() -> np.ndarray:
        return raw_points(build_table(students, mentors, settings), rows, settings)

    def loop() -> list[list[int]]:
        return [[plain_rules.points(one, other, told["shares"]) for other in others] for one in people]

    (_, fast), (_, plain) = best_of(3, matrix, loop)
    return {"plain loop / matrix": plain / fast, "same as plain loop": matrix().tolist() == loop()}


def alone(size: int) -> dict:
    """The engine by itself in a fresh process: seconds and the most memory it took."""
    students, mentors = roster(size)
    before = getrusage(RUSAGE_SELF).ru_maxrss / 1000
    start = time.perf_counter()
    result = solve(students, mentors, Settings())
    return {
        "students": size,
        "mentors": len(mentors),
        "matched": len(result.matches),
        "total": result.total,
        "engine s": time.perf_counter() - start,
        "peak MB": getrusage(RUSAGE_SELF).ru_maxrss / 1000,
        "MB before": before,
    }


def against_mentor_match(folder: Path, size: int) -> dict:
    try:
        return beside(*roster(size), folder)
    except Unreachable as error:
        return {"students": size, "left out": f"mentor-match, {size}: it could not be installed ({error})"}


def figure(name: str, value: float, target: float, *, at_most: bool = True) -> dict:
    return {
        "figure": name,
        "value": round(value, 4),
        "target": target,
        "holds": value <= target if at_most else value >= target,
    }


def figures(found: dict) -> list[dict]:
    size = found["students"]
    told = []
    if size in RATIO_TARGET and "engine / bare" in found:
        told.append(figure(f"engine end to end / bare solve, {size}", found["engine / bare"], RATIO_TARGET[size]))
    if size in SECONDS_TARGET:
        told.append(figure(f"engine end to end, {size}, seconds", found["engine s"], SECONDS_TARGET[size]))
    if size in MEMORY_TARGET and "peak MB" in found:
        told.append(figure(f"peak memory, {size}, MB", found["peak MB"], MEMORY_TARGET[size]))
    if "same as bare" in found:
        told.append(figure(f"matched and total as the bare solve, {size}", found["same as bare"], 1, at_most=False))
        told.append(
            figure(f"scoring, times a plain loop, {size}", found["plain loop / matrix"], SCORING_TARGET, at_most=False)
        )
        told.append(
            figure(
                f"every score as in the plain loop and the reference, {size}",
                found["same scores"] and found["same as plain loop"],
                1,
                at_most=False,
            )
        )
        told.append(
            figure(f"the same with questions, every score, {size}", found["same scores, questions"], 1, at_most=False)
        )
    if "team s" in found:
        told.append(figure(f"two mentors each, {size}, seconds", found["team s"], TEAM_TARGET))
        told.append(figure(f"two mentors each, {size}, proven", found["team proven"], 1, at_most=False))
    if "mentor-match / engine" in found:
        told.append(
            figure(
                f"mentor-match / engine with reasons, {size}", found["mentor-match / engine"], BESIDE_TARGET, at_most=False
            )
        )
        as_good = found["engine"] >= found["mentor-match"]
        told.append(figure(f"as many matched and as good a total as mentor-match, {size}", as_good, 1, at_most=False))
    return told


def show(found: dict) -> None:
    print(
        "  ".join(
            f"{name}: {value:.4g}" if isinstance(value, float) else f"{name}: {value}" for name, value in found.items()
        )
    )


def main() -> int:
    sizes = [int(one) for one in sys.argv[1:]] or SIZES
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read by the processes started below
    folder = Path(os.environ.get("ALONGSIDE_VAR", "var")).absolute() / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    works = [(compare if size <= BARE_UP_TO else alone, size) for size in sizes]
    works += [(team, size) for size in sizes if size in TEAM_SIZES]
    works += [(partial(against_mentor_match, folder / "mentor-match"), size) for size in sizes if size in BESIDE_SIZES]
    told, left_out = [], []
    for work, size in works:
        with ProcessPoolExecutor(1, get_context("spawn")) as fresh:
            found = fresh.submit(work, size).result()
        show(found)
        told += figures(found)
        left_out += [found["left out"]] if "left out" in found else []
    for reason in left_out:
        print(f"left out  {reason}")
    for one in told:
        print(f"{'holds' if one['holds'] else 'MISSED':7} {one['figure']}: {one['value']} (target {one['target']})")
    (folder / "matching.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    return 0 if all(one["holds"] for one in told) else 1


if __name__ == "__main__":
    sys.exit(main())
