"""Which faults come when: everything chosen by one seeded generator, so that a seed is the same plan everywhere."""

import random
from dataclasses import dataclass

AIMED = "worker killed, its letter just taken"
KINDS = {
    # kind: (how likely beside the others, what is drawn for it)
    AIMED: (3, lambda draw: {"back": draw.uniform(0.5, 3)}),
    "worker killed": (3, lambda draw: {"worker": draw.choice(WORKERS), "delay": draw.uniform(0, 0.05), "back": draw.uniform(0.5, 3)}),
    "PostgreSQL stopped at once": (2, lambda draw: {"delay": draw.uniform(0, 0.05), "back": draw.uniform(0, 2)}),
    "Redis killed": (1, lambda draw: {"back": draw.uniform(0.5, 3)}),
    "Redis flushed": (1, lambda draw: {}),
    "SMTP refuses": (1, lambda draw: {"answer": draw.choice(REFUSALS), "back": draw.uniform(0.5, 3)}),
    "SMTP slow": (1, lambda draw: {"pause": draw.uniform(0.1, 1), "back": draw.uniform(2, 5)}),
    "SMTP hangs up": (1, lambda draw: {"letters": draw.randint(1, 3)}),
}
WORKERS = ("worker-1", "worker-2")
REFUSALS = ("421 4.3.2 Closing for now", "451 4.3.0 Try again later")
FIRST, LAST = 0.01, 0.95  # of the letters


@dataclass(frozen=True)
class Fault:
    """One fault. at: it comes once so many letters were taken. told: what was drawn for it, seconds where it is a time."""

    kind: str
    at: int
    told: dict


def draw_faults(seed, letters, count) -> list[Fault]:
    """``count`` faults in the order they come: every kind once as far as they go, the rest by likelihood."""
    draw = random.Random(seed)
    kinds = draw.sample(list(KINDS), min(count, len(KINDS)))
    kinds += draw.choices(list(KINDS), [likely for likely, _told in KINDS.values()], k=count - len(kinds))
    draw.shuffle(kinds)
    moments = sorted(draw.sample(range(int(letters * FIRST) + 1, int(letters * LAST)), count))
    return [Fault(kind, at, KINDS[kind][1](draw)) for kind, at in zip(kinds, moments, strict=True)]
