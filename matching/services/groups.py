"""Groups of students whose share of mentors is compared, and how small ones are kept from being told.

What people say of their background is opted into, kept apart by the app that asks, and reaches this module only through a
source it registers in its AppConfig.ready::

    register_source(source)      source(programme, students) -> [(title, {student's participant id: group in words})]

A group of fewer than five is never shown by itself.
"""

from collections.abc import Callable, Iterable
from itertools import chain

from django.utils.translation import gettext as _

LEAST = 5
STEP = 5  # per cent: shares of private groups are told in such steps, so that one person more or less does not show
sources: list[Callable] = []


def register_source(source):
    """Add a source of groups (see the module's text). Safe to call twice."""
    if source not in sources:
        sources.append(source)
    return source


def opted_in(programme, students: Iterable[int]) -> list[tuple[str, dict[int, str]]]:
    """Every way of dividing these students that the sources know."""
    return list(chain.from_iterable(source(programme, students) for source in sources))


def fold_small(sizes, *, others) -> dict[str, str]:
    """Group -> the label it is shown under. {} where nothing can be told.

    Groups of fewer than five, and who did not answer (""), go together; if that is still fewer than five, so does the next
    smallest group, lest the difference to the whole tell them.
    """
    small = {group for group, size in sizes.items() if not group or size < LEAST}
    shown = sorted((group for group in sizes if group not in small), key=lambda group: (sizes[group], group))
    together = sum(sizes[group] for group in small)
    while shown and 0 < together < LEAST:
        group = shown.pop(0)
        small.add(group)
        together += sizes[group]
    if not shown:
        return {}
    return {group: group for group in shown} | dict.fromkeys(small, others)


def private_share(matched, every) -> str:
    """The share with a mentor in a private group, in words that tell of no single person."""
    without = every - matched
    if matched < LEAST and without < LEAST:
        return _("too few to show")
    if without < LEAST:
        return _("nearly all")
    if matched < LEAST:
        return _("hardly any")
    share = STEP * round(100 * matched / every / STEP)
    return _("about %(share)d %%") % {"share": share}


def others_label() -> str:
    return _("Smaller groups and no answer")


def course_title() -> str:
    return _("By course")


def place_title() -> str:
    return _("By place")
