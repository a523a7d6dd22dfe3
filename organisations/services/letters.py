"""Letters the organisation has sent, for those who run its programmes.

A letter about a concern is the lead's alone. The link inside a letter is its reader's alone: it is taken out before
anybody else sees the letter, or a coordinator could answer, sign or join in somebody's place.
"""

import re

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.utils import timezone

from audit.services import record
from post.models import Letter

from ..models import Organisation
from ..roles import Can

ABOUT_CONCERNS = "concern_"  # how their names begin; each tells that there is one, so they are the lead's alone
PAST_THE_LEAD = "concern_waits"  # to who stands in: a lead must not learn from it that something went past them
SIGNED = re.compile(r"(/r/)[^/\s\"'<>]+")


def letters_for(membership, *, status="", query=""):
    """Letters of the membership's organisation it may see, those that wait or failed first."""
    letters = Letter.objects.filter(organisation_id=membership.organisation_id)
    if not membership.can(Can.READ_CONCERNS):
        letters = letters.exclude(name__startswith=ABOUT_CONCERNS)
    letters = letters.exclude(name=PAST_THE_LEAD)
    if status in Letter.Status.values:
        letters = letters.filter(status=status)
    if query:
        letters = letters.filter(Q(to_email__icontains=query) | Q(to_name__icontains=query))
    return letters.defer("text", "html").annotate(_place=_urgency()).order_by("_place", "-created_at", "-id")


def letters_about_concerns(membership, *, status=""):
    """For the lead: letters about concerns, those that failed first; for anybody else none."""
    return letters_for(membership, status=status).filter(name__startswith=ABOUT_CONCERNS)


def count_by_status(membership) -> dict:
    """{status: how many} of the letters a membership may see."""
    rows = letters_for(membership).order_by().values_list("status").annotate(n=Count("id"))
    return dict(rows)


def answers_to(letters) -> dict:
    """{letter id: the contact address of its organisation}, for Reply-To. Left out where none is set.

    An answer to a letter about a concern must not land in a shared mailbox: those have none.
    """
    ordinary = [letter for letter in letters if letter.organisation_id and not is_about_concern(letter)]
    rows = Organisation.objects.filter(pk__in={letter.organisation_id for letter in ordinary}).exclude(contact_email="")
    contact = dict(rows.values_list("pk", "contact_email"))
    return {letter.pk: contact[letter.organisation_id] for letter in ordinary if letter.organisation_id in contact}


def is_about_concern(letter) -> bool:
    return letter.name.startswith(ABOUT_CONCERNS)


def text_without_links(letter) -> str:
    return SIGNED.sub(r"\1…", letter.text)


def retry_letter(*, letter, by) -> bool:
    """Put a letter that could not be delivered back into the outbox. False when it is not a failed one (any more)."""
    moved = Letter.objects.filter(pk=letter.pk, organisation_id=by.organisation_id, status=Letter.Status.FAILED).update(
        status=Letter.Status.WAITING, attempts=0, due_at=timezone.now(), leased_until=None
    )
    if moved:
        record("letter sent again", by=by, about=letter)
    return bool(moved)


def _urgency():
    order = [Letter.Status.FAILED, Letter.Status.WAITING]
    whens = [When(status=status, then=Value(place)) for place, status in enumerate(order)]
    return Case(*whens, default=Value(len(order)), output_field=IntegerField())
