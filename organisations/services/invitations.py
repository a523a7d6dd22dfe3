"""Invitations: a letter with a link that lets one person choose a password and come in.

The link is bound to the address it was sent to: it opens nothing once the membership has another one, so nobody gets a
confirmed sign-in for an address whose letters they do not read. It never touches an account that exists already: whoever
has one signs in to it first.
"""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts.services import sign_in
from audit.services import record
from common.refused import Refused
from post.services.outbox import drop_letters, queue_letter

from ..enums import Purpose, Role
from ..models import Membership, SignedLink
from ..roles import Can
from ..signals import person_joined
from . import links

LIFE = timedelta(days=21)
AGAIN_AFTER = timedelta(minutes=1)  # two clicks are one invitation


class CannotInvite(Refused):
    """The message says why, for the person who asked."""


class CannotJoin(Refused):
    """The message says why, for the person who opened the link."""


@transaction.atomic
def invite(*, membership, by, programme="", at=None) -> bool:
    """Send the invitation (again). Earlier links stop working. False when one has gone within the last minute.

    ``by``: a membership, or the name of who invites. ``programme``: its name, for the letter. Raises CannotInvite.
    """
    now = at or timezone.now()
    person = _locked(membership)
    _check_may_be_invited(person)
    if _open_links(person).filter(created_at__gt=now - AGAIN_AFTER).exists():
        return False
    _close_links(person, now)
    link, url = _make_link(person)
    queue_letter(
        "invitation",
        to_email=person.email,
        to_name=person.name,
        context={
            "first_name": person.first_name,
            "organisation": person.organisation.name,
            "programme": programme,
            "url": url,
            "inviter_name": str(by),
            "role": role_in_words(person),
            "expires_on": timezone.localtime(link.expires_at).date(),
        },
        dedupe_key=f"invitation:{link.pk}",
        about=link,
    )
    record("person invited", by=by, about=person)
    return True


def waiting(*, by, role=""):
    """People who are here, have not joined and hold no invitation that works, as far as ``by`` may invite them."""
    people = Membership.objects.present().with_invitation().filter(user=None, invited_at=None)
    if role:
        people = people.with_role(role)
    if not by.can(Can.MANAGE_SETTINGS):
        people = people.exclude(roles__contains=[Role.OWNER]).exclude(is_safeguarding_lead=True).exclude(is_safeguarding_deputy=True)
    return people


def join_url(membership) -> str:
    """A fresh address where this person may choose a password and join, for letters other than the invitation itself.

    Invitations sent before keep working. Empty for somebody who has joined: they sign in.
    """
    if membership.user_id:
        return ""
    return _make_link(membership)[1]


@transaction.atomic
def revoke_invitation(*, membership, by, at=None) -> bool:
    """Make the person's open invitations useless and take back letters that wait. False when none was open."""
    person = _locked(membership)
    if not _close_links(person, at or timezone.now()):
        return False
    record("invitation taken back", by=by, about=person)
    return True


def still_holds(link) -> bool:
    """Whether a JOIN link may still be used: the person has not joined and has the address it was sent to."""
    person = link.membership
    return person is not None and person.user_id is None and link.holder_name.lower() == person.email.lower()


@transaction.atomic
def join_with_password(*, link, password, at=None):
    """Make a sign-in for the address the link was sent to, and let the person in; returns the user. Raises CannotJoin.

    When somebody signs in with that address already, nothing is made: they must sign in and use join_as.
    """
    person = _opened(link)
    try:
        user = sign_in.create_sign_in(email=person.email, name=person.name, password=password)
    except sign_in.AddressTaken:
        raise CannotJoin(_("Somebody signs in with this address already. Sign in, then open the link again."))
    _let_in(link, person, user, at)
    return user


@transaction.atomic
def join_as(*, link, user, at=None):
    """Let a person in who is signed in to an account that has this address confirmed. Raises CannotJoin."""
    person = _opened(link)
    if not sign_in.owns_address(user, person.email):
        raise CannotJoin(_("This invitation was sent to another address than yours."))
    if Membership.objects.filter(user=user).exists():
        raise CannotJoin(_("You belong to this organisation already, with another address."))
    _let_in(link, person, user, at)


def role_in_words(membership) -> str:
    """The person's roles as they stand in a sentence: "mentor", "owner and coordinator"."""
    labels = [str(Role(role).label).lower() for role in membership.roles]
    if membership.is_safeguarding_lead:
        labels.append(_("named lead for concerns"))
    return get_text_list(labels, _("and")) or _("guest")


def _opened(link):
    person = _locked(link.membership)
    link = SignedLink.objects.select_related("membership").get(pk=link.pk)
    if not link.is_live or link.used_at or not still_holds(link):
        raise CannotJoin(_("This invitation has been used, or is no longer valid."))
    return person


def _let_in(link, person, user, at):
    now = at or timezone.now()
    Membership.objects.filter(pk=person.pk).update(user=user, joined_at=now)
    person.user, person.joined_at = user, now
    links.finish_link(link, at=now)
    _close_links(person, now, but=link)
    record("person joined", by=person, about=person)
    person_joined.send(sender=Membership, membership=person)


def _check_may_be_invited(person):
    if person.left_at:
        raise CannotInvite(_("%(name)s is no longer in the organisation.") % {"name": person.name})
    if person.user_id:
        raise CannotInvite(_("%(name)s has joined already.") % {"name": person.name})


def _make_link(person):
    link, token = links.make_link(Purpose.JOIN, person.pk, membership=person, holder_name=person.email, life=LIFE)
    return link, links.absolute(reverse("organisations:join", args=[token]))


def _locked(membership):
    return Membership.objects.select_related("organisation").select_for_update(of=("self",)).get(pk=membership.pk)


def _open_links(person):
    return SignedLink.objects.filter(purpose=Purpose.JOIN, target_id=person.pk, revoked_at=None, used_at=None)


def _close_links(person, now, *, but=None):
    found = list(_open_links(person).filter(expires_at__gt=now).exclude(pk=but.pk if but else None))
    SignedLink.objects.filter(pk__in=[link.pk for link in found]).update(revoked_at=now)
    for link in found:
        drop_letters(link)
    return len(found)
