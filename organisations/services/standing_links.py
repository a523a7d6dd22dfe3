"""A link for one person that needs no row: where they choose their letters. It opens nothing else and lasts while they are there.

A row for each letter sent would be a row for nothing in most cases. The token names the organisation, the person, and what the letter
was about, signed by the server's key; it holds for the address it was sent to, so a changed address ends it.
"""

import hashlib

from django.core import signing

from common.tenancy import current_organisation_id

SALT = "alongside.standing-link"


def make_token(person_key, email, about_id) -> str:
    """A token for a person's key ("membership:7") at an address; about_id: what the page should explain."""
    return signing.Signer(salt=SALT).sign_object([current_organisation_id(), person_key, short_hash(email.lower()), about_id])


def read_token(token) -> tuple[int, str, str, int] | None:
    """(organisation id, person's key, hash of the address, about id) of an unaltered token, else None."""
    try:
        organisation_id, person_key, address, about_id = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return organisation_id, person_key, address, about_id


def short_hash(text) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
