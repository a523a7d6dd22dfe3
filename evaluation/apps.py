from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "evaluation"

    def ready(self):
        from checkins.services.reminders import register_event

        from . import jobs, receivers  # noqa: F401  registers the jobs, connects the receivers
        from .services.reminders import confirm_survey_reminders, survey_reminders_due, with_requests

        register_event("survey_opened", survey_reminders_due, confirm_survey_reminders, with_requests)
