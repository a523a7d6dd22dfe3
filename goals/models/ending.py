"""The planned ending: what each member leaves, and the rule for contact afterwards."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from matching.models import Mentorship
from matching.models.mentorship import PartOfMentorshipQuerySet
from organisations.models import Owned, VisibleQuerySet

from ..enums import ContactKind, Farewell, Further


class EndingNoteQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whose it is; once it is shown, the other members. Coordinators and tutors see that it is there, not what it says."""
        shared = models.Q(shown_at__isnull=False, mentorship__in=Mentorship.objects.worked_in_by(membership))
        return self.filter(models.Q(participant__membership=membership) | shared)


@tracked
@tenant_table
class EndingNote(Owned):
    """One member's thanks, reflection or next step. Nobody else reads it before ``shown_at``."""

    mentorship = models.ForeignKey("matching.Mentorship", on_delete=models.CASCADE, related_name="ending_notes", db_index=False)
    participant = models.ForeignKey("programmes.Participant", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=15, choices=Farewell.choices)
    text = models.TextField()
    further = models.CharField(_("more of this kind of work?"), max_length=10, choices=Further.choices, blank=True)  # a reflection's
    due_on = models.DateField(_("first date"), null=True, blank=True)  # a next step's
    shown_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager.from_queryset(EndingNoteQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("note at the end")
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "mentorship", "participant", "kind"], name="ending_note_once")
        ]


@tracked
@tenant_table
class ContactRule(Owned):
    """What contact stays afterwards, as somebody proposes it. It binds once every member said yes, until it runs out or another does."""

    mentorship = models.ForeignKey("matching.Mentorship", on_delete=models.CASCADE, related_name="contact_rules", db_index=False)
    number = models.PositiveSmallIntegerField()  # first, second … of the mentorship; the latest is the one to agree
    kind = models.CharField(_("contact afterwards"), max_length=15, choices=ContactKind.choices)
    words = models.CharField(_("how and how often"), max_length=300, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)  # none where there is no contact
    by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)  # by everybody

    objects = ScopedManager.from_queryset(PartOfMentorshipQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("contact afterwards")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["organisation", "mentorship", "number"], name="contact_rule_number")]
        indexes = [models.Index(fields=["organisation", "until"], name="contact_runs_out", condition=models.Q(settled_at__isnull=False))]


class ContactYesQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whoever may see the mentorship."""
        return self.filter(rule__in=ContactRule.objects.visible_to(membership))


@tenant_table
class ContactYes(Owned):
    """One member's yes to a rule for contact afterwards."""

    rule = models.ForeignKey(ContactRule, on_delete=models.CASCADE, related_name="yeses", db_index=False)
    participant = models.ForeignKey("programmes.Participant", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(ContactYesQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "rule", "participant"], name="contact_yes_once")]
