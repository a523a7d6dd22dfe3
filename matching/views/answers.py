"""A proposal as one of its two people sees it: who, why, yes or no. Signed in, or by signed link."""

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.attempts import try_to
from organisations.access import fetch_visible, link_page, redirect_in, requires
from organisations.enums import Purpose
from organisations.roles import Can
from organisations.services import links
from programmes.enums import Side
from programmes.models import Placement

from .. import words
from ..enums import ProposalStatus
from ..fit_presenter import fit_lines, own_lines
from ..forms import AnswerForm, FitCardForm
from ..models import FitCard, Proposal
from ..services import answers
from ..services.fit_cards import lines_of, send_fit_card
from ..services.letters import other_of, role_word
from ..services.settling import together

WITH_US = (ProposalStatus.PUBLISHED, ProposalStatus.ACCEPTED)  # who is, or may yet be, in a group

@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, proposal_id):
    proposal = fetch_visible(Proposal, request.membership, _rows(), pk=proposal_id)
    side = _side_of(proposal, request.membership)
    if side is None:  # a coordinator
        if request.method == "POST":
            raise PermissionDenied
        return redirect_in(request, "matching:student", proposal.programme_id, proposal.student_id)
    request.programme = proposal.programme
    return _page(request, proposal, side)


@link_page(Purpose.PROPOSAL)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request):
    proposal = _rows().filter(pk=request.link.target_id, published_at__isnull=False).first()
    side = _side_of(proposal, request.membership) if proposal and request.membership else None
    if side is None:
        raise Http404
    return _page(request, proposal, side)


def _rows():
    return Proposal.objects.select_related("programme", "organisation", "student__membership", "mentor__membership")


def _side_of(proposal, membership):
    return {proposal.student.membership_id: Side.STUDENT, proposal.mentor.membership_id: Side.MENTOR}.get(membership.pk)


def _page(request, proposal, side):
    """GET shows and never acts: mail scanners open links. A mentor of a group answers for all of it on one page."""
    group = _group(proposal) if side == Side.MENTOR and proposal.group is not None else []
    asked = [one for one in group or [proposal] if one.status == ProposalStatus.PUBLISHED]
    if asked and proposal not in asked:
        proposal = asked[0]  # the student whose letter led here has said no; the others are still to be answered
    mine = proposal.answers.filter(side=side).first()
    cards = {(one.proposal_id, one.side): one for one in FitCard.objects.visible_to(request.membership).filter(proposal__in=asked or group or [proposal])}
    sends_card = request.method == "POST" and request.POST.get("act") == "card"
    card = next((cards[one.pk, side] for one in asked or [proposal] if (one.pk, side) in cards), None)
    card_form = FitCardForm(request.POST if sends_card else None, side=side, fit=card.fit if card else None, group=bool(group))
    form = AnswerForm(request.POST if request.method == "POST" and not sends_card else None, initial=_as_initial(mine))
    is_open = bool(asked)
    if request.method == "POST" and (not is_open or (card_form if sends_card else form).is_valid()):
        (_send_card if sends_card else _answer)(request, proposal, side, (card_form if sends_card else form) if is_open else None)
        return redirect(request.path)
    lines = {one.pk: lines_of([card for (pk, _side), card in cards.items() if pk == one.pk]) for one in group or [proposal]}
    has_all = all((one.pk, side) in cards for one in asked)
    asks = is_open and (not has_all or sends_card or "change" in request.GET) and (bool(group) or not lines[proposal.pk])
    context = _about_group(group, lines) if group else _about_pair(proposal, side, lines[proposal.pk])
    return render(
        request,
        "matching/answer_group.html" if group else "matching/answer.html",
        context
        | {
            "proposal": proposal,
            "programme": proposal.programme,
            "form": form,
            "card_form": card_form,
            "asks": asks,
            "own_lines": [] if card is None or (lines[proposal.pk] and not group) else own_lines(card, side, group=bool(group)),
            "may_change_card": not any(lines.values()),
            "step_names": [_("Five questions"), _("Yes or no")],
            "is_open": is_open,
            "mine": mine,
            "settled": _settled(proposal, side, mine),
            "by_link": bool(getattr(request, "link", None)),
        },
    )


