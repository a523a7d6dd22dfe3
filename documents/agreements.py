"""One version of an agreement on paper: its words, the names under it, and lines for those still missing."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from matching.agreement_words import fingerprint
from matching.models import AgreementSignature
from matching.services.agreement_versions import kept_version, moving_text
from matching.services.members import present_seats

from . import rendering


@dataclass(frozen=True)
class Name:
    """Somebody who signed (``words``: as what, when and how), or who is still to sign."""

    name: str
    words: str
    signed: bool


@dataclass(frozen=True)
class AgreementSheet:
    """What the paper prints. text: matching.agreement_words.compose. mark: first letters of the text's fingerprint."""

    organisation: str
    programme: str
    number: int
    made_on: date
    text: dict
    names: tuple[Name, ...]
    mark: str
    language: str


def gather_agreement(agreement, number) -> AgreementSheet | None:
    """The sheet of one version; None where there is no such version. The newest one names also who has not signed yet."""
    kept = kept_version(agreement, number)
    if kept is None and number != agreement.number:
        return None
    text = kept.text if kept else moving_text(agreement)
    rows = AgreementSignature.objects.filter(agreement=agreement, number=number)
    signatures = list(rows.select_related("participant__membership", "paper").order_by("pk"))
    names = [Name(one.signed_name, _signed(one), signed=True) for one in signatures]
    if number == agreement.number:
        have = {one.participant_id for one in signatures}
        missing = [seat.participant for seat in present_seats(agreement.mentorship) if seat.participant_id not in have]
        names += [Name(person.name, str(person.get_side_display()).lower(), signed=False) for person in missing]
    return AgreementSheet(
        organisation=agreement.mentorship.organisation.name,
        programme=agreement.mentorship.programme.name,
        number=number,
        made_on=timezone.localdate(kept.made_at if kept else agreement.made_at),
        text=text,
        names=tuple(names),
        mark=fingerprint(text)[:12],
        language=settings.LANGUAGE_CODE,
    )


def print_agreement(sheet) -> bytes:
    """The sheet as PDF/UA-1; the same sheet gives the same bytes. Raises rendering.PaperUnavailableError."""
    return rendering.render_pdf("documents/agreement.html", {"sheet": sheet}, language=sheet.language)


def _signed(signature):
    side = str(signature.participant.get_side_display()).lower()
    day = formats.date_format(signature.signed_on, "j F Y")
    if signature.paper_id:
        return _("%(role)s, signed elsewhere %(day)s") % {"role": side, "day": day}
    return _("%(role)s, signed %(day)s") % {"role": side, "day": day}
