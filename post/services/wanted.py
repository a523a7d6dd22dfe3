"""Whether a letter that waited is still wanted when its turn comes. The apps above know; they register what to ask.

    register("reminder", check)          for letters whose dedupe key begins with "reminder"
    check(letters) -> set of letter ids  those no longer wanted; letters of one organisation, inside its scope

Only letters that have waited are asked about: what was just written was true a moment ago, and a thing that is done takes its
letters back itself (outbox.drop_letters).
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from common.tenancy import organisation_scope

from ..models import Letter

logger = logging.getLogger(__name__)
FRESH = timedelta(minutes=1)
checks: dict[str, Callable] = {}


def register(prefix, check):
    """Ask ``check`` about letters whose dedupe key, after the organisation, begins with ``prefix``."""
    checks[prefix] = check


def still_wanted(letters) -> list[Letter]:
    """The letters to hand over; the others are noted as no longer needed. A check that fails lets its letters go."""
    asked = defaultdict(list)
    for letter in letters:
        if letter.organisation_id and letter.created_at < timezone.now() - FRESH:
            for prefix in checks:
                if letter.dedupe_key.partition(":")[2].startswith(prefix):
                    asked[letter.organisation_id, prefix].append(letter)
    gone = set()
    for (organisation_id, prefix), waiting in asked.items():
        try:
            with organisation_scope(organisation_id):
                unwanted = checks[prefix](waiting)
                Letter.objects.filter(pk__in=unwanted, organisation_id=organisation_id).update(
                    status=Letter.Status.DROPPED, leased_until=None
                )
            gone |= unwanted
        except Exception:
            logger.exception("asking whether letters of organisation %s are still wanted", organisation_id)
    return [letter for letter in letters if letter.pk not in gone]
