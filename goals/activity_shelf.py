"""The library of activities as one shelf: the house's and the organisation's own, filtered, and the two or three that fit now."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject

from programmes.enums import Stage

from .activities import Activity, activities, by_key
from .enums import Function, Setting
from .models import HiddenActivity, OwnActivity
from .models.activity import OWN

MOST_SUGGESTED = 3
MINUTES = (15, 30, 45)  # to filter by: at most so many
_WAYS = {Setting.IN_PERSON: {Setting.IN_PERSON, Setting.BOTH}, Setting.REMOTE: {Setting.REMOTE, Setting.BOTH}}


@dataclass(frozen=True)
class Shelved:
    """An activity on the shelf. own: the organisation's own row, None for one of the house's."""

    activity: Activity
    own: OwnActivity | None = None
    hidden: bool = False

    @property
    def stage_labels(self):
        return [Stage(one).label for one in self.activity.stages]

    @property
    def function_labels(self):
        return [Function(one).label for one in self.activity.functions]

    @property
    def way_label(self):
        return Setting(self.activity.way).label


def lines_of(text) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def shelf_for(membership, *, stage="", function="", minutes=None, way="", hidden=False) -> list[Shelved]:
    """What a membership may find and the filters leave, in two queries; the organisation's own first.

    minutes: at most so many. way: in_person or remote. hidden: what is taken out instead of what is offered.
    """
    out = set(HiddenActivity.objects.visible_to(membership).values_list("key", flat=True))
    rows = OwnActivity.objects.visible_to(membership)
    own = [Shelved(_as_activity(row), row, row.retired_at is not None) for row in rows]
    every = [*own, *(Shelved(one, None, one.key in out) for one in activities())]
    return [
        one
        for one in every
        if one.hidden == hidden
        and (not stage or stage in one.activity.stages)
        and (not function or function in one.activity.functions)
        and (not minutes or one.activity.minutes <= minutes)
        and (not way or one.activity.way in _WAYS[way])
    ]


def find_on_shelf(membership, key) -> Shelved | None:
    """One activity by its key, a hidden one too: what was planned stays readable. None when there is none."""
    if key.startswith(OWN):
        number = key.removeprefix(OWN)
        row = OwnActivity.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
        return Shelved(_as_activity(row), row, row.retired_at is not None) if row else None
    found = by_key().get(key)
    if found is None:
        return None
    return Shelved(found, None, HiddenActivity.objects.visible_to(membership).filter(key=key).exists())


def shelf_columns() -> dict:
    """Annotations that bring the shelf along with a row, for pages that count their queries: see offered_with."""
    names = [name for name in Activity.__dataclass_fields__ if name not in {"key", "helps"}]
    own = OwnActivity.objects.current().order_by("title", "pk").values(json=JSONObject(id="pk", **{name: name for name in names}))
    return {"hidden_keys": ArraySubquery(HiddenActivity.objects.order_by().values("key")), "own_activities": ArraySubquery(own)}


def offered_with(row) -> list[Activity]:
    """What is offered, from a row with shelf_columns; no query."""
    own = [_as_activity(OwnActivity(**fields)) for fields in row.own_activities]
    return [*own, *(one for one in activities() if one.key not in row.hidden_keys)]


@dataclass(frozen=True)
class Fit:
    """An activity that is suggested, and the goal it helps with, "" where it is for the stage alone."""

    activity: Activity
    goal: str = ""


def suggest_activities(offered: Iterable[Activity], *, stage, done: Iterable[str] = (), goals: Sequence[str] = (), turn=0, most=MOST_SUGGESTED):
    """The two or three that fit now: of this stage, none done or planned before, those that help with an open goal first. Pure.

    done: keys; goals: texts of open goals; turn: shifts the order, so that not everybody sees the same ones. No two are for the
    same mentor function while there is a choice.
    """
    done = set(done)
    fitting = [one for one in offered if stage in one.stages and one.key not in done]
    if fitting:
        shift = turn % len(fitting)
        fitting = fitting[shift:] + fitting[:shift]
    fits = sorted((Fit(one, _helped(one, goals)) for one in fitting), key=lambda fit: (not fit.goal, fit.activity.stages[0] != stage))
    chosen, seen = [], set()
    for fit in fits:
        if len(chosen) < most and fit.activity.functions[0] not in seen:
            chosen.append(fit)
            seen.add(fit.activity.functions[0])
    return chosen + [fit for fit in fits if fit not in chosen][: most - len(chosen)]


def _helped(activity, goals):
    """The first goal with a word that begins as one of the activity's does, or ""."""
    if not activity.helps:
        return ""
    begins = re.compile(rf"\b(?:{'|'.join(map(re.escape, activity.helps))})", re.IGNORECASE)
    return next((goal for goal in goals if begins.search(goal)), "")


def _as_activity(row) -> Activity:
    return Activity(
        row.key, row.title, tuple(row.stages), tuple(row.functions), row.minutes, row.way,
        purpose=row.purpose, needs=row.needs, steps=lines_of(row.steps), questions=lines_of(row.questions), safety=row.safety,
    )  # fmt: skip
