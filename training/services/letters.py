"""Asking mentors to train."""

from django.urls import reverse
from django.utils import timezone

from audit.services import record
from organisations.services import invitations, links
from post.services.outbox import queue_letter

from .readiness import readiness_of

MINUTES = 20


def invite_mentors(*, programme, mentors, by) -> int:
    """Write to each mentor who is not trained and was not written to for this programme; returns how many letters.

    A mentor without a sign-in gets a link to set a password first.
    """
    ready = readiness_of(mentors)
    sent = 0
    for mentor in mentors:
        if ready[mentor.pk].trained or mentor.withdrawn_at or mentor.membership.left_at:
            continue
        sent += _write(programme, mentor)
    if sent:
        record("mentors asked to train", by=by, about=programme, letters=sent)
    return sent


def start_url(membership) -> str:
    """Where a mentor begins: the join page by signed link for who has no sign-in yet, else their training page."""
    if membership.user_id is None:
        return invitations.join_url(membership)
    return links.absolute(reverse("training:my_training", args=[membership.organisation.slug]))


def _write(programme, mentor) -> int:
    person = mentor.membership
    letter = queue_letter(
        "training_invite",
        to_email=person.email,
        to_name=person.name,
        context={
            "first_name": person.first_name,
            "organisation": person.organisation.name,
            "programme": programme.name,
            "url": start_url(person),
            "minutes": MINUTES,
        },
        dedupe_key=f"training-invite:{mentor.pk}",
        about=mentor,
    )
    if letter is None:
        return 0
    mentor.invited_at = timezone.now()
    mentor.save(update_fields=["invited_at"])
    return 1
