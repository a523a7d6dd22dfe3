from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "matching"

    def ready(self):
        from . import jobs, receivers  # noqa: F401  registers the jobs, connects the receivers
