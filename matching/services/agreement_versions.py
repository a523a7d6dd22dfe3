"""The versions of an agreement: what holds now, word for word, and a new one beside those that were signed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from post.services.outbox import drop_letters
from training.presets import CODE_OF_CONDUCT
from training.services.code import code_of, code_version_at

from ..agreement_text import agreement_text, version_for, with_code
from ..agreement_words import compose, fingerprint
from ..models import Agreement, AgreementVersion, Expectation
from . import letters
from .members import present_seats
from .refused import Refused


def settled_of(mentorship) -> dict[str, str]:
    """Topic -> the wording that holds."""
    rows = Expectation.objects.filter(mentorship=mentorship).exclude(settled="")
    return dict(rows.values_list("topic", "settled"))


def text_from(version, *, at, settled) -> dict:
    """Our text in a version, with the code of conduct that bound at a moment and these settled wordings."""
    own = code_version_at(at)
    text = with_code(agreement_text(version), code_of(own).clauses) if own else agreement_text(version)
    return compose(text, settled, code_version=str(own.number) if own else CODE_OF_CONDUCT.version)


def kept_version(agreement, number=None) -> AgreementVersion | None:
    """The row of a version (the newest unless said), None where nothing is signed yet and the text still moves."""
    rows = AgreementVersion.objects.filter(agreement=agreement, number=number or agreement.number)
    return rows.select_related("made_by__membership").first()


def standing_text(agreement) -> dict:
    """What somebody who signs now signs."""
    kept = kept_version(agreement)
    return kept.text if kept else moving_text(agreement)


def moving_text(agreement) -> dict:
    """The text of a version that nobody has signed: it follows what is settled."""
    return text_from(agreement.version, at=agreement.made_at, settled=settled_of(agreement.mentorship))


def keep_version(agreement) -> AgreementVersion:
    """Fix the newest version's words, once; called before the first name, and before what is settled moves."""
    kept = kept_version(agreement)
    if kept:
        return kept
    text = moving_text(agreement)
    kept, _made = AgreementVersion.objects.get_or_create(
        agreement=agreement,
        number=agreement.number,
        defaults={
            "text": text,
            "sha256": fingerprint(text),
            "made_at": agreement.made_at,
            "signed_at": agreement.signed_at,
        },
    )
    return kept


def fix_before_change(mentorship):
    """What is settled is about to move: a version that somebody has signed keeps its words."""
    agreement = Agreement.objects.filter(mentorship=mentorship).first()
    if agreement and agreement.signatures.filter(number=agreement.number).exists():
        keep_version(agreement)


def next_text(agreement, *, at=None) -> dict:
    """What a new version would say today."""
    return text_from(version_for(agreement.mentorship.programme), at=at or timezone.now(), settled=settled_of(agreement.mentorship))


def amend_agreement(*, agreement, seen, by, participant=None, why="", at=None) -> Agreement:
    """Make a new version for everybody to sign; earlier ones stay, with their names. The one signed last holds until then.

    seen: the number that was newest when the page was read. Refused when somebody made one meanwhile, when nothing would
    change, and once the mentorship has ended.
    """
    at = at or timezone.now()
    with transaction.atomic():
        rows = Agreement.objects.select_for_update(of=("self",)).select_related("mentorship__programme")
        agreement = rows.get(pk=agreement.pk)
        if not agreement.mentorship.is_active:
            raise Refused(_("This mentorship has ended, so its agreement stands."))
        if seen != agreement.number:
            raise Refused(_("A new version was made a moment ago. Here it is: read it, then sign it."))
        if not agreement.signatures.filter(number=agreement.number).exists():
            raise Refused(_("Nobody has signed this version yet, so it changes by itself with what you settle."))
        text = next_text(agreement, at=at)
        if fingerprint(text) == keep_version(agreement).sha256:
            raise Refused(_("Nothing has changed since this version, so a new one would say the same."))
        agreement.number, agreement.version = agreement.number + 1, version_for(agreement.mentorship.programme)
        agreement.made_at, agreement.signed_at = at, None
        agreement.save(update_fields=["number", "version", "made_at", "signed_at"])
        AgreementVersion.objects.create(
            agreement=agreement,
            number=agreement.number,
            text=text,
            sha256=fingerprint(text),
            made_at=at,
            made_by=participant,
            why=" ".join(why.split())[:500],
        )
        drop_letters(agreement)
        letters.send_agreement_changed(agreement, [seat.participant for seat in present_seats(agreement.mentorship)])
        record("agreement changed", by=by, about=agreement, number=agreement.number)
    return agreement
