"""Writing to mentors: to train, and to sign a code of conduct that has changed."""

from django.urls import reverse
from django.utils import timezone

from audit.services import record
from common.tenancy import current_organisation_id
from organisations.services import invitations, links
from post.models import Letter
from post.services.outbox import queue_letter

from ..enums import Gate
from .code import current_label
from .readiness import readiness_of

MINUTES = 20


def not_written_to(mentors, ready) -> list[tuple]:
    """[(mentor, letter)] of those who have something to do and got no letter for it: in one query, or two.

    ``ready``: readiness_of(mentors). The letter is training_invite, or code_changed for who signed an older version.
    """
    here = [one for one in mentors if not (one.withdrawn_at or one.membership.left_at)]
    found = [(one, "training_invite") for one in here if one.invited_at is None and not ready[one.pk].trained]
    invited = {one.pk for one, _letter in found}
    changed = [one for one in here if one.pk not in invited and ready[one.pk].signed_before and Gate.CODE in ready[one.pk].missing]
    if not changed:
        return found
    label = current_label()
    keys = {f"{current_organisation_id()}:{_code_key(one, label)}": one for one in changed}
    written = set(Letter.objects.filter(dedupe_key__in=list(keys)).values_list("dedupe_key", flat=True))
    return found + [(one, "code_changed") for key, one in keys.items() if key not in written]


def invite_mentors(*, programme, mentors, by) -> int:
    """Write to everybody of not_written_to; returns how many letters.

    A mentor without a sign-in gets a link to set a password first.
    """
    waiting = not_written_to(mentors, readiness_of(mentors))
    label = current_label()
    sent = sum(
        _ask_to_train(programme, mentor) if letter == "training_invite" else _ask_to_sign(programme, mentor, label)
        for mentor, letter in waiting
    )
    if sent:
        record("mentors asked to train", by=by, about=programme, letters=sent)
    return sent


def start_url(membership) -> str:
    """Where a mentor begins: the join page by signed link for who has no sign-in yet, else their training page."""
    if membership.user_id is None:
        return invitations.join_url(membership)
    return links.absolute(reverse("training:my_training", args=[membership.organisation.slug]))


def _ask_to_train(programme, mentor) -> int:
    letter = queue_letter(
        "training_invite",
        **_frame(programme, mentor, minutes=MINUTES),
        dedupe_key=f"training-invite:{mentor.pk}",
        about=mentor,
    )
    if letter is None:
        return 0
    mentor.invited_at = timezone.now()
    mentor.save(update_fields=["invited_at"])
    return 1


def _ask_to_sign(programme, mentor, label) -> int:
    letter = queue_letter("code_changed", **_frame(programme, mentor), dedupe_key=_code_key(mentor, label), about=mentor)
    return int(letter is not None)


def _code_key(mentor, label):
    return f"code-changed:{mentor.pk}:{label}"


def _frame(programme, mentor, **more):
    person = mentor.membership
    context = {
        "first_name": person.first_name,
        "organisation": person.organisation.name,
        "programme": programme.name,
        "url": start_url(person),
        **more,
    }
    return {"to_email": person.email, "to_name": person.name, "context": context}
