"""What needs the coordinator: what check-ins, people and letters tell, and what is overdue on their own list."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkins.services.attention import attention_list
from common.words import ago

from ..addresses import page

ICONS = {
    "alone": "user-x",
    "quiet": "message-circle-off",
    "mood": "frown",
    "missed": "calendar-x",
    "absent": "user-minus",
    "agreement": "signature",
    "stage": "milestone",
    "change": "arrow-left-right",
    "early": "flag",
    "unmatched": "hourglass",
    "check": "badge-alert",
    "training": "graduation-cap",
    "letters": "mail-warning",
    "concern": "shield-alert",
}


@dataclass(frozen=True)
class Need:
    """One line of the list. ``kind`` colours it: "", warn, bad or priv."""

    title: str
    why: str
    url: str
    action: str
    icon: str = "bell"
    kind: str = ""


def needs(*, membership, programme, things, today) -> list[Need]:
    """Everything that needs somebody, the most urgent first. ``things``: coordinator.dated_things of the programme."""
    return [*_from_check_ins(membership, programme, today), *_overdue_items(programme, things, today)]


def _from_check_ins(membership, programme, today):
    found = attention_list(membership=membership, programme=programme, today=today)
    return [
        Need(one.who, one.why, one.url, one.action_label, ICONS.get(one.kind, "bell"), _colour(one)) for one in found
    ]


def _colour(one):
    if one.kind == "concern":
        return "priv"
    return {3: "bad", 2: "warn"}.get(one.urgency, "")


def _overdue_items(programme, things, today):
    """One line for the coordinator's own checklist, however much of it is late."""
    late = [thing for thing in things if thing.kind == "item" and thing.day < today]
    if not late:
        return []
    words = ngettext("%(n)s line of your checklist is overdue", "%(n)s lines of your checklist are overdue", len(late))
    why = _("The first was due %(when)s: %(title)s") % {"when": ago(late[0].day), "title": late[0].words}
    url = page(programme.organisation, "programmes:detail", programme.pk)
    return [Need(words % {"n": len(late)}, why, url, _("Open the checklist"), "list-checks", "warn")]
