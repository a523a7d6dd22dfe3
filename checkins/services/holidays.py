"""Days on which nobody is reminded: the holidays of a programme, and the organisation's."""

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Q

from programmes.models import Holiday


def holidays_of(programme_ids, first, last) -> dict[int, frozenset[date]]:
    """{programme id: its holidays from ``first`` to ``last``}, with one query for many programmes."""
    found = defaultdict(set)
    rows = Holiday.objects.filter(Q(programme=None) | Q(programme__in=programme_ids)).between(first, last)
    for row in rows:
        start, end = max(row.first_on, first), min(row.last_on, last)
        days = {start + timedelta(days=n) for n in range((end - start).days + 1)}
        for programme_id in [row.programme_id] if row.programme_id else programme_ids:
            found[programme_id] |= days
    return {programme_id: frozenset(found[programme_id]) for programme_id in programme_ids}
