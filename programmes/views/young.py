"""Rules for contact with people under 18, who answers for them, and the guardian's page by link."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.services import record_reading
from common.downloads import private_download
from common.refused import Refused
from organisations.access import fetch_visible, link_page, redirect_in, requires
from organisations.enums import Purpose
from organisations.roles import Can

from ..access import open_programme
from ..forms.young import ConsentForm, PaperConsentForm, SafetyRulesForm, YoungPersonForm
from ..guardians import points_of, version_of
from ..models import GuardianConsent, Participant, YoungPerson
from ..services import guardians as service


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def contact_rules(request, programme_id):
    """The rules, and for whom a guardian's yes is missing."""
    programme = open_programme(request, programme_id)
    rules = service.rules_of(programme)
    form = SafetyRulesForm(request.POST or None, instance=rules)
    if request.method == "POST" and form.is_valid():
        service.change_rules(programme=programme, by=request.membership, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect_in(request, "programmes:contact_rules", programme.pk)
    young = service.young_in(programme)
    states = service.consents_of(programme, young)
    rows = [(one, states.get(one.pk)) for one in young]
    lacking = sum(1 for _one, state in rows if state and not state.given)
    context = {"programme": programme, "form": form, "rules": rules, "rows": rows, "lacking": lacking}
    return render(request, "programmes/contact_rules.html", context)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def young_person(request, participant_id):
    """Until when somebody is under 18, who answers for them, and each answer."""
    person = _person(request, participant_id)
    young = YoungPerson.objects.visible_to(request.membership).filter(participant=person).first()
    form = YoungPersonForm(request.POST if "save" in request.POST else None, instance=young or YoungPerson())
    paper = PaperConsentForm(*((request.POST, request.FILES) if "paper" in request.POST else (None,)), prefix="paper")
    if request.method == "POST" and _act(request, person, young, form, paper):
        return redirect_in(request, "programmes:young_person", person.pk)
    consents = young.consents.select_related("by") if young and young.pk else []
    state = service.consents_of(person.programme, [person]).get(person.pk)
    context = {"person": person, "young": young, "form": form, "paper": paper, "consents": consents, "state": state}
    return render(request, "programmes/young_person.html", context)


@requires(Can.RUN_PROGRAMMES)
@require_GET
def consent_paper(request, consent_id):
    """The paper a guardian signed."""
    consent = fetch_visible(GuardianConsent, request.membership, pk=consent_id)
    if not consent.path:
        raise Http404
    record_reading("guardian’s paper", by=request.membership, about=consent)
    return private_download(consent.organisation_id, consent.path, consent.file_name)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def guardians_ask(request, programme_id):
    """Write to every guardian who has an address and has not been asked."""
    programme = open_programme(request, programme_id)
    asked = sum(
        service.ask_guardian(young=one.young, by=request.membership)
        for one, state in service.lacking(programme)
        if state.state in {"not_asked", "old"} and one.young.guardian_email
    )
    messages.success(request, _("%(n)s guardians were written to.") % {"n": asked})
    return redirect_in(request, "programmes:contact_rules", programme.pk)


@link_page(Purpose.CONSENT)
@require_http_methods(["GET", "HEAD", "POST"])
def consent_by_link(request):
    """What is agreed, and yes or no. Opening it says nothing; the answer can be changed by the same link."""
    rows = YoungPerson.objects.select_related("participant__programme__organisation", "participant__membership")
    young = rows.filter(pk=request.link.target_id).first()
    if young is None:
        raise Http404
    rules = service.rules_of(young.participant.programme)
    version = version_of(rules)
    form = ConsentForm(request.POST or None, initial={"version": version, "signed_name": young.guardian_name})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            service.answer_consent(young=young, is_yes=data["answer"] == "yes", signed_name=data["signed_name"], version=data["version"])
        except Refused as refused:
            form = ConsentForm(initial={"version": version, "signed_name": data["signed_name"], "answer": data["answer"]})
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Thank you. Your answer has arrived."))
            return redirect(request.path)
    answer = young.consents.first()
    context = {
        "young": young,
        "person": young.participant,
        "programme": young.participant.programme,
        "points": points_of(rules),
        "form": form,
        "answer": answer,
        "is_old": answer is not None and answer.version != version,
    }
    return render(request, "programmes/consent.html", context)


def _person(request, participant_id):
    rows = Participant.objects.select_related("membership", "programme__organisation")
    person = fetch_visible(Participant, request.membership, rows, pk=participant_id)
    request.programme = person.programme
    return person


def _act(request, person, young, form, paper) -> bool:
    """Save, ask or note a paper. False when a form must be shown again."""
    by = request.membership
    if "save" in request.POST:
        if not form.is_valid():
            return False
        service.save_young(participant=person, by=by, **form.cleaned_data)
        messages.success(request, _("Saved."))
    elif young is None:
        messages.info(request, _("Note first until when they are under 18."))
    elif "ask" in request.POST:
        try:
            asked = service.ask_guardian(young=young, by=by)
        except Refused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(request, _("The letter is on its way.") if asked else _("A letter went out within the last day."))
    elif "paper" in request.POST:
        if not paper.is_valid():
            return False
        data = paper.cleaned_data
        service.record_paper(young=young, is_yes=data["answer"] == "yes", signed_name=data["signed_name"], upload=data["upload"], by=by)
        messages.success(request, _("Noted."))
    return True
