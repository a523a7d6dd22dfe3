"""Signed links: make, open, finish, revoke. The token carries the organisation, so that its scope can be opened first."""

import hashlib
import secrets
from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from common.tenancy import current_organisation_id

from ..enums import Purpose
from ..models import SignedLink

SALT = "alongside.link"
DEFAULT_LIFE = timedelta(days=21)


def make_link(purpose, target_id, *, membership=None, holder_name="", life=DEFAULT_LIFE) -> tuple[SignedLink, str]:
    """Make a link for one purpose and one row; returns it with its token (the secret is not kept)."""
    secret = secrets.token_urlsafe(18)
    link = SignedLink.objects.create(
        organisation_id=current_organisation_id(),
        purpose=purpose,
        target_id=target_id,
        membership=membership,
        holder_name=_holder(purpose, membership, holder_name),
        secret_hash=_hash(secret),
        expires_at=timezone.now() + life,
    )
    token = signing.Signer(salt=SALT).sign_object([link.organisation_id, link.pk, secret])
    return link, token


def make_links(asked, *, life=DEFAULT_LIFE) -> list[str]:
    """Many links with one query: (purpose, target id, membership or None, holder's name) each; their tokens in the same order."""
    pairs = []
    for purpose, target_id, membership, holder_name in asked:
        secret = secrets.token_urlsafe(18)
        link = SignedLink(
            organisation_id=current_organisation_id(),
            purpose=purpose,
            target_id=target_id,
            membership=membership,
            holder_name=_holder(purpose, membership, holder_name),
            secret_hash=_hash(secret),
            expires_at=timezone.now() + life,
        )
        pairs.append((link, secret))
    SignedLink.objects.bulk_create([link for link, _secret in pairs])
    signer = signing.Signer(salt=SALT)
    return [signer.sign_object([link.organisation_id, link.pk, secret]) for link, secret in pairs]


def read_token(token) -> tuple[int, int, str] | None:
    """(organisation id, link id, secret) of an unaltered token, else None. Says nothing about whether the link lives."""
    try:
        organisation_id, link_id, secret = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return organisation_id, link_id, secret


def find_link(link_id, secret, *purposes) -> SignedLink | None:
    """The link with this id, secret and one of these purposes in the scope that is open, else None."""
    link = SignedLink.objects.select_related("membership", "organisation").filter(pk=link_id, purpose__in=purposes).first()
    if link and secrets.compare_digest(link.secret_hash, _hash(secret)):
        return link
    return None


def finish_link(link, *, at=None):
    """Note that the one thing this link is for is done."""
    SignedLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at or timezone.now())


def revoke_links(purpose, target_id, *, membership=None):
    """Make every open link for this purpose and row useless."""
    links = SignedLink.objects.filter(purpose=purpose, target_id=target_id, revoked_at=None)
    if membership:
        links = links.filter(membership=membership)
    links.update(revoked_at=timezone.now())


def absolute(path) -> str:
    """A path as a full address, for letters."""
    return urljoin(settings.ALONGSIDE_BASE_URL, path)


def link_url(name, purpose, target_id, **kwargs) -> str:
    """Make a link and return the full address of the page ``name`` that it opens."""
    _link, token = make_link(purpose, target_id, **kwargs)
    return absolute(reverse(name, args=[token]))


def _holder(purpose, membership, name) -> str:
    """Whose link it is. To join is bound to the address it goes to (invitations.still_holds), whoever makes the link."""
    if purpose == Purpose.JOIN and membership:
        return membership.email
    return name or (membership.name if membership else "")


def _hash(secret):
    return hashlib.sha256(secret.encode()).hexdigest()
