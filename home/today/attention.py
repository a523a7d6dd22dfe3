"""What needs the coordinator: what check-ins, people and letters tell, and what is overdue on their own list."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.words import ago
from programmes.models import ChecklistItem

from ..addresses import page


@dataclass(frozen=True)
class Need:
    """One line of the list. ``kind`` colours it: "", warn, bad or priv."""

    title: str
    why: str
    url: str
    action: str
    icon: str = "bell"
    kind: str = ""


def needs(*, membership, programme, today) -> list[Need]:
    """Everything that needs somebody, the most urgent first."""
    return [*_from_check_ins(membership, programme, today), *_overdue_items(programme, today)]


def _from_check_ins(membership, programme, today):
    try:
        from checkins.services.attention import attention_list
    except ImportError:  # BUILDING
        return []
    return attention_list(membership=membership, programme=programme, today=today)


def _overdue_items(programme, today):
    """One line for the coordinator's own checklist, however much of it is late."""
    rows = list(ChecklistItem.objects.filter(programme=programme, done_at=None, due_on__lt=today).order_by("due_on", "pk"))
    if not rows:
        return []
    first = rows[0]
    words = ngettext("%(n)s line of your checklist is overdue", "%(n)s lines of your checklist are overdue", len(rows))
    why = _("The first was due %(when)s: %(title)s") % {"when": ago(first.due_on), "title": first.title}
    url = page(programme.organisation, "programmes:detail", programme.pk)
    return [Need(words % {"n": len(rows)}, why, url, _("Open the checklist"), "list-checks", "warn")]
