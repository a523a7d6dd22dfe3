from django.db import models
from django.utils.translation import gettext_lazy as _


class Pending(models.TextChoices):
    """Whose yes to the latest words of a goal is still missing; empty: nobody's."""

    STUDENT = "student", _("the student")
    MENTOR = "mentor", _("the mentor")
    BOTH = "both", _("both")


class Voice(models.TextChoices):
    """The three who agree learning objectives."""

    STUDENT = "student", _("student")
    MENTOR = "mentor", _("mentor")
    TUTOR = "tutor", _("tutor")


class Change(models.TextChoices):
    """What happened to a goal besides its words and its progress."""

    STEP_ADDED = "step_added", _("added the step")
    STEP_CHANGED = "step_changed", _("changed the step")
    STEP_REMOVED = "step_removed", _("removed the step")
    STEP_DONE = "step_done", _("ticked the step")
    STEP_UNDONE = "step_undone", _("took the tick away from")
    TIED = "tied", _("tied it to")
    UNTIED = "untied", _("untied it from")
    REACHED = "reached", _("said that it is reached")
    DROPPED = "dropped", _("set it aside")
    REOPENED = "reopened", _("opened it again")
    SHARED = "shared", _("shared it with the mentorship")
    HIDDEN = "hidden", _("keeps it private")
    EVIDENCE_REMOVED = "evidence_removed", _("took away what showed it:")
