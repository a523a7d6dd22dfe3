"""Every model has its migration, and no migration would lock or break a running installation."""

import logging
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "mentoring.settings.test"
os.environ.setdefault("ALONGSIDE_VAR", str(ROOT / "var" / "test"))

import django  # noqa: E402  needs the lines above
from django.core.management import call_command  # noqa: E402

from mentoring import embedded  # noqa: E402


def main() -> None:
    var = embedded.state_folder()
    in_use = (var / "pg" / "postmaster.pid").exists()  # by tests that run beside us: theirs to stop
    django.setup()
    logging.disable(logging.INFO)
    from django.conf import settings  # noqa: PLC0415
    from django_migration_linter.management.commands.lintmigrations import Command  # noqa: PLC0415  needs apps

    try:
        call_command("makemigrations", check=True, dry_run=True)
        call_command(Command(), project_root_path=str(ROOT), include_apps=settings.LOCAL_APPS, quiet=["ok", "ignore"])
    finally:
        if not in_use:
            embedded.stop(var)


if __name__ == "__main__":
    main()
