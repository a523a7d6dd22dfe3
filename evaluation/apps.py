from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "evaluation"

    def ready(self):
        from checkins.services.reminders import register_event
        from checkins.worried import register_link
        from organisations.enums import Purpose

        from . import jobs, receivers  # noqa: F401  registers the jobs, connects the receivers
        from .services.people import mentorship_of_request
        from .services.reminders import confirm_survey_reminders, survey_reminders_due, with_requests

        register_link(Purpose.SURVEY, "evaluation:answer_by_link", mentorship_of_request)
        register_event("survey_opened", survey_reminders_due, confirm_survey_reminders, with_requests)
