from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "organisations"

    def ready(self):
        from . import jobs, receivers  # noqa: F401  registers what runs in the worker, connects
