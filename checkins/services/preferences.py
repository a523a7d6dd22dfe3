"""What people wish about reminders: once a week, not this kind, not before a day. What somebody waits for always comes."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.services import record
from common.refused import Refused
from organisations.models import Membership
from programmes.models import LineManager
from programmes.reminder_kinds import BY_KEY, NAMED

from ..models import LetterPreference
from .due import Person

ATTENTION = "attention_list"  # the coordinators' list on Mondays
NAMES = {**NAMED, ATTENTION: gettext_lazy("The list on Mondays")}
LONGEST_PAUSE = 120  # days: longer than that, somebody should be told instead


class WishError(Refused):
    """It cannot be wished like this; the message is for the person."""


def person_of(key) -> Person | None:
    """Whoever has this key and is still there: a member who has not left, or a line manager."""
    role, _colon, pk = key.partition(":")
    if not pk.isdigit():
        return None
    if role == "membership":
        membership = Membership.objects.present().select_related("organisation").filter(pk=pk).first()
        return Person.of(membership) if membership else None
    manager = LineManager.objects.filter(pk=pk).first() if role == "line-manager" else None
    return Person(f"line-manager:{manager.pk}", manager.email, manager.name, manager.name) if manager else None


def preferences_of(keys) -> dict[str, LetterPreference]:
    """{person's key: preference} of those who have said something."""
    members, managers = _ids(keys, "membership"), _ids(keys, "line-manager")
    if not members and not managers:
        return {}
    rows = LetterPreference.objects.filter(Q(membership__in=members) | Q(line_manager__in=managers))
    return {row.person_key: row for row in rows}


def preference_of(key) -> LetterPreference:
    """One person's, or a new one that wishes nothing."""
    role, _colon, pk = key.partition(":")
    who = {"membership_id": int(pk)} if role == "membership" else {"line_manager_id": int(pk)}
    return LetterPreference.objects.filter(**who).first() or LetterPreference(**who)


def may_decline(kind_key) -> bool:
    """Whether there is such a kind and nobody waits for its answer."""
    return kind_key == ATTENTION or (kind_key in BY_KEY and not BY_KEY[kind_key].must)


def choose_weekly(*, key, on, by=None, by_link=False) -> LetterPreference:
    """One letter on Mondays, or each as it comes."""
    return _keep(key, by, by_link, weekly=on)


def decline_kind(*, key, kind, by=None, by_link=False) -> LetterPreference:
    """Not this kind any more. WishError for what must be answered."""
    if not may_decline(kind):
        raise WishError(_("This kind always comes, because somebody waits for your answer."))
    return _keep(key, by, by_link, unwanted=sorted({*preference_of(key).unwanted, kind}))


def take_kind_again(*, key, kind, by=None, by_link=False) -> LetterPreference:
    """This kind once more."""
    return _keep(key, by, by_link, unwanted=sorted({*preference_of(key).unwanted} - {kind}))


def pause(*, key, until, today, by=None, by_link=False) -> LetterPreference:
    """Nothing up to and with a day; None ends a pause. WishError for a day that has passed or is too far."""
    if until is not None and until < today:
        raise WishError(_("Choose a day that is still to come."))
    if until is not None and until > today + timedelta(days=LONGEST_PAUSE):
        raise WishError(_("Choose a day within the next %(n)d days. For longer, tell your coordinator.") % {"n": LONGEST_PAUSE})
    return _keep(key, by, by_link, paused_until=until)


def _keep(key, by, by_link, **wishes):
    row = preference_of(key)
    if row.pk and all(getattr(row, name) == value for name, value in wishes.items()):
        return row
    for name, value in wishes.items():
        setattr(row, name, value)
    row.changed_at = timezone.now()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # the same person pressed twice
        return _keep(key, by, by_link, **wishes)
    record("letter preferences changed", by=by, about=row, by_link=by_link)
    return row


def _ids(keys, role):
    return [int(key.partition(":")[2]) for key in keys if key.startswith(f"{role}:")]
