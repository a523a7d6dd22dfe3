"""Where a programme stands in its course of six phases. Pure."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

PHASES = (
    ("identify", _("Identify")),
    ("match", _("Match")),
    ("prepare", _("Prepare")),
    ("support", _("Support")),
    ("review", _("Review")),
    ("close", _("Close")),
)
REVIEW_DAYS = 14  # before the last day, when exit surveys are open
CLOSING_DAYS = 28  # after it, for thanks, results and career plans


def phase_of(*, starts_on, ends_on, today, people, mentorships, closed=False) -> tuple[str, int]:
    """(key of the present phase or "done", how much of it is over in per cent).

    people: whether anybody takes part; mentorships: share of students with a mentor, 0 to 1.
    """
    if closed:
        return "done", 100
    if not people:
        return "identify", 50
    if not mentorships:
        return "match", 50
    if today < starts_on:
        return "prepare", round(100 * mentorships)
    review_from = max(starts_on, ends_on - timedelta(days=REVIEW_DAYS))
    if today < review_from:
        return "support", _share(starts_on, review_from, today)
    if today <= ends_on:
        return "review", _share(review_from, ends_on, today)
    return "close", _share(ends_on, ends_on + timedelta(days=CLOSING_DAYS), today)


def _share(start, end, today):
    return min(100, max(0, round(100 * (today - start).days / max(1, (end - start).days))))
