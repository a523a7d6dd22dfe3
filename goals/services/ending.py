"""The planned ending: notes that are shown when their writer chooses, and the rule for contact afterwards."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from common.refused import Refused
from matching.enums import MentorshipStatus
from matching.models import Mentorship
from organisations.days import local_today
from post.services.outbox import drop_letters

from ..enums import ContactKind, Farewell
from ..models import ContactRule, ContactYes, EndingNote
from . import letters

LONGEST_CONTACT = timedelta(days=730)  # two years; it can be settled anew
NO_ENDING = (MentorshipStatus.ENDED_WITH_CONCERN, MentorshipStatus.NO_SHOW)


@transaction.atomic
def keep_note(*, mentorship, participant, kind, text, by, further="", due_on=None, shown=False, at=None) -> EndingNote:
    """Write or change one's thanks, reflection or next step. What is shown stays shown: it cannot be unread."""
    mentorship = _locked(mentorship)
    if not mentorship.is_active:
        raise Refused(_("This mentorship has ended: what was written can be read, not changed."))
    at = at or timezone.now()
    mine = EndingNote.objects.filter(mentorship=mentorship, participant=participant, kind=kind)
    note = mine.first() or EndingNote(mentorship=mentorship, participant=participant, kind=kind)
    note.text, note.further, note.due_on = text.strip(), further, due_on
    newly = shown and note.shown_at is None
    note.shown_at = note.shown_at or (at if shown else None)
    note.save()
    record("ending note kept", by=by, about=mentorship, note=str(kind), shown=newly)
    if newly and kind == Farewell.THANKS:
        note.mentorship = mentorship
        letters.send_thanks_shown(note)
    return note


@transaction.atomic
def propose_contact(*, mentorship, participant, kind, by, words="", until=None, at=None) -> ContactRule:
    """Propose what contact stays; who proposes says yes. The same words again are a yes to what stands there.

    until: the day it runs out, needed unless there is none. Refused for a day that has passed, before the mentorship ends, or more
    than two years on.
    """
    mentorship = _locked(mentorship)
    _require_ending(mentorship)
    words, until = ("", None) if kind == ContactKind.NONE else (words.strip(), until)
    if kind != ContactKind.NONE:
        _require_day(mentorship, until, at)
    latest = ContactRule.objects.filter(mentorship=mentorship).order_by("-number").first()
    if latest and (latest.kind, latest.words, latest.until) == (kind, words, until):
        return _say_yes(mentorship, latest, participant, by, at)
    last = ContactRule.objects.filter(mentorship=mentorship).aggregate(last=Max("number"))["last"] or 0
    rule = ContactRule.objects.create(mentorship=mentorship, number=last + 1, kind=kind, words=words, until=until, by=by)
    record("contact afterwards proposed", by=by, about=mentorship, kind=str(kind))
    return _say_yes(mentorship, rule, participant, by, at)


@transaction.atomic
def agree_contact(*, rule, participant, by, at=None) -> ContactRule:
    """Say yes to the latest proposal; twice is once. Refused when another has been made meanwhile."""
    mentorship = _locked(rule.mentorship)
    _require_ending(mentorship)
    if ContactRule.objects.filter(mentorship=mentorship, number__gt=rule.number).exists():
        raise Refused(_("Somebody has proposed something else meanwhile. Read it before you say yes."))
    return _say_yes(mentorship, rule, participant, by, at)


def rule_in_force(rules):
    """The latest that everybody said yes to, or None. rules: a mentorship's, in the order of their numbers."""
    return next((rule for rule in reversed(list(rules)) if rule.settled_at), None)


def _say_yes(mentorship, rule, participant, by, at):
    _row, made = ContactYes.objects.get_or_create(rule=rule, participant=participant)
    if made and rule.settled_at is None and not _missing(rule):
        rule.settled_at = at or timezone.now()
        rule.save(update_fields=["settled_at"])
        rule.mentorship = mentorship
        letters.send_contact_runs_out(rule)
        for earlier in ContactRule.objects.filter(mentorship=rule.mentorship_id, number__lt=rule.number):
            drop_letters(earlier)  # the one that said it would run out
        record("contact afterwards settled", by=by, about=rule.mentorship, kind=rule.kind)
    return rule


def _missing(rule):
    """Whether somebody still there has not said yes."""
    said = set(rule.yeses.values_list("participant", flat=True))
    return any(one.pk not in said for one in letters.members_still_there(rule.mentorship))


def _require_ending(mentorship):
    if mentorship.status in NO_ENDING:
        raise Refused(_("For this mentorship no contact can be settled here. Ask your coordinator."))


def _require_day(mentorship, until, at):
    today = local_today(mentorship.organisation, at)
    if until is None:
        raise Refused(_("Say until when: contact that has no end is forgotten, not settled."))
    if until <= today or (mentorship.is_active and until <= mentorship.ends_on):
        raise Refused(_("Choose a day after the end of your mentorship, and after today."))
    if until > today + LONGEST_CONTACT:
        raise Refused(_("Two years from today at most. You can settle it anew then."))


def _locked(mentorship):
    rows = Mentorship.objects.select_for_update(of=("self",), no_key=True).select_related("organisation", "programme")
    return rows.get(pk=mentorship.pk)
