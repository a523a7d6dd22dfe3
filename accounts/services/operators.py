"""Operators look after the installation, in Django admin. They belong to no organisation."""

from django.db import transaction

from audit.services import record

from ..models import User
from .sign_in import confirm_address, create_sign_in, user_of


@transaction.atomic
def add_operator(*, email, password=None, name="", chief=False) -> tuple[User, bool]:
    """Make somebody an operator; returns the user and whether the sign-in is new.

    ``chief``: may also make others operators (Django's superuser). An existing sign-in keeps its password unless one is given.
    """
    user = user_of(email)
    made = user is None
    if made:
        user = create_sign_in(email=email, name=name, password=password)
    elif password:
        user.set_password(password)
    user.is_staff = True
    user.is_superuser = user.is_superuser or chief
    user.save()
    confirm_address(user)
    record("operator added", about=user)
    return user, made
