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


class Level(models.IntegerChoices):
    """Who is asked to look after a concern just now; each is asked when the one before does not answer in time."""

    LEAD = 0, _("The named lead")
    DEPUTY = 1, _("The deputy")
    OWNER = 2, _("The owners")


class Venue(models.TextChoices):
    """Where two people meet."""

    WORKPLACE = "workplace", _("At the workplace")
    COLLEGE = "college", _("At the college")
    PUBLIC = "public", _("In a public place")
    ONLINE = "online", _("Online")
    OTHER = "other", _("Somewhere else")


class Urgency(models.TextChoices):
    NOW = "now", _("Now: somebody may be in danger")
    SOON = "soon", _("Soon: within a day or two")
    WHEN_YOU_CAN = "when_you_can", _("It can wait a few days")


class ConcernCategory(models.TextChoices):
    """Safety, the seven ethical standards of mentoring, and not knowing."""

    SAFETY = "safety", _("Somebody’s safety or wellbeing")
    CONFIDENTIALITY = "confidentiality", _("Confidentiality")
    BOUNDARIES = "boundaries", _("Boundaries")
    OBJECTIVITY = "objectivity", _("Fairness and objectivity")
    COMPETENCE = "competence", _("Something beyond what a mentor can help with")
    FOCUS = "focus", _("Losing focus")
    INTERESTS = "interests", _("Whose interests come first")
    EQUALITY = "equality", _("Equal treatment")
    UNSURE = "unsure", _("I do not know")
