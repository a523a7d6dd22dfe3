"""The small buttons of the list: each changes one proposal and goes back."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.attempts import try_to
from organisations.access import fetch_visible, requires
from organisations.roles import Can

from ..models import Proposal
from ..services import proposals
from .common import back_or


@requires(Can.RUN_PROGRAMMES)
@require_POST
def lock(request, proposal_id):
    return _change(
        request, proposal_id, proposals.lock_proposal, _("%(student)s and %(mentor)s are locked: further runs keep them.")
    )


@requires(Can.RUN_PROGRAMMES)
@require_POST
def unlock(request, proposal_id):
    return _change(request, proposal_id, proposals.unlock_proposal, _("%(student)s and %(mentor)s are unlocked."))


@requires(Can.RUN_PROGRAMMES)
@require_POST
def remove(request, proposal_id):
    return _change(
        request,
        proposal_id,
        proposals.remove_proposal,
        _("%(student)s with %(mentor)s is removed, and will not be suggested again. You find it under “Removed”."),
    )


@requires(Can.RUN_PROGRAMMES)
@require_POST
def put_back(request, proposal_id):
    return _change(request, proposal_id, proposals.put_back, _("%(student)s with %(mentor)s is back."))


@requires(Can.RUN_PROGRAMMES)
@require_POST
def allow(request, proposal_id):
    return _change(request, proposal_id, proposals.allow_again, _("%(student)s and %(mentor)s may be suggested again."))


@requires(Can.RUN_PROGRAMMES)
@require_POST
def withdraw(request, proposal_id):
    return _change(
        request, proposal_id, proposals.withdraw_proposal, _("%(student)s with %(mentor)s is taken back. Both are told.")
    )


def _change(request, proposal_id, service, done):
    rows = Proposal.objects.select_related("student__membership", "mentor__membership")
    proposal = fetch_visible(Proposal, request.membership, rows, pk=proposal_id)
    names = {"student": proposal.student.name, "mentor": proposal.mentor.name}
    programme_id = proposal.programme_id
    try_to(request, done % names, service, proposal=proposal, by=request.membership)
    return back_or(request, "matching:programme", programme_id)