def _group(proposal):
    """What a mentor was asked in this group, the best fit first."""
    rows = together(proposal).filter(mentor=proposal.mentor_id, published_at__isnull=False)
    placements = Placement.objects.select_related("site__employer").order_by("starts_on")
    rows = rows.select_related("programme", "organisation", "student__membership", "mentor__membership")
    return list(rows.prefetch_related(Prefetch("student__placements", queryset=placements)).order_by("-score", "pk"))


def _about_pair(proposal, side, lines):
    person = proposal.student if side == Side.STUDENT else proposal.mentor
    other = other_of(proposal, person)
    placement = (
        Placement.objects.filter(student=proposal.student).select_related("site__employer").order_by("starts_on").first()
    )
    return {
        "lines": fit_lines(lines),
        "talks": any(line.talk for line in lines),
        "person": person,
        "other": other,
        "other_role": role_word(other.side),
        "is_student": side == Side.STUDENT,
        "placement": placement,
        "reasons": words.reasons_as_sentences(proposal.reasons_for),
        "others": together(proposal).filter(published_at__isnull=False).count() - 1 if proposal.group is not None else 0,
        "in_group": proposal.group is not None,
    }


def _about_group(group, lines):
    """Of each student what a mentor sees of one: who, where, why, how both answered; and who else leads the group."""
    colleagues = {
        one.mentor_id: one.mentor
        for one in together(group[0]).exclude(mentor=group[0].mentor_id).filter(status__in=WITH_US).select_related("mentor__membership")
    }
    return {
        "students": [
            {
                "person": one.student,
                "placement": next(iter(one.student.placements.all()), None),
                "reasons": words.reasons_as_sentences(one.reasons_for),
                "lines": fit_lines(lines[one.pk]),
                "talks": any(line.talk for line in lines[one.pk]),
                "is_in": one.status in WITH_US,
            }
            for one in group
        ],
        "size": sum(one.status in WITH_US for one in group),
        "colleagues": words.listing(one.name for one in colleagues.values()),
        "person": group[0].mentor,
    }


def _send_card(request, proposal, side, form):
    try_to(
        request,
        "",  # the page goes on to yes or no
        send_fit_card,
        proposal=proposal,
        side=side,
        fit=form.fit() if form else {},
        by=request.membership,
        by_link=bool(getattr(request, "link", None)),
    )


def _answer(request, proposal, side, form):
    data = form.cleaned_data if form else {"decision": request.POST.get("decision", ""), "reason": ""}
    link = getattr(request, "link", None)
    done = try_to(
        request,
        "",  # the page itself says what was answered
        answers.answer_proposal,
        proposal=proposal,
        side=side,
        decision=data["decision"],
        reason=data["reason"] if data["decision"] == "decline" else "",
        by=request.membership,
        by_link=bool(link),
    )
    if done and link:
        links.finish_link(link)


def _as_initial(mine):
    return {"reason": mine.reason} if mine else {}


def _settled(proposal, side, mine):
    """What became of it, in words for this side: it never says who said no, or why."""
    if proposal.status == ProposalStatus.ACCEPTED and proposal.group is not None:
        return _("You have said yes. Your group has begun.")
    if proposal.status == ProposalStatus.ACCEPTED:
        return _("You have both said yes. Your mentorship has begun.")
    if proposal.status == ProposalStatus.PUBLISHED:
        return ""
    if mine and mine.decision == "decline":
        return _("You said no to this suggestion. We look again, for both of you.")
    return _("This suggestion goes no further. You need not do anything: we look again, and write to you.")
