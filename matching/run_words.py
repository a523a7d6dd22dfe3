"""A run's rules in words: what it went by, and how that differs from another's."""

from django.utils.translation import gettext as _

from . import words
from .engine import AXES, CHOICE
from .run_rules import RunRules

_AIMS = {
    "total": lambda: _("most matched, then the best total"),
    "fairest": lambda: _("most matched, then the fairest lowest pair"),
    "ranked": lambda: _("most matched, then people’s own order"),
}
_SWITCHES = {
    "require_background_check": (lambda: _("background check asked for"), lambda: _("no background check asked for")),
    "require_common_language": (lambda: _("a shared language"), lambda: _("no shared language needed")),
    "require_common_slot": (lambda: _("free at the same time"), lambda: _("no shared time needed")),
    "require_same_town": (lambda: _("meet in person"), lambda: _("may meet online")),
    "require_ranked": (lambda: _("only people on their own lists"), lambda: _("also people they did not choose")),
    "repeat_unanswered": (lambda: _("unanswered pairs may come again"), lambda: _("unanswered pairs do not come again")),
}


def weights_in_words(rules: RunRules) -> str:
    """ "Role 30 · Goals 25 · Place 15 · Time 20 · Fit 10"."""
    labels = words.axis_labels()
    shown = [(axis, rules.weights[axis]) for axis in AXES] + ([(CHOICE, rules.rank_weight)] if rules.rank_weight else [])
    return " · ".join(f"{labels[axis]} {weight}" for axis, weight in shown)


def rules_in_words(rules: RunRules) -> list[str]:
    """The aim, the lowest score where there is one, and the rules that are on."""
    lines = [_AIMS[rules.aim]()]
    if rules.minimum_score:
        lines.append(_("score %(score)d at least") % {"score": rules.minimum_score})
    return lines + [on() for name, (on, _off) in _SWITCHES.items() if getattr(rules, name) and name != "repeat_unanswered"]


def differences(rules: RunRules, other: RunRules) -> list[str]:
    """What ``rules`` has otherwise than ``other``, one phrase each; [] where they are the same."""
    labels = words.axis_labels()
    lines = [
        _("%(axis)s %(now)d instead of %(before)d") % {"axis": labels[axis], "now": rules.weights[axis], "before": other.weights[axis]}
        for axis in AXES
        if rules.weights[axis] != other.weights[axis]
    ]
    if rules.rank_weight != other.rank_weight:
        numbers = {"axis": labels[CHOICE], "now": rules.rank_weight, "before": other.rank_weight}
        lines.append(_("%(axis)s %(now)d instead of %(before)d") % numbers)
    if rules.aim != other.aim:
        lines.append(_AIMS[rules.aim]())
    if rules.minimum_score != other.minimum_score:
        lines.append(_("score %(score)d at least") % {"score": rules.minimum_score} if rules.minimum_score else _("no lowest score"))
    if rules.max_travel_minutes != other.max_travel_minutes:
        lines.append(_("journeys of %(n)d minutes at most") % {"n": rules.max_travel_minutes})
    lines += [
        (on if getattr(rules, name) else off)()
        for name, (on, off) in _SWITCHES.items()
        if getattr(rules, name) != getattr(other, name)
    ]
    return lines
