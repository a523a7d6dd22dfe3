"""For a mail server's pipe: one mail of the return address on standard input."""

import sys

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from post.returned_mail import read
from post.services.returns import take_returned

TRY_AGAIN = 75  # EX_TEMPFAIL: the mail server keeps the mail and calls again


class Command(BaseCommand):
    help = "Read one mail that came to the return address from standard input, and note what it says."

    def handle(self, *args, **options):
        try:
            take_returned(read(sys.stdin.buffer.read()))
        except DatabaseError:
            sys.exit(TRY_AGAIN)
