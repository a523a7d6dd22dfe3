import os

import psycopg
from django.core.management.base import BaseCommand, CommandError
from psycopg.conninfo import conninfo_to_dict

from mentoring import embedded, roles


class Command(BaseCommand):
    help = (
        "Make the database and its roles (owner, app, worker, system), or bring them back to what they should be. "
        "Signs in as an administrator: --admin or ALONGSIDE_ADMIN_DATABASE_URL, else the embedded server's. "
        "Passwords come from ALONGSIDE_OWNER_PASSWORD, ALONGSIDE_APP_PASSWORD and ALONGSIDE_WORKER_PASSWORD."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--admin", help="address of a role that may make roles and databases: postgresql://…")
        parser.add_argument("--database", default=roles.DATABASE, help="name of the database (default: %(default)s)")

    def handle(self, *, admin, database, **options):
        passwords = roles.passwords_from_environment()
        admin = admin or os.environ.get("ALONGSIDE_ADMIN_DATABASE_URL")
        try:
            if admin:
                self._require(passwords)
                target = {**conninfo_to_dict(admin), "connect_timeout": 10}
            else:
                server = embedded.ensure_postgres(embedded.state_folder())
                target = {"host": server["host"], "port": server["port"], "user": server["admin"], "dbname": "postgres"}
            done = roles.bootstrap(target, database=database, passwords=passwords)
        except (psycopg.Error, RuntimeError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(done))

    def _require(self, passwords):
        """A real server asks for passwords; a role without one could never sign in, or worse, could without."""
        missing = [name for role, name in roles.PASSWORD_VARIABLES.items() if role not in passwords]
        if missing:
            raise CommandError(f"Set {', '.join(missing)}: each role needs a password of its own.")
        if len(set(passwords.values())) < len(passwords):
            raise CommandError("Two roles have the same password. Each needs its own, or one role could act as another.")
