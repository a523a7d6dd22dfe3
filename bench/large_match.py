"""From the click on "Match" to the page with its proposals for a large roster, and how quickly its pages open beside a small one's.

    python bench/large_match.py [students mentors]        (5000 2000 by default)

As bench/northfield.py: embedded servers of its own, a real worker and broker, a coordinator's browser played by Django's test client.
The measure is how many times the engine's own seconds of the same run the whole way takes: reading everybody, solving, telling why,
saving, the page. Then the same pages of the large run and of Northfield's: first, far in, searched, sorted. Seconds are wall time: medians
of clicks, the best of several views.
Writes large_match.json to the state folder's bench/ (var/bench by default).
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import northfield
from rosters import rosters

TIMES_TARGET = 3.0  # times the engine's own seconds
PAGE_TARGET = 1.5  # times what the same page takes for a hundred students
CLICKS, VIEWS = 5, 7
PAGES = ("", "?page=20", "?q=amara", "?order=student", "without-a-mentor/")


def opened(*seats) -> list[dict[str, float]]:
    """For each (client, programme): page -> seconds until it is there, the best of several, looked at in turn."""
    found = [{page: [] for page in PAGES} for _seat in seats]
    for _n in range(VIEWS):
        for (client, programme), pages in zip(seats, found, strict=True):
            base = f"/o/{programme.organisation.slug}/programmes/{programme.pk}/matching/"
            for page, seconds in pages.items():
                begun = time.perf_counter()
                answer = client.get(base + page)
                seconds.append(time.perf_counter() - begun)
                assert answer.status_code == 200, (page, answer.status_code)
    return [{page: min(seconds) for page, seconds in pages.items()} for pages in found]


def measure(students, mentors) -> list[dict]:
    large, small = northfield.seat("large", rosters(students, mentors)), northfield.seat()
    clients = [northfield.signed_in(coordinator) for coordinator, _programme in (large, small)]
    northfield.click(clients[0], large[1])  # the worker is awake now
    clicks = [northfield.click(clients[0], large[1]) for _n in range(CLICKS)]
    northfield.click(clients[1], small[1])
    seconds, engine = (statistics.median(one[place] for one in clicks) for place in (0, 1))
    times = statistics.median(one / own for one, own in clicks)
    rows = [
        row(f"click to proposals, {students} students and {mentors} mentors, seconds", seconds),
        row("the engine's own seconds", engine),
        row("times the engine's own seconds", times, TIMES_TARGET),
    ]
    pages = opened((clients[0], large[1]), (clients[1], small[1]))
    rows += [row(f"page {page or 'first'}, seconds ({pages[1][page]:.2f} for Northfield)", pages[0][page]) for page in PAGES]
    first = pages[1][""]  # fifty rows either way; other pages of the small one have fewer
    rows.append(row("slowest page, times Northfield's first", max(pages[0].values()) / first, PAGE_TARGET))
    return rows


def row(figure, value, target=None) -> dict:
    return {"figure": figure, "value": round(value, 2), "target": target, "holds": target is None or value <= target}


def main() -> int:
    students, mentors = (int(number) for number in sys.argv[1:3]) if len(sys.argv) > 2 else (5000, 2000)
    keep = Path(os.environ.get("ALONGSIDE_VAR", northfield.ROOT / "var")) / "bench"
    with tempfile.TemporaryDirectory(prefix="lm") as folder:
        var = Path(folder)
        northfield.start(var)
        from mentoring import embedded

        worker = None
        try:
            worker = northfield.start_worker()
            rows = measure(students, mentors)
        finally:
            if worker:
                worker.terminate()
                worker.wait(30)
            embedded.stop(var)
    for one in rows:
        print(f"{one['figure']}: {one['value']}" + (f"  (target {one['target']}, holds: {one['holds']})" if one["target"] else ""))
    keep.mkdir(parents=True, exist_ok=True)
    (keep / "large_match.json").write_text(json.dumps(rows, indent=1))
    return 0 if all(one["holds"] for one in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
