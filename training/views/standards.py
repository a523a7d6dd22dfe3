"""What an organisation asks of its mentors: checklists, code of conduct, validity; and what one programme has of its own."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from organisations.access import redirect_in, requires
from organisations.roles import Can
from programmes.models import Programme
from programmes.services.programmes import change_programme

from ..enums import State
from ..forms.rules import ProgrammeRulesForm, ValidityForm
from ..models import ChecklistTemplate, TrainingRules
from ..presenters import hours_in_words
from ..presets import CHECKLISTS
from ..services.code import code_of, current_code_version
from ..services.code_versions import draft_code
from ..services.rules import general_rules, open_end_checklist, rules_of, set_rules
from .seats import fetch_programme


@requires(Can.RUN_PROGRAMMES)
@require_GET
def standards(request):
    templates = list(
        ChecklistTemplate.objects.visible_to(request.membership).exclude(state=State.RETIRED).prefetch_related("versions__aspects")
    )
    running = Programme.objects.visible_to(request.membership).filter(closed_at=None).order_by("name", "pk")
    used = {}
    for key, name in running.values_list("checklist_key", "name"):
        used.setdefault(key, []).append(name)
    rules = general_rules()
    context = {
        "presets": [{"key": key, "count": len(aspects), "programmes": used.get(key, [])} for key, aspects in CHECKLISTS.items()],
        "templates": [_template_row(one, used.get(one.key, [])) for one in templates],
        "code": code_of(current_code_version()),
        "draft_code": draft_code(),
        "rules": rules,
        "refresher": hours_in_words(rules.refresher_minutes),
    }
    return render(request, "training/standards.html", context)


def _template_row(template, programmes):
    versions = sorted(template.versions.all(), key=lambda one: -one.number)
    published = next((one for one in versions if one.published_at), None)
    draft = next((one for one in versions if not one.published_at), None)
    shown = published or draft
    return {"template": template, "published": published, "draft": draft, "count": len(shown.aspects.all()), "programmes": programmes}


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def validity(request):
    """How long training is valid in the organisation."""
    rules = general_rules()
    form = ValidityForm(request.POST or None, initial={"valid_months": rules.valid_months, "refresher_minutes": rules.refresher_minutes})
    if request.method == "POST" and form.is_valid():
        set_rules(by=request.membership, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect_in(request, "training:standards")
    return render(request, "training/validity.html", {"form": form}, status=422 if form.errors else 200)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def programme_rules(request, programme_id):
    """Which checklist a programme uses, when its end checklist opens, and a validity of its own."""
    found = fetch_programme(request, programme_id)
    row = TrainingRules.objects.visible_to(request.membership).filter(programme=found).first()
    initial = {
        "checklist_key": found.checklist_key,
        "end_percent": rules_of([found])[found.pk].end_percent,
        "valid_months": row.valid_months if row else None,
        "refresher_minutes": row.refresher_minutes if row else None,
    }
    form = ProgrammeRulesForm(request.POST or None, initial=initial, membership=request.membership, programme=found)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        key = fields.pop("checklist_key")
        if key != found.checklist_key:
            change_programme(programme=found, by=request.membership, checklist_key=key)
        set_rules(by=request.membership, programme=found, **fields)
        messages.success(request, _("Saved."))
        return redirect_in(request, "training:programme", found.pk)
    context = {"programme": found, "form": form, "general": general_rules()}
    return render(request, "training/programme_rules.html", context, status=422 if form.errors else 200)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def end_open(request, programme_id):
    """Open the end checklist before its time."""
    found = fetch_programme(request, programme_id)
    opens = rules_of([found])[found.pk].end_opens
    if request.method == "POST":
        open_end_checklist(programme=found, by=request.membership)
        messages.success(request, _("The end checklist is open. Mentors find it on their training page, and a letter goes to those with a student."))
        return redirect_in(request, "training:programme", found.pk)
    if opens <= timezone.localdate():
        messages.info(request, _("It is open already."))
        return redirect_in(request, "training:programme", found.pk)
    context = {
        "title": _("Open the end checklist now?"),
        "lead": found.name,
        "consequences": [
            _("Mentors who have finished the first checklist are asked about the same points once more."),
            _("Those with a student get a letter. It cannot be closed again."),
        ],
        "action_label": _("Open it"),
        "cancel_url": reverse("training:programme", args=[request.organisation.slug, found.pk]),
    }
    return render(request, "confirm.html", context)
