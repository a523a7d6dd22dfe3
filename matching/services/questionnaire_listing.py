"""Who was asked, who has answered, and which words are in use. For pages; the same few queries however many people."""

from collections import Counter

from django.db.models import Count, Q

from programmes.models import Participant, Site

from ..models import JourneyTime
from ..questions import FACTS, MANY, ONLINE_ONLY, Sheet

LEAST_USED = 3  # people who wrote a word before it is offered to everybody: what one person wrote stays theirs
MOST_OFFERED = 24
MOST_TOWNS = 200


def people_asked(programme):
    """Participants who are there, with their response."""
    rows = Participant.objects.filter(programme=programme, membership__left_at=None).active()
    return rows.select_related("membership", "questionnaire_response")


def counts(programme) -> dict[str, dict[str, int]]:
    """Side -> people, asked, answered: one query."""
    rows = Participant.objects.filter(programme=programme, membership__left_at=None).active()
    rows = rows.order_by().values("side").annotate(
        people=Count("pk"),
        asked=Count("pk", filter=Q(questionnaire_response__asked_at__isnull=False)),
        answered=Count("pk", filter=Q(questionnaire_response__answered_at__isnull=False)),
    )
    found = {side: {"people": 0, "asked": 0, "answered": 0} for side in ("student", "mentor")}
    return found | {row.pop("side"): row for row in rows}


def words_in_use(programme, sheet: Sheet) -> dict[str, list[str]]:
    """Question's key -> words that several people of the programme have written, the commonest first: one query.

    Rosters have their own words for skills and industries; offering them makes answers meet.
    """
    keys = [one.key for one in sheet.questions if one.fact(sheet.side) and one.allows_other]
    columns = {key: [field for field in FACTS[key][1:3] if field] for key in keys}
    fields = sorted({field for names in columns.values() for field in names})
    if not fields:
        return {}
    counted = {key: Counter() for key in keys}
    for row in Participant.objects.filter(programme=programme).active().values(*fields):
        for key, names in columns.items():
            for field in names:
                counted[key].update(row[field] if FACTS[key][0] == MANY or isinstance(row[field], list) else [row[field]])
    return {
        key: [word for word, count in counter.most_common(MOST_OFFERED) if word and count >= LEAST_USED]
        for key, counter in counted.items()
    }


def towns_offered() -> list[str]:
    """Towns that the organisation itself has entered: of sites and of journeys."""
    towns = set(Site.objects.values_list("town", flat=True))
    for pair in JourneyTime.objects.values_list("start", "end"):
        towns.update(pair)
    found = sorted({town.strip() for town in towns if town.strip()} - {ONLINE_ONLY}, key=str.casefold)
    return found[:MOST_TOWNS]
