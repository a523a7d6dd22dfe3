"""How often a mentorship meets: what its programme allows, and what the two have chosen within it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from matching.models import Mentorship
from matching.models.mentorship import PartOfMentorshipQuerySet
from organisations.models import Owned, VisibleQuerySet
from programmes.models import Programme

DAYS = [MinValueValidator(1), MaxValueValidator(120)]


class ContactRulesQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whoever may see the programme: these are the rules people are told of."""
        return self.filter(programme__in=Programme.objects.visible_to(membership))


@tracked
@tenant_table
class ContactRules(Owned):
    """A programme's rules for contact. Without a row the usual ones hold (services.rules.rules_of).

    The usual numbers are those in use in the field: a monthly talk of 60 to 75 minutes, at most three calls and thirty minutes
    on top in a month.
    """

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="contact_rules", db_index=False)
    least_days = models.PositiveSmallIntegerField(_("meet at most every … days"), default=7, validators=DAYS)
    most_days = models.PositiveSmallIntegerField(_("meet at least every … days"), default=31, validators=DAYS)
    least_minutes = models.PositiveSmallIntegerField(_("minutes a month, at least"), null=True, blank=True)
    most_minutes = models.PositiveSmallIntegerField(_("minutes a month, at most"), null=True, blank=True)
    extra_calls = models.PositiveSmallIntegerField(_("extra calls a month"), default=3)
    extra_minutes = models.PositiveSmallIntegerField(_("minutes of extra calls a month"), default=30)
    is_firm = models.BooleanField(_("refuse what is over the limit"), default=False)

    objects = ScopedManager.from_queryset(ContactRulesQuerySet)()

    class Meta(Owned.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(least_days__lte=models.F("most_days")), name="contact_rules_days"),
        ]


@tracked
@tenant_table
class Rhythm(Owned):
    """How often the two have chosen to meet. Without a row: as the programme says."""

    mentorship = models.OneToOneField(Mentorship, on_delete=models.CASCADE, related_name="rhythm", db_index=False)
    every_days = models.PositiveSmallIntegerField(_("days between check-ins"), validators=DAYS)
    weekday = models.PositiveSmallIntegerField(_("day of the week"), null=True, blank=True)  # 0 is Monday
    chosen_at = models.DateTimeField()

    objects = ScopedManager.from_queryset(PartOfMentorshipQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("rhythm")
