from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MentoringConfig(AppConfig):
    name = "mentoring"

    def ready(self):
        from . import checks  # noqa: F401  registers itself

        post_migrate.connect(grant_after_migrate, sender=self, dispatch_uid="grant")


def grant_after_migrate(using, **kwargs):
    """New tables get their grants with the migration that makes them."""
    from django.db import connections

    from .roles import grant

    grant(connections[using])
