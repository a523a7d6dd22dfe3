from django.db import models
from django.utils.translation import gettext_lazy as _


class Moment(models.TextChoices):
    """When the checklist is answered."""

    START = "start", _("At the start")
    END = "end", _("At the end")


class Answer(models.TextChoices):
    """What a mentor says about one aspect."""

    COVERED = "covered", _("Covered")
    NEED = "need", _("Need more training or support")


class How(models.TextChoices):
    """What closed a need."""

    READ = "read", _("Read the text")
    ATTENDED = "attended", _("Came to a training session")
    TALKED = "talked", _("Talked it through with somebody")
    OTHER = "other", _("Something else")


class Gate(models.TextChoices):
    """What stands between a mentor and being matched. A coordinator may decide on each of these by itself.

    The background check is no part of it: whether it lasts depends on the placement, and nobody can decide it away.
    """

    CHECKLIST = "checklist", _("The checklist is not finished")
    CODE = "code", _("The code of conduct is not signed")
    NEED = "need", _("A point that has to be covered is still open")
    REFRESHER = "refresher", _("The training has run out")


class State(models.TextChoices):
    """How far a checklist of an organisation's own is."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("In use")
    RETIRED = "retired", _("Retired")
