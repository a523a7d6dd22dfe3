"""Who has read what cannot stay between two people."""

from ..limits import VERSION
from ..models import LimitsRead


def has_read(membership) -> bool:
    """Whether this person has read the words that hold now; nobody without a membership is asked."""
    return membership is None or LimitsRead.objects.filter(membership=membership, version=VERSION).exists()


def note_read(*, by, by_link=False) -> None:
    """They have read them. Once for each version."""
    LimitsRead.objects.get_or_create(
        organisation_id=by.organisation_id, membership=by, version=VERSION, defaults={"by_link": by_link}
    )
