"""Readiness as conditions of the database, for pages that only count. services.readiness says the same mentor by mentor, and why."""

from datetime import timedelta

from django.db.models import (
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from ..enums import Answer, Moment
from ..models import ChecklistAnswer, ChecklistResponse, CodeSignature, LaterAnswer, TemplateAspect, TrainingRules
from ..models.readiness import VALID_MONTHS
from ..presets import CODE_OF_CONDUCT
from .aspects import PRESET
from .code import binding_version

MUST = [aspect.key for aspect in PRESET.aspects if aspect.must_be_covered]
SHORTEST_MONTH = timedelta(days=28)


def trained_mentors(mentors):
    """Those of these participants who finished the checklist, signed the code that binds and have no open need that matters.

    Whether their training has run out since is not asked here.
    """
    finished = ChecklistResponse.objects.filter(mentor=OuterRef("pk"), moment=Moment.START, finished_at__isnull=False)
    signed = CodeSignature.objects.filter(mentor=OuterRef("pk")).annotate(binding=binding_version())
    signed = signed.filter(Q(code_version=F("binding")) | Q(binding=None, version=CODE_OF_CONDUCT.version))
    return mentors.filter(Exists(finished), Exists(signed), ~Exists(_blocking(OuterRef("pk"))))


def _blocking(mentor):
    """Answers of the response that speaks, on points that have to be covered, that ask for more now."""
    ended = ChecklistResponse.objects.filter(mentor=OuterRef("response__mentor"), moment=Moment.END, finished_at__isnull=False)
    later = LaterAnswer.objects.filter(response=OuterRef("response"), aspect=OuterRef("aspect")).order_by("-id")
    own = TemplateAspect.objects.filter(version=OuterRef("response__template_version"), key=OuterRef("aspect"), must_be_covered=True)
    must = Q(response__template_version=None, aspect__in=MUST) | Exists(own)
    speaks = Q(response__moment=Moment.END) | ~Exists(ended)
    rows = ChecklistAnswer.objects.filter(must, speaks, response__mentor=mentor, response__finished_at__isnull=False)
    return rows.annotate(now=Coalesce(Subquery(later.values("value")[:1]), "value")).filter(now=Answer.NEED)


def may_have_run_out(at):
    """A condition on participants: they finished so long ago that their training could run out by then (a moment).

    Refreshers are not looked at, and a month counts as 28 days: ask readiness_of about those found.
    """
    return Exists(old_responses(at, ChecklistResponse.objects.filter(mentor=OuterRef("pk")), TrainingRules.objects))


def old_responses(at, responses, rules):
    """Those of these first checklists that were finished so long ago. rules: TrainingRules, of one organisation or of all."""
    rules = rules.filter(organisation=OuterRef("organisation")).exclude(valid_months=None)
    rules = rules.filter(Q(programme=None) | Q(programme=OuterRef("mentor__programme")))
    own_first = rules.order_by(F("programme").asc(nulls_last=True))
    months = Coalesce(Subquery(own_first.values("valid_months")[:1]), Value(VALID_MONTHS), output_field=IntegerField())
    holds = ExpressionWrapper(F("months") * Value(SHORTEST_MONTH), output_field=DurationField())
    latest = ExpressionWrapper(Value(at, output_field=DateTimeField()) - holds, output_field=DateTimeField())
    finished = responses.filter(moment=Moment.START).annotate(months=months)
    return finished.filter(months__gt=0, finished_at__lte=latest)
