from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can
from programmes.enums import Side

from ..enums import ProposalStatus


class CoordinatorsOnlyQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Coordinators match."""
        return self if membership.can(Can.RUN_PROGRAMMES) else self.none()


class ProposalQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Coordinators see all; the two people see theirs once it is published."""
        if membership.can(Can.RUN_PROGRAMMES):
            return self
        theirs = models.Q(student__membership=membership) | models.Q(mentor__membership=membership)
        return self.filter(theirs, published_at__isnull=False)

    def open(self):
        return self.filter(status=ProposalStatus.PUBLISHED)


@tenant_table
class Exclusion(Owned):
    """Two people who must not be matched. The reason is the coordinators' alone."""

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.CASCADE, related_name="exclusions", db_index=False
    )
    student = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="+", db_index=False)
    mentor = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="+", db_index=False)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(
        "organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(CoordinatorsOnlyQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "student", "mentor"], name="exclusion_once")]


@tenant_table
class MatchRun(Owned):
    """One run of the matching engine over a programme, kept with its settings so that it can be understood later."""

    class Status(models.TextChoices):
        RUNNING = "running", _("Running")
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        REPLACED = "replaced", _("Kept")
        FAILED = "failed", _("Did not work")

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.CASCADE, related_name="match_runs", db_index=False
    )
    number = models.PositiveIntegerField()  # 1, 2, 3 … in the programme
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RUNNING)
    settings = models.JSONField(default=dict)  # weights, rules, seed
    totals = models.JSONField(default=dict)  # students, matched, total score, seconds, certificate
    full_mentors = models.JSONField(default=list)  # [{"mentor": id, "worth": points}]
    prices = models.JSONField(default=dict)  # the certificate's: unit, students and mentors by id; what a pair by hand costs at least
    made_by = models.ForeignKey(
        "organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    made_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)  # when the last of it went out

    objects = ScopedManager.from_queryset(CoordinatorsOnlyQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["organisation", "programme", "number"], name="match_run_number")]


# What the engine alone has suggested is told by its run; history begins when a person touches it, or when it goes out.
@tracked(only="{row}.status <> 'draft' OR {row}.is_locked OR {row}.is_by_hand")
@tenant_table
class Proposal(Owned):
    """A suggested mentorship with a score and reasons, not yet agreed."""

    run = models.ForeignKey(
        MatchRun, null=True, blank=True, on_delete=models.CASCADE, related_name="proposals", db_index=False
    )
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="proposals", db_index=False)
    student = models.ForeignKey(
        "programmes.Participant", on_delete=models.CASCADE, related_name="proposals_as_student", db_index=False
    )
    mentor = models.ForeignKey(
        "programmes.Participant", on_delete=models.CASCADE, related_name="proposals_as_mentor", db_index=False
    )
    mentorship = models.ForeignKey(
        "matching.Mentorship", null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals", db_index=False
    )
    wave = models.ForeignKey(
        "matching.Wave", null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals", db_index=False
    )
    group = models.PositiveIntegerField(null=True, blank=True)  # in its run: who is proposed together; null: the pair stands alone
    status = models.CharField(max_length=10, choices=ProposalStatus.choices, default=ProposalStatus.DRAFT)
    score = models.PositiveSmallIntegerField(default=0)  # 0 to 100
    axes = models.JSONField(default=dict)  # axis key -> 0 to 100
    reasons_for = models.JSONField(default=list)  # [{"code": …, "params": {…}}], see matching.engine
    reasons_against = models.JSONField(default=list)
    alternative = models.JSONField(default=dict)  # the student's best other mentor and what it would cost
    is_locked = models.BooleanField(default=False)
    is_by_hand = models.BooleanField(default=False)
    by_hand_reason = models.TextField(blank=True)
    replaced = models.JSONField(default=dict)  # what stood before it was paired by hand, so that it can be undone
    published_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ProposalQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("proposal")
        ordering = ["score", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "student"],
                condition=models.Q(status="published"),
                name="proposal_one_open_per_student",
            ),
            # What has been out stays as it was, even when the pair is proposed anew in the same draft.
            models.UniqueConstraint(
                fields=["organisation", "run", "student", "mentor"],
                condition=models.Q(published_at=None),
                name="proposal_once_a_run",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "programme", "status", "score"], name="proposal_list"),
            models.Index(fields=["organisation", "run", "status", "score", "id"], name="proposal_of_run"),  # the list's own order
        ]


@tracked
@tenant_table
class ProposalAnswer(Owned):
    """One side's yes or no. The reason is for coordinators; the other side never sees it."""

    class Decision(models.TextChoices):
        ACCEPT = "accept", _("Yes")
        DECLINE = "decline", _("No")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="answers", db_index=False)
    side = models.CharField(max_length=10, choices=Side.choices)
    decision = models.CharField(max_length=10, choices=Decision.choices)
    reason = models.TextField(_("reason"), blank=True)
    by_link = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(CoordinatorsOnlyQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "proposal", "side"], name="proposal_answer_once")]


@tenant_table
class UnmatchedStudent(Owned):
    """Why a run found no mentor for a student, and the smallest change that would."""

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="unmatched", db_index=False)
    student = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="+", db_index=False)
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    remedy = models.JSONField(default=dict)

    objects = ScopedManager.from_queryset(CoordinatorsOnlyQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["code", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "run", "student"], name="unmatched_once")]
        indexes = [models.Index(fields=["organisation", "run", "code", "id"], name="unmatched_of_run")]
