from django.core.management.base import BaseCommand
from django.utils import timezone

from common.webfont import font_file
from mentoring.demo import accounts, northfield, riverside


class Command(BaseCommand):
    help = "Fill the database with the demo's invented people, counted from today. What is there already stays as it is."

    def handle(self, *args, **options):
        accounts.make_operator()
        today = timezone.localdate()
        for house in (northfield, riverside):
            made = house.seed(today)
            self.stdout.write(f"{house.NAME}: {'made' if made else 'there already'}")
        font_file()  # takes some seconds once, which the first page should not wait for
