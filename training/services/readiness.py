"""Who may be matched: the start checklist finished and the code of conduct signed, or a coordinator's kept decision."""

from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record

from ..models import ChecklistAnswer, ChecklistResponse, CodeSignature, TrainingOverride
from ..presets import CHECKLIST_ASPECTS, CODE_OF_CONDUCT
from .checklist import ChecklistError


@dataclass
class Readiness:
    """How far one mentor is. ``override``: the coordinator's decision that stands in for the training, or None."""

    answered: int = 0
    total: int = len(CHECKLIST_ASPECTS)
    finished_at: object = None
    signed_at: object = None
    needs: list = field(default_factory=list)  # keys of the aspects with "need more training or support"
    override: TrainingOverride | None = None

    @property
    def trained(self):
        return self.finished_at is not None and self.signed_at is not None

    @property
    def overridden(self):
        return not self.trained and self.override is not None

    @property
    def ready(self):
        return self.trained or self.overridden

    @property
    def state(self):
        """ready, overridden, under_way or not_started."""
        if self.trained:
            return "ready"
        if self.overridden:
            return "overridden"
        return "under_way" if self.answered or self.signed_at else "not_started"

    @property
    def why_not(self):
        """What is missing, in words; empty when trained."""
        missing = []
        if self.finished_at is None:
            words = _("checklist: %(answered)s of %(total)s answered")
            missing.append(words % {"answered": self.answered, "total": self.total})
        if self.signed_at is None:
            missing.append(_("code of conduct not signed"))
        return missing


def readiness_of(mentors) -> dict[int, Readiness]:
    """Readiness of each mentor (participants or a queryset of them) by id, in four queries however many there are."""
    ids = [mentor.pk for mentor in mentors]
    found = {pk: Readiness() for pk in ids}
    start = ChecklistResponse.Moment.START
    for pk, at in ChecklistResponse.objects.filter(mentor__in=ids, moment=start).values_list("mentor_id", "finished_at"):
        found[pk].finished_at = at
    answers = ChecklistAnswer.objects.filter(response__mentor__in=ids, response__moment=start)
    for pk, aspect, value in answers.order_by("id").values_list("response__mentor_id", "aspect", "value"):
        found[pk].answered += 1
        if value == ChecklistAnswer.Value.NEED:
            found[pk].needs.append(aspect)
    signatures = CodeSignature.objects.filter(mentor__in=ids, version=CODE_OF_CONDUCT.version)
    for pk, at in signatures.values_list("mentor_id", "signed_at"):
        found[pk].signed_at = at
    for override in TrainingOverride.objects.filter(mentor__in=ids, withdrawn_at=None).select_related("by"):
        found[override.mentor_id].override = override
    return found


def override_training(*, mentor, reason, by) -> TrainingOverride:
    """Let a mentor be matched without finished training. The reason is compulsory and kept, with who and when."""
    reason = reason.strip()
    if not reason:
        raise ChecklistError(_("Say why: the reason is kept with your name."))
    try:
        with transaction.atomic():
            override = TrainingOverride.objects.create(mentor=mentor, reason=reason, by=by)
    except IntegrityError:
        return TrainingOverride.objects.get(mentor=mentor, withdrawn_at=None)
    record("training overridden", by=by, about=mentor, reason=reason)
    return override


def withdraw_override(*, mentor, by, at=None) -> None:
    """Take the decision back; the row stays, with its end."""
    if TrainingOverride.objects.filter(mentor=mentor, withdrawn_at=None).update(withdrawn_at=at or timezone.now()):
        record("training override withdrawn", by=by, about=mentor)
