"""Action plans per second, with one process and with two, in turns; and whether memory stays flat.

    python -m bench.pdf [documents per turn]

A realistic plan of one to two pages. Each process is a long-lived worker: it warms up first, which is not counted.
Writes pdf.json to the state folder's bench/ (var/bench by default): each figure with its target and whether it holds.
"""

import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

TARGET = 4.0  # documents per second with two processes
DRIFT = 0.05  # MB a document: without the shared press it was 0.2
TURNS = 3


def prepare() -> None:
    """Start Django without a database, and warm the press, as a worker does."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings.dev")
    # Nothing here asks a database or a broker, so none is started.
    os.environ.setdefault("DATABASE_URL", "postgresql://nobody@localhost/none")
    os.environ.setdefault("REDIS_URL", "redis://localhost:1/0")
    import django

    django.setup()
    from documents import rendering

    ready, reason = rendering.available()
    if not ready:
        sys.exit(reason)
    rendering.warm_up()


def make(numbers: range) -> tuple[float, float]:
    """Print one plan for each number; returns (processor seconds spent, this process's memory in MB afterwards)."""
    from documents.plans import render_action_plan
    from tests.documents.plans import ORDINARY

    start = time.process_time()
    for number in numbers:
        render_action_plan(replace(ORDINARY, version=number, student=f"Gwen Ørsted {number}"))
    return time.process_time() - start, memory()


def memory() -> float:
    """Resident memory of this process in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def rate(pool: ProcessPoolExecutor, processes: int, documents: int) -> tuple[float, float, list[float]]:
    """Documents per second over the pool, processor seconds per document, each batch's memory at its end."""
    share = documents // processes
    start = time.perf_counter()
    results = list(pool.map(make, [range(n * share, (n + 1) * share) for n in range(processes)]))
    elapsed, made = time.perf_counter() - start, share * processes
    return made / elapsed, sum(cpu for cpu, _mb in results) / made, [mb for _cpu, mb in results]


def measure(documents: int) -> dict:
    """One and two processes in turns, so that a noisy machine disturbs both alike."""
    context = get_context("spawn")
    speeds, costs, resident = {1: [], 2: []}, [], []
    with (
        ProcessPoolExecutor(1, context, prepare) as one,
        ProcessPoolExecutor(2, context, prepare) as two,
    ):
        for pool, processes in ((one, 1), (two, 2)):
            rate(pool, processes, 8 * processes)  # every process has started and laid out its first pages
        for _turn in range(TURNS):
            speeds[2].append(rate(two, 2, documents)[0])
            speed, cost, after = rate(one, 1, documents)
            speeds[1].append(speed)
            costs.append(cost)
            resident += after
    return {"speeds": speeds, "costs": costs, "resident": resident}


def report(documents: int) -> list[dict]:
    """The figures with targets."""
    measured = measure(documents)
    speeds = {processes: sorted(values)[len(values) // 2] for processes, values in measured["speeds"].items()}
    drift = (measured["resident"][-1] - measured["resident"][0]) / (documents * (TURNS - 1))
    return [
        {"what": "action plans a second, two processes", "figure": round(speeds[2], 1), "target": f">= {TARGET}", "holds": speeds[2] >= TARGET},
        {"what": "action plans a second, one process", "figure": round(speeds[1], 1), "target": None, "holds": None},
        {"what": "two processes over one", "figure": round(speeds[2] / speeds[1], 2), "target": None, "holds": None},
        {"what": "processor seconds a document", "figure": round(min(measured["costs"]), 3), "target": None, "holds": None},
        {"what": "memory drift, MB a document", "figure": round(drift, 3), "target": f"<= {DRIFT}", "holds": drift <= DRIFT},
    ]  # fmt: skip


def main() -> None:
    print(f"other work on this machine at the start: load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    figures = report(documents)
    folder = Path(os.environ.get("ALONGSIDE_VAR", "var")) / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pdf.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for line in figures:
        verdict = {True: "holds", False: "MISSED", None: ""}[line["holds"]]
        print(f"{line['what']:<40} {line['figure']:>8}   target {line['target'] or 'none':<8} {verdict}")


if __name__ == "__main__":
    main()
