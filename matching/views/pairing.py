"""Pairing by hand, with warnings as one chooses."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from organisations.access import redirect_in, requires
from organisations.roles import Can

from .. import words
from ..forms import PairForm
from ..services import pairing
from ..services.refused import Refused
from .common import open_programme


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request, programme_id):
    programme = open_programme(request, programme_id)
    form = _form(request, programme)
    if request.method == "POST" and form.is_valid() and _paired(request, programme, form):
        return redirect_in(request, "matching:programme", programme.pk)
    return render(request, "matching/pair.html", {"programme": programme, "form": form, "judged": _judged(programme, form)})


@requires(Can.RUN_PROGRAMMES)
@require_GET
def pair_check(request, programme_id):
    """How the two chosen fit: the part of the page that htmx asks for."""
    programme = open_programme(request, programme_id)
    form = PairForm(request.GET, membership=request.membership, programme=programme)
    form.is_valid()
    return render(request, "matching/_judgement.html", {"programme": programme, "judged": _judged(programme, form)})


def _form(request, programme):
    if request.method == "POST":
        return PairForm(request.POST, membership=request.membership, programme=programme)
    start = {key: request.GET[key] for key in ("student", "mentor") if request.GET.get(key, "").isdecimal()}
    return PairForm(initial=start, membership=request.membership, programme=programme)


def _paired(request, programme, form):
    data = form.cleaned_data
    try:
        pairing.pair_by_hand(
            programme=programme, student=data["student"], mentor=data["mentor"], reason=data["reason"], by=request.membership
        )
    except Refused as refused:
        form.add_error("reason" if not data["reason"].strip() and _only_warned(programme, data) else None, str(refused))
        return False
    messages.success(
        request,
        _("%(student)s and %(mentor)s are paired. They hear of it when you publish.")
        % {"student": data["student"].name, "mentor": data["mentor"].name},
    )
    return True


def _only_warned(programme, data):
    try:
        judged = pairing.judge_pair(programme, data["student"], data["mentor"])
    except Refused:
        return False
    return bool(judged.warnings) and not judged.refused


def _judged(programme, form):
    """The pair chosen so far in words: None until both are chosen."""
    people = {}
    for side in ("student", "mentor"):
        chosen = str(form[side].value() or "")
        people[side] = form.fields[side].queryset.filter(pk=chosen).first() if chosen.isdecimal() else None
    if None in people.values():
        return None
    try:
        judged = pairing.judge_pair(programme, people["student"], people["mentor"])
    except Refused as refused:
        return people | {"refused": [str(refused)]}
    return people | {
        "score": judged.pair.score,
        "axes": words.axes(judged.pair.axes),
        "fors": [words.reason(one.code, one.params) for one in judged.pair.reasons_for],
        "against": [words.reason(one.code, one.params) for one in judged.pair.reasons_against],
        "refused": [words.as_sentence(words.rule(one)) for one in judged.refused],
        "warnings": [words.as_sentence(words.rule(one)) for one in judged.warnings],
    }
