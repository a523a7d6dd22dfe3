"""The ways to an agreement: signed in, or by the signed link of a member."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from organisations.access import fetch_visible

from ..models import Agreement
from ..services.members import present_seats

PAGES = ("agreement_amend", "expectations", "expectations_answer", "expectations_draft", "still_fits")
_ROWS = ("mentorship__programme", "mentorship__organisation")


@dataclass
class Door:
    """An agreement as somebody came to it. ``participant``: the one who may act; None for readers and for who has left."""

    agreement: Agreement
    args: list
    ending: str
    membership: object
    participant: object = None

    @property
    def mentorship(self):
        return self.agreement.mentorship

    @property
    def by_link(self):
        return bool(self.ending)

    @property
    def acts(self):
        return self.participant is not None and self.mentorship.is_active

    def url(self, name, *more):
        return reverse(f"matching:{name}{self.ending}", args=[*self.args, *more])

    @property
    def agreement_page(self):
        return self.url("agreement")

    def __getattr__(self, name):
        """``door.expectations``: the address of a page that needs nothing more than the agreement."""
        if name in PAGES:
            return self.url(name)
        raise AttributeError(name)


def signed_in(request, mentorship_id) -> Door:
    rows = Agreement.objects.select_related(*_ROWS)
    found = fetch_visible(Agreement, request.membership, rows, mentorship_id=mentorship_id)
    request.programme = found.mentorship.programme
    args = [request.organisation.slug, found.mentorship_id]
    return Door(found, args, "", request.membership, _own(found, request.membership))


def by_link(request) -> Door:
    """The door of a signed link, which is its holder's alone: Http404 where they have no seat in the mentorship."""
    if request.membership is None:
        raise Http404
    rows = Agreement.objects.select_related(*_ROWS).visible_to(request.membership)
    found = rows.filter(pk=request.link.target_id, mentorship__members__participant__membership=request.membership).first()
    if found is None:
        raise Http404
    args = [request.resolver_match.kwargs["token"]]
    return Door(found, args, "_by_link", request.membership, _own(found, request.membership))


def require_member(door):
    """PermissionDenied for whoever only reads."""
    if door.participant is None:
        raise PermissionDenied


def _own(agreement, membership):
    seats = present_seats(agreement.mentorship)
    return next((one.participant for one in seats if one.participant.membership_id == membership.pk), None)
