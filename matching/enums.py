from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.enums import Stage

__all__ = ["Axis", "MentorshipStatus", "ProposalStatus", "QuestionKind", "Stage"]


class ProposalStatus(models.TextChoices):
    """A proposal's life: the coordinator's draft, then the two sides' answers."""

    DRAFT = "draft", _("Proposed")
    REMOVED = "removed", _("Removed")
    PUBLISHED = "published", _("Waiting for answers")
    ACCEPTED = "accepted", _("Accepted by both")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Not answered in time")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class MentorshipStatus(models.TextChoices):
    """Running, or how it ended. Never "cancelled": a relationship that ends well early is not a failure."""

    ACTIVE = "active", _("Running")
    COMPLETED = "completed", _("Completed")
    COMPLETED_EARLY = "completed_early", _("Completed early")
    ENDED_BY_AGREEMENT = "ended_by_agreement", _("Ended by agreement")
    ENDED_WITH_CONCERN = "ended_with_concern", _("Ended with a concern")
    NO_SHOW = "no_show", _("Did not begin")


class QuestionKind(models.TextChoices):
    """How a question of a questionnaire is answered."""

    CHOICE = "choice", _("One of a list")
    MANY = "many", _("Several of a list")
    SCALE = "scale", _("A scale from 1 to 5")
    AVAILABILITY = "availability", _("Times of the week")
    PLACE = "place", _("A town")
    TEXT = "text", _("Their own words")


class Axis(models.TextChoices):
    """What an answer counts for: one of the five questions of a good fit, or nothing."""

    NONE = "", _("Not at all, it is only read")
    ROLE = "role", _("Knowing the job")
    GOALS = "goals", _("Goals")
    PLACE = "place", _("Place")
    TIME = "time", _("Time")
    COMPATIBILITY = "compatibility", _("Getting on")
