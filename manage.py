#!/usr/bin/env python
"""Django's command line. Commands that change the schema sign in as the owner role, all others as the app role."""

import os
import sys

OWNER_COMMANDS = {"migrate", "makemigrations", "bootstrap_db", "sqlmigrate", "squashmigrations", "lintmigrations"}


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings.dev")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("ALONGSIDE_DB_ROLE", "owner")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  Django's own way

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
