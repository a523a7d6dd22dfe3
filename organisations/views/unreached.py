"""The call list: whom mail does not reach, and what a coordinator does about it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from ..access import redirect_in, requires
from ..forms import CallForm
from ..roles import Can
from ..services.unreached import call_list, note_call, open_rows, try_again

PER_PAGE = 25


@requires(Can.RUN_PROGRAMMES)
@require_GET
def calls(request):
    return _page(request)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def called(request, address_id):
    row, form = _row_or_404(request, address_id), CallForm(request.POST)
    if not form.is_valid():
        return _page(request, wrong=(row.pk, form), status=422)
    note_call(row=row, note=form.cleaned_data["note"], by=request.membership)
    messages.success(request, _("Noted."))
    return redirect_in(request, "organisations:calls")


@requires(Can.RUN_PROGRAMMES)
@require_POST
def again(request, address_id):
    row = _row_or_404(request, address_id)
    count = try_again(row=row, by=request.membership)
    words = ngettext("%(n)d letter goes there again.", "%(n)d letters go there again.", count) % {"n": count}
    messages.success(request, words if count else _("The next letter goes there again."))
    return redirect_in(request, "organisations:calls")


def _page(request, *, wrong=(None, None), status=200):
    page = Paginator(open_rows(request.membership.organisation_id), PER_PAGE).get_page(request.GET.get("page"))
    people = call_list(membership=request.membership, rows=page.object_list)
    for one in people:
        one.form = wrong[1] if one.row.pk == wrong[0] else CallForm(auto_id=f"id_{one.row.pk}_%s")
    return render(request, "organisations/calls.html", {"page": page, "people": people}, status=status)


def _row_or_404(request, address_id):
    row = open_rows(request.membership.organisation_id).filter(pk=address_id).first()
    if row is None:
        raise Http404
    return row
