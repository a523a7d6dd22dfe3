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


class Function(models.TextChoices):
    """What a mentor is there for: six functions for the career, four for the person."""

    CAREER_PATHING = "career_pathing", _("Career paths")
    SKILLS = "skills", _("Skills")
    SPONSORSHIP = "sponsorship", _("Speaking up for somebody")
    EXPOSURE = "exposure", _("Meeting people")
    PROFESSIONAL = "professional", _("How work works")
    CHALLENGE = "challenge", _("Stretching work")
    ROLE_MODEL = "role_model", _("Being an example")
    ACCEPTANCE = "acceptance", _("Trust and confirmation")
    COUNSEL = "counsel", _("Counsel, within limits")
    FRIENDSHIP = "friendship", _("Getting on")


class Setting(models.TextChoices):
    """Where an activity can be done."""

    IN_PERSON = "in_person", _("In person")
    REMOTE = "remote", _("At a distance")
    BOTH = "both", _("In person or at a distance")


class Farewell(models.TextChoices):
    """What each member may leave at the end; the value stands in the address."""

    THANKS = "thanks", _("Thanks")
    REFLECTION = "reflection", _("Looking back")
    NEXT_STEP = "next-step", _("Next step")


class Further(models.TextChoices):
    """Whether somebody would like more of this kind of work."""

    YES = "yes", _("Yes, more of it")
    PERHAPS = "perhaps", _("Not sure yet")
    NO = "no", _("No, something else")


class ContactKind(models.TextChoices):
    """What contact stays when a mentorship is over."""

    NONE = "none", _("None: this was it, with thanks")
    ORGANISATION = "organisation", _("Through the organisation: a coordinator passes it on")
    AS_AGREED = "as_agreed", _("As we agree here")
