from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can

from ..enums import Side


def _words():
    return ArrayField(models.CharField(max_length=100), default=list, blank=True)


class ParticipantQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Those who see people see all; a tutor sees their students; others see themselves.

        Mentor and student meet on their mentorship's page, not here: this row holds what matching knows.
        """
        if membership.can(Can.SEE_PEOPLE):
            return self
        if membership.can(Can.SEE_TUTEES):
            return self.filter(models.Q(membership=membership) | models.Q(tutor=membership))
        return self.filter(membership=membership)

    def active(self):
        return self.filter(withdrawn_at=None)

    def students(self):
        return self.filter(side=Side.STUDENT)

    def mentors(self):
        return self.filter(side=Side.MENTOR)


@tracked
@tenant_table
class Participant(Owned):
    """A person's enrolment in a programme on one side, with what matching needs to know about them."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="participants", db_index=False)
    membership = models.ForeignKey(
        "organisations.Membership", on_delete=models.PROTECT, related_name="participations", db_index=False
    )
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    # Both sides
    industry = models.CharField(_("industry"), max_length=100, blank=True)
    town = models.CharField(_("town"), max_length=100, blank=True)
    availability = _words()  # "Mon am"
    languages = _words()
    channel = models.CharField(_("preferred way to keep in touch"), max_length=40, blank=True)
    interests = _words()
    # Students
    student_ref = models.CharField(_("student number"), max_length=60, blank=True)
    date_of_birth = models.DateField(_("date of birth"), null=True, blank=True)
    course = models.CharField(_("course"), max_length=200, blank=True)
    career_goal = models.CharField(_("career goal"), max_length=300, blank=True)
    wants_skills = _words()
    tutor = models.ForeignKey(
        "organisations.Membership", null=True, blank=True, on_delete=models.SET_NULL, related_name="tutees", db_index=False
    )
    # Mentors
    employer_name = models.CharField(_("works at"), max_length=300, blank=True)
    job_title = models.CharField(_("job title"), max_length=300, blank=True)
    skills = _words()
    capacity = models.PositiveSmallIntegerField(_("students they can take"), default=0)
    years_experience = models.PositiveSmallIntegerField(_("years of experience"), null=True, blank=True)
    check_valid_until = models.DateField(_("background check valid until"), null=True, blank=True)

    joined_at = models.DateTimeField(auto_now_add=True)
    invited_at = models.DateTimeField(null=True, blank=True)  # first letter sent
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = ScopedManager.from_queryset(ParticipantQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("participant")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "programme", "membership", "side"], name="participant_once"),
            models.UniqueConstraint(
                fields=["organisation", "programme", "student_ref"],
                condition=~models.Q(student_ref=""),
                name="participant_ref_once",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return self.membership.name
