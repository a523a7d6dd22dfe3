"""Making sign-ins. Nobody signs up by themselves: a sign-in comes from an invitation, or from the command line."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from ..models import User


class AddressTaken(Exception):
    """Somebody signs in with this address already."""


def user_of(email) -> User | None:
    """Who signs in with this address: as their sign-in, or as a second address they have confirmed."""
    address = email.strip().lower()
    user = User.objects.filter(email=address).first()
    if user is None:
        known = EmailAddress.objects.filter(email=address, verified=True).select_related("user").first()
        user = known.user if known else None
    return user


def owns_address(user, email) -> bool:
    """Whether this person has shown that the address is theirs."""
    return EmailAddress.objects.filter(user=user, email=email.strip().lower(), verified=True).exists()


def create_sign_in(*, email, name, password, **extra) -> User:
    """Make a user whose address is known to be theirs (they opened a letter sent to it). Raises AddressTaken."""
    address = email.strip().lower()
    if user_of(address):
        raise AddressTaken
    try:
        with transaction.atomic():
            user = User.objects.create_user(address, password, name=name[:300], **extra)
    except IntegrityError as error:  # two at the same moment
        raise AddressTaken from error
    confirm_address(user)
    return user


def confirm_address(user):
    """Note that the user's sign-in address is theirs and the one letters go to."""
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


def rename(*, user, name):
    """The name a person goes by where no organisation is open (sign-in, Django admin)."""
    User.objects.filter(pk=user.pk).update(name=name[:300])
