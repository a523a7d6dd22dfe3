"""Hard rules: where each forbids a pair, over any view. Codes and order: codes.RULES."""

from collections.abc import Callable

import numpy as np

from .axes import POINTS, both_answered, reachable
from .choice import not_ranked
from .criteria import any_failed, depends, failed, hard
from .records import Settings
from .table import UNKNOWN_DAY, Array
from .views import View

Rule = Callable[[View, Settings], Array | None]
CRITERION = "criterion_failed"


def _no_places(view: View, settings: Settings) -> Array:
    return view.mentor("places") == 0


def _not_trained(view: View, settings: Settings) -> Array | None:
    if not settings.require_training:
        return None
    return ~(view.mentor("trained") | view.mentor("overridden"))


def _mentor_kept_out(view: View, settings: Settings) -> Array:
    return view.mentor("kept_out")


def _check_missing(view: View, settings: Settings) -> Array | None:
    if not settings.require_background_check:
        return None
    return view.mentor("check_until") == UNKNOWN_DAY


def _check_too_short(view: View, settings: Settings) -> Array | None:
    if not settings.require_background_check:
        return None
    until = view.mentor("check_until")
    return (until != UNKNOWN_DAY) & (until < view.student("check_needed"))


def _linked(rule: str) -> Rule:
    return lambda view, _: view.linked(rule)


def _no_shared_language(view: View, settings: Settings) -> Array | None:
    return _nothing_shared(view, "languages") if settings.require_common_language else None


def _no_shared_slot(view: View, settings: Settings) -> Array | None:
    return _nothing_shared(view, "slots") if settings.require_common_slot else None


def _nothing_shared(view: View, name: str) -> Array:
    """Both have answered and nothing is in common; an open answer rules nobody out."""
    return both_answered(view, name) & (view.shared(name) == 0)


def _not_senior(view: View, settings: Settings) -> Array | None:
    if settings.seniority != "peer":
        return None
    return view.mentor("seniority") <= view.student("seniority")


def _not_junior(view: View, settings: Settings) -> Array | None:
    if settings.seniority != "reverse":
        return None
    return view.mentor("seniority") >= view.student("seniority")


def _out_of_reach(view: View, settings: Settings) -> Array | None:
    return ~reachable(view, settings) if settings.require_reachable else None


MENTOR_RULES: dict[str, Rule] = {  # the same for every student
    "no_places": _no_places,
    "not_trained": _not_trained,
    "mentor_kept_out": _mentor_kept_out,
    "check_missing": _check_missing,
}
PAIR_RULES: dict[str, Rule] = {
    "check_too_short": _check_too_short,
    "line_manager": _linked("line_manager"),
    "excluded": _linked("excluded"),
    "declared_conflict": _linked("declared_conflict"),
    "forbidden": _linked("forbidden"),
    "no_shared_language": _no_shared_language,
    "no_shared_slot": _no_shared_slot,
    "out_of_reach": _out_of_reach,
    "not_senior": _not_senior,
    "not_junior": _not_junior,
    CRITERION: any_failed,
    "not_ranked": not_ranked,
}
_DEPENDS: dict[str, tuple[str, ...]] = {
    "check_too_short": ("check_needed",),
    "no_shared_language": ("languages",),
    "no_shared_slot": ("slots",),
    "out_of_reach": ("town", "online_ok", "online_only"),
    "not_senior": ("seniority",),
    "not_junior": ("seniority",),
}


def rule_depends(rule: str, settings: Settings) -> tuple[str, ...] | None:
    """The columns of the student that a rule for pairs reads; None where it reads more than columns."""
    return depends(hard(settings)) if rule == CRITERION else _DEPENDS.get(rule)


def below_minimum(points: Array, settings: Settings) -> Array | None:
    """Compared as shown: the score rounded to a whole number."""
    if settings.minimum_score == 0:
        return None
    return rounded(points) < settings.minimum_score


def rounded(points: Array) -> Array:
    """Points to score, half up."""
    return (points + POINTS // 2) // POINTS


def broken(view: View, settings: Settings, points: Array) -> dict[str, Array]:
    """Rule -> where it forbids, for every rule in force, in the order of codes.RULES."""
    found = {
        rule: where for rule, test in {**MENTOR_RULES, **PAIR_RULES}.items() if (where := test(view, settings)) is not None
    }
    low = below_minimum(points, settings)
    if low is not None:
        found["below_minimum"] = low
    return {rule: np.broadcast_to(where, points.shape) for rule, where in found.items()}


def broken_apart(view: View, settings: Settings, points: Array) -> dict[str, Array]:
    """The same, with a line of its own for each criterion that must agree: "criterion_failed:key"."""
    found: dict[str, Array] = {}
    for rule, where in broken(view, settings, points).items():
        if rule != CRITERION:
            found[rule] = where
            continue
        for one in hard(settings):
            found[f"{CRITERION}:{one.key}"] = np.broadcast_to(failed(one, view), points.shape)
    return found


def rule_of(name: str) -> str:
    """The code in codes.RULES of a line of `broken_apart`."""
    return name.partition(":")[0]
