"""Refuse a database whose tables another version made in another way, before anything reads them."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader


class Command(BaseCommand):
    help = "Say whether this database's migrations are all known here; fails with what to do when one is not."

    def handle(self, *args, **options):
        loader = MigrationLoader(connection)
        ours = {app.rpartition(".")[2] for app in settings.LOCAL_APPS}
        unknown = sorted(key for key in loader.applied_migrations if key[0] in ours and key not in loader.disk_migrations)
        if unknown:
            names = ", ".join("/".join(key) for key in unknown[:3])
            raise CommandError(
                f"This database was made by another version of Alongside (it knows {names}). For the demo: make "
                "demo-reset, then make demo. For a real installation: keep it and use the version that made it."
            )
