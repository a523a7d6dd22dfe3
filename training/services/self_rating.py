"""Rating oneself at the start and at the end, and what may be said of many."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import SelfRating
from ..self_rating import END_OPENS_AT_PERCENT, HIGHEST, KEYS, LOWEST, means_of_whole_groups
from .refused import TrainingError

START, END = SelfRating.Moment.START, SelfRating.Moment.END
SMALLEST_GROUP = 5  # fewer people than this stay hidden


@dataclass(frozen=True)
class Means:
    """What a coordinator may know of one moment. given: how many rated; counted: in whole groups; means: {skill: mean} or None."""

    given: int
    counted: int
    means: dict | None


def moment_open(programme, today=None) -> str:
    """Which rating is asked for now: at the start, until 80 % of the programme's time is over; then at the end."""
    today = today or timezone.localdate()
    span = max(1, (programme.ends_on - programme.starts_on).days)
    return END if (today - programme.starts_on).days * 100 >= span * END_OPENS_AT_PERCENT else START


def ratings_of(mentors) -> dict[int, dict]:
    """{mentor id: {moment: SelfRating}} in one query."""
    found = {mentor.pk: {} for mentor in mentors}
    for rating in SelfRating.objects.filter(mentor__in=found):
        found[rating.mentor_id][rating.moment] = rating
    return found


def rate_oneself(*, mentor, points, by, today=None) -> SelfRating:
    """Keep a mentor's rating of themself for the moment that is open. Once given it stays, so that the change is an honest one.

    points: {skill: 1 to 5} for all five. TrainingError with its field where one is missing, or it was given before.
    by: the mentor's own membership; nobody rates for somebody else.
    """
    for key in KEYS:
        if points.get(key) not in range(LOWEST, HIGHEST + 1):
            raise TrainingError(_("Please choose."), key)
    moment = moment_open(mentor.programme, today)
    try:
        with transaction.atomic():
            return SelfRating.objects.create(mentor=mentor, moment=moment, **{key: points[key] for key in KEYS})
    except IntegrityError:
        raise TrainingError(_("You have rated yourself already. It stays as it was, so that the change is an honest one.")) from None


def programme_means(programme) -> dict[str, Means]:
    """{moment: Means} of a programme's mentors, in one query. No single answer can be worked out from it."""
    rows = {START: [], END: []}
    for rating in SelfRating.objects.filter(mentor__programme=programme).order_by("rated_at", "pk"):
        rows[rating.moment].append(rating.points)
    found = {}
    for moment, given in rows.items():
        counted, means = means_of_whole_groups(given, SMALLEST_GROUP)
        found[moment] = Means(len(given), counted, means)
    return found
