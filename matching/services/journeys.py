"""The table of journeys between towns: one by one, several at once, or from a file."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from audit.services import record
from common.spreadsheets import restore
from common.tenancy import current_organisation_id
from programmes.models import Participant, Site
from programmes.roster.csv_file import DELIMITERS, find_encoding
from programmes.roster.errors import RosterError
from programmes.roster.text import clean

from ..models import JourneyTime
from ..models.journeys import LONGEST
from ..questions import ONLINE_ONLY
from .refused import Refused

MOST_BYTES = 500_000
MOST_ROWS = 5_000
MOST_FAULTS = 20
LONGEST_TOWN = 100
LONGEST_NUMBER = 9  # digits, noughts before it included
HEADERS = {
    "from": ("from", "start", "town", "town_1", "a"),
    "to": ("to", "end", "destination", "town_2", "b"),
    "minutes": ("minutes", "min", "mins", "time", "travel_minutes", "journey"),
}


class BadFile(Refused):
    """A file of journeys that cannot be read; ``faults``: a sentence each, with its line."""

    def __init__(self, faults):
        super().__init__(faults[0])
        self.faults = faults


@dataclass(frozen=True)
class Saved:
    """added: journeys that were not known; changed: that took another time; same: as they were."""

    added: int = 0
    changed: int = 0
    same: int = 0


def save_journeys(*, journeys, by) -> Saved:
    """Keep journeys: (town, town, minutes) each, in either direction; the last one of a pair of towns counts.

    Refused for a journey from a town to itself, or a time outside 1 to LONGEST minutes.
    """
    wanted = {}
    for start, end, minutes in journeys:
        fault = fault_of(start, end, minutes)
        if fault:
            raise Refused(fault)
        first, second = in_order(start, end)
        wanted[first.casefold(), second.casefold()] = (first, second, int(minutes))
    with transaction.atomic():
        known = {(one.start.casefold(), one.end.casefold()): one for one in JourneyTime.objects.select_for_update(of=("self",))}
        new = [key for key in wanted if key not in known]
        changed = [key for key in wanted if key in known and known[key].minutes != wanted[key][2]]
        JourneyTime.objects.bulk_create(
            [
                JourneyTime(organisation_id=current_organisation_id(), start=start, end=end, minutes=minutes)
                for start, end, minutes in (wanted[key] for key in new)
            ],
            ignore_conflicts=True,
        )
        for key in changed:
            known[key].minutes = wanted[key][2]
        JourneyTime.objects.bulk_update([known[key] for key in changed], ["minutes"])
        if new or changed:
            record("journeys saved", by=by, added=len(new), changed=len(changed))
    return Saved(len(new), len(changed), len(wanted) - len(new) - len(changed))


def remove_journey(*, journey, by):
    """Forget one; twice is once."""
    with transaction.atomic():
        if JourneyTime.objects.filter(pk=journey.pk).delete()[0]:
            record("journey removed", by=by, about=journey, towns=str(journey))


def in_order(start, end) -> tuple[str, str]:
    """The two towns as a row keeps them."""
    first, second = sorted((clean(start), clean(end)), key=str.casefold)
    return first, second


def fault_of(start, end, minutes) -> str:
    """What is wrong with a journey, in words; "" when nothing is."""
    start, end = clean(start), clean(end)
    if not start or not end:
        return _("Both towns are needed.")
    if max(len(start), len(end)) > LONGEST_TOWN:
        return _("A town has at most %(n)s letters.") % {"n": LONGEST_TOWN}
    if start.casefold() == end.casefold():
        return _("%(town)s to itself is no journey: within a town people can always meet.") % {"town": start}
    if ONLINE_ONLY.casefold() in (start.casefold(), end.casefold()):
        return _("“Online only” is not a town.")
    minutes = str(minutes).strip()
    if not minutes.isdecimal() or len(minutes) > LONGEST_NUMBER or not 1 <= int(minutes) <= LONGEST:
        return _("%(start)s to %(end)s: the minutes must be a whole number from 1 to %(most)s.") % {
            "start": start, "end": end, "most": LONGEST,
        }  # fmt: skip
    return ""


def read_file(content: bytes) -> list[tuple[str, str, str]]:
    """Journeys of a CSV file with the columns from, to, minutes. BadFile with a sentence for each line that is wrong."""
    if len(content) > MOST_BYTES:
        raise BadFile([_("This file is too large. %(n)s journeys are the most.") % {"n": MOST_ROWS}])
    try:
        text = content.decode(find_encoding(content))
    except RosterError as error:
        raise BadFile([error.message]) from error
    try:
        lines = [line for line in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)) if any(cell.strip() for cell in line)]
    except csv.Error as error:
        raise BadFile([_("This file cannot be read as a table: a quotation mark may be missing. Save it as CSV again.")]) from error
    if not lines:
        raise BadFile([_("This file is empty.")])
    places = _columns(lines[0])
    rows = [tuple(restore(line[place]) if place < len(line) else "" for place in places) for line in lines[1:]]
    if len(rows) > MOST_ROWS:
        raise BadFile([_("%(n)s journeys are the most in one file.") % {"n": MOST_ROWS}])
    faults = [
        _("Line %(number)s: %(fault)s") % {"number": number, "fault": fault}
        for number, row in enumerate(rows, 2)
        if (fault := fault_of(*row))
    ]
    if faults or not rows:
        raise BadFile(faults[:MOST_FAULTS] or [_("There is no journey in this file.")])
    return rows


def towns_in_use() -> Counter:
    """Town -> how many people and sites of the organisation are there, as they are written most often."""
    towns = Participant.objects.active().filter(programme__closed_at=None).exclude(town="").exclude(town__iexact=ONLINE_ONLY)
    spelled = Counter(towns.values_list("town", flat=True)) + Counter(Site.objects.values_list("town", flat=True))
    return _merged(spelled)


def missing_journeys(most=10) -> list[tuple[str, str]]:
    """Pairs of towns where most people are, without a journey yet; and none for the rest beyond ``most``."""
    towns = towns_in_use()
    known = set(JourneyTime.objects.values_list(Lower("start"), Lower("end")))
    ranked = sorted(towns, key=lambda town: (-towns[town], town.casefold()))[:40]
    pairs = [in_order(one, other) for one, other in combinations(ranked, 2)]
    pairs.sort(key=lambda pair: -min(towns[pair[0]], towns[pair[1]]))
    return [pair for pair in pairs if (pair[0].lower(), pair[1].lower()) not in known][:most]


def _merged(spelled):
    """Spellings that differ in case are one town, under the commonest of them."""
    found, names = Counter(), {}
    for town, count in spelled.most_common():
        found[names.setdefault(town.strip().casefold(), town.strip())] += count
    found.pop("", None)
    return found


def _delimiter(text):
    head = next(iter(text.splitlines()), "")
    return max(DELIMITERS, key=head.count)


def _columns(header):
    names = [clean(cell).casefold().replace(" ", "_") for cell in header]
    places = [next((names.index(name) for name in known if name in names), None) for known in HEADERS.values()]
    if None in places:
        raise BadFile([_("The first line must name three columns: from, to, minutes.")])
    return places
