"""What a member's day says of agreements: one to sign, one to look at again, wordings that wait for a yes. One query for all."""

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from matching.models import Agreement, AgreementLook, AgreementSignature, Expectation, ExpectationYes

from ..addresses import page


def agreement_tasks(organisation, membership, cards):
    """What ``Task`` takes, for the running mentorships of the cards: one thing each, first what waits for a yes."""
    names = {card.mentorship.pk: card.name for card in cards}
    for agreement in _rows(membership, names):
        name, number = names[agreement.mentorship_id], agreement.mentorship_id
        unsigned = agreement.signed_at is None and not agreement.is_mine
        if agreement.has_wording:
            why = _("Read the words, then say yes or propose others.")
            yield {
                "title": _("Something to settle with %(name)s waits for your yes") % {"name": name},
                "why": why + " " + _("Then the agreement can be signed.") if unsigned else why,
                "url": page(organisation, "matching:expectations", number),
                "action": _("Read it"),
                "icon": "messages-square",
                "kind": "warn" if unsigned else "",
            }
        elif unsigned:
            yield {
                "title": _("Sign the agreement with %(name)s") % {"name": name},
                "why": _("It says how you will work together, what stays between you, and where that ends."),
                "url": page(organisation, "matching:agreement", number),
                "action": _("Read and sign"),
                "icon": "signature",
                "kind": "warn",
            }
        elif agreement.look_again_since and not agreement.is_looked_at:
            yield {
                "title": _("Does the agreement with %(name)s still fit?") % {"name": name},
                "why": _("You are half-way: read once more what you settled, and say so if something should change."),
                "url": page(organisation, "matching:agreement", number),
                "action": _("Look again"),
                "icon": "signature",
            }


def _rows(membership, names):
    me = {"participant__membership": membership}
    mine = AgreementSignature.objects.standing().filter(agreement=OuterRef("pk"), **me)
    looks = AgreementLook.objects.filter(agreement=OuterRef("pk"), since=OuterRef("look_again_since"), **me)
    yeses = ExpectationYes.objects.filter(expectation=OuterRef("pk"), number=OuterRef("number"), **me)
    worded = Expectation.objects.filter(~Exists(yeses), mentorship=OuterRef("mentorship")).exclude(settled_number=F("number"))
    rows = Agreement.objects.filter(mentorship__in=names)
    return rows.annotate(is_mine=Exists(mine), is_looked_at=Exists(looks), has_wording=Exists(worded)).order_by("pk")
