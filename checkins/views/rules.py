"""A programme's rules for contact: how often people meet, and what a month comes to."""

from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisations.access import redirect_in, requires
from organisations.roles import Can
from programmes.access import open_programme
from programmes.models import Holiday

from ..forms.rules import ContactRulesForm
from ..services import rules as service


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def contact_rules(request, programme_id):
    programme = open_programme(request, programme_id)
    form = ContactRulesForm(request.POST or None, rules=service.rules_of(programme))
    if request.method == "POST" and form.is_valid():
        service.set_rules(programme=programme, by=request.membership, **form.cleaned_data)
        messages.success(request, _("Saved. Plans follow these rules from now on."))
        return redirect_in(request, "checkins:contact_rules", programme.pk)
    today = timezone.localdate()
    coming = Holiday.objects.visible_to(request.membership).of(programme).between(today, programme.ends_on)
    context = {"programme": programme, "form": form, "holidays": list(coming)}
    return render(request, "checkins/contact_rules.html", context, status=422 if form.errors else 200)
