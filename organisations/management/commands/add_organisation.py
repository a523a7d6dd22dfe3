"""manage.py add_organisation NAME SLUG ADDRESS: a new organisation, and an invitation to its owner."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from ...services.settings import create_organisation


class Command(BaseCommand):
    help = "Make an organisation and invite its first owner."

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("slug", metavar="SLUG", help="its part of the address: /o/SLUG/")
        parser.add_argument("owner_email", metavar="ADDRESS")
        parser.add_argument("--owner-name", default="")
        parser.add_argument("--time-zone", default="Europe/London")

    def handle(self, *, name, slug, owner_email, owner_name, time_zone, **options):
        try:
            validate_email(owner_email)
            create_organisation(
                name=name, slug=slug, owner_email=owner_email, owner_name=owner_name, time_zone=time_zone, by="Alongside"
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages))
        self.stdout.write(f"{name} stands at /o/{slug}/. An invitation is on its way to {owner_email}.")
