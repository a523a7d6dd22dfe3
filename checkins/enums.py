from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How a check-in was held."""

    IN_PERSON = "in_person", _("In person")
    VIDEO = "video", _("Video")
    PHONE = "phone", _("Phone")
    CHAT = "chat", _("Chat")
    ELSEWHERE = "elsewhere", _("On another occasion")


class CouldNot(models.TextChoices):
    """For whom a planned check-in was not possible. Said without blame, and only if somebody wants to say it."""

    STUDENT = "student", _("The student could not")
    MENTOR = "mentor", _("The mentor could not")
    BOTH = "both", _("It suited nobody")
    NOBODY = "nobody", _("Something else got in the way")


class ProposalState(models.TextChoices):
    """Where proposed times stand."""

    OPEN = "open", _("Waiting for an answer")
    SETTLED = "settled", _("Settled")
    ANSWERED = "answered", _("Other times were proposed")
    WITHDRAWN = "withdrawn", _("Taken back")


class Mood(models.IntegerChoices):
    """How the student is getting on: one quick rating."""

    STUCK = 1, _("Stuck")
    A_BIT_LOST = 2, _("A bit lost")
    STEADY = 3, _("Steady")
    GOOD = 4, _("Good")
    FLYING = 5, _("Flying")


class Visibility(models.TextChoices):
    """Who may read a note."""

    ONLY_ME = "only_me", _("Only me")
    MENTORSHIP = "mentorship", _("The mentorship")
    COORDINATORS = "coordinators", _("The mentorship and coordinators")
    LEAD = "lead", _("The safeguarding lead")


class Urgency(models.TextChoices):
    NOW = "now", _("Now: somebody may be in danger")
    SOON = "soon", _("Soon: within a day or two")
    WHEN_YOU_CAN = "when_you_can", _("When you can")


class ConcernCategory(models.TextChoices):
    """The seven ethical standards, and safety."""

    SAFETY = "safety", _("Somebody’s safety")
    CONFIDENTIALITY = "confidentiality", _("Confidentiality")
    BOUNDARIES = "boundaries", _("Boundaries")
    OBJECTIVITY = "objectivity", _("Fairness and objectivity")
    COMPETENCE = "competence", _("Something beyond what a mentor can help with")
    FOCUS = "focus", _("Losing focus")
    INTERESTS = "interests", _("Whose interests come first")
    EQUALITY = "equality", _("Equal treatment")
