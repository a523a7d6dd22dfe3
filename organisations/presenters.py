"""Words for rows of the record."""

from django.apps import apps
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Membership

FIELDS = {
    "first_name": gettext_lazy("first name"),
    "last_name": gettext_lazy("last name"),
    "email": gettext_lazy("e-mail address"),
    "phone": gettext_lazy("phone"),
    "roles": gettext_lazy("roles"),
    "lead": gettext_lazy("named lead"),
    "deputy": gettext_lazy("deputy of the lead"),
    "name": gettext_lazy("name"),
    "time_zone": gettext_lazy("time zone"),
    "contact_email": gettext_lazy("contact address"),
}


def history_rows(events):
    """[{at, who, what, about, more}] of audit events, in constant queries."""
    people = _people(events)
    return [
        {
            "at": event.at,
            "who": event.actor_name or _("Alongside itself"),
            "what": capfirst(event.verb),
            "about": _about(event, people),
            "more": _more(event),
        }
        for event in events
    ]


def reading_rows(readings):
    """[{at, who, what, about, reason}] of readings, in constant queries."""
    people = _people(readings)
    return [
        {"at": row.at, "who": row.actor_name, "what": capfirst(row.what), "about": _about(row, people), "reason": row.reason}
        for row in readings
    ]


def _people(rows):
    ids = {row.object_id for row in rows if row.object_type == Membership._meta.label_lower}
    return {person.pk: person for person in Membership.objects.filter(pk__in=ids)} if ids else {}


def _about(row, people):
    """The person's name, else the kind of thing with its number. What others wrote is not repeated here."""
    if not row.object_type:
        return ""
    if row.object_id in people and row.object_type == Membership._meta.label_lower:
        return people[row.object_id].name
    try:
        kind = apps.get_model(row.object_type)._meta.verbose_name
    except LookupError:  # a model of an earlier version
        kind = row.object_type
    return f"{kind} {row.object_id}"


def _more(event):
    """Which fields changed. Shown for people and settings only: what other apps note may be private."""
    if not event.object_type.startswith("organisations.") or "changed" not in event.data:
        return ""
    return get_text_list([str(FIELDS.get(name, name)) for name in event.data["changed"]], _("and"))
