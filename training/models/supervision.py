"""Supervision of mentors: one-to-one or in a circle, and what each keeps of it for themself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can


class SupervisionQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Those who run programmes; a mentor the ones they took part in."""
        if membership.can(Can.RUN_PROGRAMMES):
            return self
        return self.filter(pk__in=SupervisionSeat.objects.visible_to(membership).values("supervision"))


class SeatQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Those who run programmes; a mentor their own, not who else sat in the circle."""
        if membership.can(Can.RUN_PROGRAMMES):
            return self
        return self.filter(mentor__membership=membership)


class ReflectionQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Its writer's alone, unless they share it with those who run programmes."""
        seen = models.Q(author=membership)
        if membership.can(Can.RUN_PROGRAMMES):
            seen |= models.Q(readers=Reflection.Readers.COORDINATORS)
        return self.filter(seen)


@tracked
@tenant_table
class Supervision(Owned):
    """One talk about being a mentor, on one day: that it was, with whom, how long, and what it was about in words fit for a list."""

    class Form(models.TextChoices):
        ONE_TO_ONE = "one_to_one", _("One-to-one")
        CIRCLE = "circle", _("Circle of mentors")

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="supervisions", db_index=False)
    form = models.CharField(_("form"), max_length=12, choices=Form.choices, default=Form.ONE_TO_ONE)
    held_on = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    led_by = models.CharField(_("led by"), max_length=200)
    topics = models.TextField(_("topics"), blank=True)
    noted_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    noted_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(SupervisionQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("supervision")
        ordering = ["-held_on", "-id"]
        constraints = [models.CheckConstraint(condition=models.Q(minutes__gte=1, minutes__lte=600), name="supervision_minutes")]

    def __str__(self):
        return f"{self.get_form_display()} {self.held_on}"


@tenant_table
class SupervisionSeat(Owned):
    """A mentor who took part."""

    supervision = models.ForeignKey(Supervision, on_delete=models.CASCADE, related_name="seats", db_index=False)
    mentor = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="supervision_seats", db_index=False)

    objects = ScopedManager.from_queryset(SeatQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "supervision", "mentor"], name="supervision_seat_once")]


@tenant_table
class Reflection(Owned):
    """What a mentor learned, in their own words. Not tracked: what somebody took back or kept to themself leaves no copy."""

    class Readers(models.TextChoices):
        ONLY_ME = "only_me", _("Only me")
        COORDINATORS = "coordinators", _("Me and the coordinators")

    author = models.ForeignKey("organisations.Membership", on_delete=models.CASCADE, related_name="reflections", db_index=False)
    supervision = models.ForeignKey(
        Supervision, null=True, blank=True, on_delete=models.SET_NULL, related_name="reflections", db_index=False
    )
    gathering = models.ForeignKey(
        "training.Gathering", null=True, blank=True, on_delete=models.SET_NULL, related_name="reflections", db_index=False
    )
    text = models.TextField(_("what you take with you"))
    readers = models.CharField(_("who can read this"), max_length=12, choices=Readers.choices, default=Readers.ONLY_ME)
    written_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager.from_queryset(ReflectionQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("reflection")
        ordering = ["-written_at", "-id"]
