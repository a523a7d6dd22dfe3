"""Programmes: the list, a new one from a preset, its own page, its rules."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can

from ..access import open_programme
from ..forms.programme import ProgrammeForm
from ..models import ChecklistItem, Placement, Programme
from ..presets import PRESETS, preset_by_key
from ..services import programmes as service

PER_PAGE = 50


@requires(Can.RUN_PROGRAMMES)
@require_GET
def programme_list(request):
    active = Q(participants__withdrawn_at=None)
    rows = Programme.objects.visible_to(request.membership).annotate(
        students=Count("participants", filter=active & Q(participants__side="student")),
        mentors=Count("participants", filter=active & Q(participants__side="mentor")),
    )
    page = Paginator(rows.order_by("-closed_at", "-starts_on", "name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "programmes/list.html", {"page": page, "today": timezone.localdate()})


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def create(request):
    """Choose a preset, then say what differs. The chosen preset stands in the address."""
    key = request.GET.get("preset", "")
    preset = next((one for one in PRESETS if one.key == key), None)
    if preset is None:
        return render(request, "programmes/presets.html", {"presets": PRESETS})
    form = ProgrammeForm(request.POST or None, initial=_initial(preset))
    if request.method == "POST" and form.is_valid():
        known = service.find_twin(**{name: form.cleaned_data[name] for name in ("name", "starts_on", "ends_on")})
        programme = service.create_programme(preset=preset.key, by=request.membership, **form.cleaned_data)
        if known:
            messages.info(
                request,
                _("You have a programme with this name and these dates already: here it is. For a second one, choose another name."),
            )
        else:
            messages.success(request, _("The programme is made. Next: bring in your students, mentors and placements."))
        return redirect_in(request, "programmes:detail", programme.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/form.html", {"form": form, "preset": preset}, status=status)


def _initial(preset):
    today = timezone.localdate()
    values = {name: getattr(preset, name) for name in ProgrammeForm.Meta.fields if hasattr(preset, name)}
    return values | {
        "purpose": str(preset.purpose),
        "outcomes": "\n".join(str(line) for line in preset.outcomes),
        "starts_on": today,
        "ends_on": preset.end_for(today),
    }


@requires(Can.RUN_PROGRAMMES)
@require_GET
def detail(request, programme_id):
    programme = open_programme(request, programme_id)
    items = list(programme.checklist_items.all())
    rules = list(programme.reminder_rules.all())
    outside = Placement.objects.visible_to(request.membership).filter(programme=programme)
    outside = outside.filter(Q(starts_on__lt=programme.starts_on) | Q(ends_on__gt=programme.ends_on)).count()
    phases = [("before", _("Before it starts")), ("during", _("While it runs")), ("after", _("When it is over"))]
    return render(
        request,
        "programmes/detail.html",
        {
            "programme": programme,
            "phases": [{"label": label, "items": [item for item in items if item.phase == key]} for key, label in phases],
            "done": sum(1 for item in items if item.done_at),
            "items": items,
            "rules_on": sum(1 for rule in rules if rule.is_active),
            "rules": rules,
            "outside": outside,
            "people": programme.participants.filter(withdrawn_at=None).count(),
            "today": timezone.localdate(),
            "preset": preset_by_key(programme.preset),
        },
    )


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def edit(request, programme_id):
    programme = open_programme(request, programme_id)
    form = ProgrammeForm(request.POST or None, instance=programme)
    if request.method == "POST" and form.is_valid():
        service.change_programme(programme=programme, by=request.membership, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect_in(request, "programmes:detail", programme.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/form.html", {"form": form, "programme": programme}, status=status)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def close(request, programme_id):
    programme = open_programme(request, programme_id)
    if request.method == "POST":
        service.close_programme(programme=programme, by=request.membership)
        messages.success(request, _("The programme is closed. Everything in it can still be read."))
        return redirect_in(request, "programmes:detail", programme.pk)
    return render(request, "programmes/close.html", {"programme": programme})


@requires(Can.RUN_PROGRAMMES)
@require_POST
def checklist_toggle(request, item_id):
    item = fetch_visible(ChecklistItem, request.membership, pk=item_id)
    service.tick_item(item=item, done="done" in request.POST, by=request.membership)
    return redirect_in(request, "programmes:detail", item.programme_id)
