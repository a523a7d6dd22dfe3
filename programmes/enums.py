from django.db import models
from django.utils.translation import gettext_lazy as _


class Format(models.TextChoices):
    """How many mentors stand beside how many students (ratios: programmes.presets)."""

    ONE_TO_ONE = "one_to_one", _("One-to-one")
    SMALL_GROUP = "small_group", _("Small group")
    TEAM = "team", _("Team")
    LARGE_GROUP = "large_group", _("Large group")
    PEER = "peer", _("Peer")
    REVERSE = "reverse", _("Reverse")
    FLASH = "flash", _("Flash")
    E_MENTORING = "e_mentoring", _("E-mentoring")


class Side(models.TextChoices):
    """The two sides of a mentorship."""

    STUDENT = "student", _("Student")
    MENTOR = "mentor", _("Mentor")


class Stage(models.TextChoices):
    """The five stages of a mentorship."""

    RAPPORT = "rapport", _("Rapport building")
    DIRECTION = "direction", _("Setting direction")
    PROGRESSION = "progression", _("Progression")
    WINDING_DOWN = "winding_down", _("Winding down")
    MOVING_ON = "moving_on", _("Moving on")


class ReminderEvent(models.TextChoices):
    """What a reminder is counted from."""

    TRAINING_ASKED = "training_asked", _("Training was asked for")
    PROPOSAL_PUBLISHED = "proposal_published", _("A proposal was published")
    MENTORSHIP_STARTED = "mentorship_started", _("The mentorship started")
    CHECK_IN_PLANNED = "check_in_planned", _("A check-in is planned")
    SURVEY_OPENED = "survey_opened", _("A survey opened")
    WINDING_DOWN = "winding_down", _("The ending began")
    END_CHECKLIST_OPENED = "end_checklist_opened", _("The end checklist opened")
    TRAINING_ENDS = "training_ends", _("The training runs out")
    STAGE_BEGAN = "stage_began", _("A stage began")


class Recipient(models.TextChoices):
    """Who a reminder goes to."""

    STUDENT = "student", _("The student")
    MENTOR = "mentor", _("The mentor")
    BOTH = "both", _("Mentor and student")
    TUTOR = "tutor", _("The student’s tutor")
    LEAD = "lead", _("The lead for concerns")
    LINE_MANAGER = "line_manager", _("The line manager")
    COORDINATOR = "coordinator", _("The coordinators")
    RESPONDENT = "respondent", _("Whoever was asked")
