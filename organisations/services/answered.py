"""Somebody answered a letter that comes from a machine: their words go to a person."""

from django.urls import reverse

from post.services.outbox import queue_letter

from ..enums import Role
from ..models import Membership, Organisation
from . import links
from .letters import is_about_concern


def pass_on(*, letter, sender_address, text, key):
    """Send the answer to the contact address, or to the coordinators where none is set. ``key``: the same for the same answer.

    An answer to a letter about a concern goes into no mailbox: the lead is told that there was one, and by whom. An
    answer to a letter about the sign-in has no organisation, so nobody is told.
    """
    organisation = Organisation.objects.filter(pk=letter.organisation_id).first()
    if organisation is None:
        return
    concern = is_about_concern(letter)
    name = "concern_answered" if concern else "letter_answered"
    slug = organisation.slug
    url = (
        reverse("organisations:people", args=[slug]) if concern else reverse("organisations:letter", args=[slug, letter.pk])
    )
    for first_name, email in _leads() if concern else _readers(organisation):
        context = {
            "first_name": first_name,
            "organisation": organisation.name,
            "programme": organisation.name,
            "url": links.absolute(url),
            "sender": sender_address[:200],
            "subject": letter.subject,
            "words": "" if concern else text,
        }
        queue_letter(name, to_email=email, context=context, dedupe_key=f"{name}:{letter.pk}:{key}:{email}", about=letter)


def _readers(organisation):
    if organisation.contact_email:
        return [("", organisation.contact_email)]
    people = Membership.objects.present().with_role(Role.COORDINATOR).order_by("pk")
    return [(person.first_name, person.email) for person in people]


def _leads():
    return [(person.first_name, person.email) for person in Membership.objects.present().filter(is_safeguarding_lead=True)]
