from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is in an organisation. One person may be several."""

    OWNER = "owner", _("Owner")
    COORDINATOR = "coordinator", _("Coordinator")
    TUTOR = "tutor", _("Tutor")
    MENTOR = "mentor", _("Mentor")
    STUDENT = "student", _("Student")


class Purpose(models.TextChoices):
    """What a signed link may be for: exactly one of these."""

    JOIN = "join", _("Join")
    QUESTIONNAIRE = "questionnaire", _("Answer the questionnaire")
    PROPOSAL = "proposal", _("Answer a proposal")
    CHOICE = "choice", _("Put candidates in order")
    AGREEMENT = "agreement", _("Sign the agreement")
    CHECK_IN = "check-in", _("Log a check-in")
    CHANGE = "change", _("Ask for another mentor or student, or to stop")
    SURVEY = "survey", _("Answer a survey")
    CONSENT = "consent", _("Say yes or no for a young person")
    EVENT = "event", _("Answer an invitation to an event")
    CALENDAR = "calendar", _("Read one’s own calendar")
    TIMES = "times", _("Pick one of the proposed times")
    LETTERS = "letters", _("Choose which reminders one gets")
