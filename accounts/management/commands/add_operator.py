"""manage.py add_operator ADDRESS: somebody who may open Django admin."""

import getpass
import os

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from ...services.operators import add_operator
from ...services.sign_in import user_of

PASSWORD_VARIABLE = "ALONGSIDE_OPERATOR_PASSWORD"  # noqa: S105  the name of a variable


class Command(BaseCommand):
    help = f"Make somebody an operator. Asks for a password when the address is new (or reads {PASSWORD_VARIABLE})."

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="ADDRESS")
        parser.add_argument("--name", default="")
        parser.add_argument("--chief", action="store_true", help="may also make others operators")

    def handle(self, *, email, name, chief, **options):
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is not an e-mail address.")
        password = os.environ.get(PASSWORD_VARIABLE)
        if password is None and user_of(email) is None:
            password = self._ask()
        if password is not None:
            self._check(password)
        user, made = add_operator(email=email, name=name, password=password, chief=chief)
        self.stdout.write(f"{user.email} is an operator{' with a new sign-in' if made else ''}.")

    def _ask(self):
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("Once more: "):
            raise CommandError("The two passwords differ.")
        return password

    def _check(self, password):
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages))
