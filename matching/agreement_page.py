"""What the pages of an agreement show: the text, the names under it, what is new, and the versions before."""

from functools import cached_property

from .agreement_words import differences, fingerprint
from .expectation_presenter import Settled
from .models import AgreementLook, AgreementSignature, AgreementVersion
from .services import agreement_versions
from .services.members import present_seats


class AgreementPage:
    """The newest version for whoever came through ``door``."""

    def __init__(self, door):
        self.door, self.agreement, self.mentorship = door, door.agreement, door.mentorship
        self.seats = present_seats(self.mentorship)
        rows = AgreementSignature.objects.filter(agreement=self.agreement)
        self.all_signatures = list(rows.select_related("paper__noted_by", "participant__membership").order_by("pk"))
        self.signatures = {one.participant_id: one for one in self.all_signatures if one.number == self.agreement.number}
        self.versions = list(AgreementVersion.objects.filter(agreement=self.agreement).select_related("made_by__membership"))
        self.kept = next((one for one in self.versions if one.number == self.agreement.number), None)

    @cached_property
    def text(self):
        return self.kept.text if self.kept else agreement_versions.moving_text(self.agreement)

    @property
    def seen(self):
        return self.kept.sha256 if self.kept else fingerprint(self.text)

    @cached_property
    def settled(self):
        return Settled(self.mentorship, self.door.membership)

    @property
    def people(self):
        """Everybody who is to sign or has signed: {"name", "side", "signature"}."""
        there = {seat.participant_id for seat in self.seats}
        rows = [_row(seat.participant, self.signatures.get(seat.participant_id)) for seat in self.seats]
        return rows + [_row(one.participant, one) for key, one in self.signatures.items() if key not in there]

    @property
    def unsigned_seats(self):
        return [seat for seat in self.seats if seat.participant_id not in self.signatures]

    @property
    def mine(self):
        return self.signatures.get(self.door.participant.pk) if self.door.participant else None

    @property
    def may_sign(self):
        return self.door.acts and self.mine is None

    @property
    def may_note(self):
        """Whether there is a name to note as signed elsewhere."""
        return self.mentorship.is_active and bool(self.unsigned_seats)

    @cached_property
    def news(self):
        """What a new version would change, part by part; [] while the text still moves by itself, and where it would not change."""
        if not self.mentorship.is_active or not self.signatures:
            return []
        return differences(self.text, agreement_versions.next_text(self.agreement))

    @property
    def may_amend(self):
        return self.door.acts and bool(self.news)

    @cached_property
    def before(self):
        """Earlier versions, the newest first, each with its ``url``."""
        found = [one for one in self.versions if one.number < self.agreement.number]
        for one in found:
            one.url = self.door.url("agreement_version", one.number)
        return found

    @property
    def holds(self):
        """The version everybody signed last, while the newest one waits for names; else None."""
        return None if self.agreement.signed_at else next((one for one in self.before if one.signed_at), None)

    @property
    def changes(self):
        """What is new against the version before; [] for the first."""
        return differences(self.before[0].text, self.text) if self.before else []

    @cached_property
    def looks(self):
        """Participant's key -> what they said when the review asked; {} where none asks."""
        if self.agreement.look_again_since is None:
            return {}
        rows = AgreementLook.objects.filter(agreement=self.agreement, since=self.agreement.look_again_since)
        return {one.participant_id: one.fits for one in rows}

    @property
    def asks_whether_it_fits(self):
        """Whether the review waits for this reader's word."""
        return self.door.acts and self.agreement.look_again_since is not None and self.door.participant.pk not in self.looks

    @property
    def wants_to_talk(self):
        """First names of the others who said that something does not fit."""
        me = self.door.participant.pk if self.door.participant else None
        return [
            seat.participant.membership.first_name
            for seat in self.seats
            if self.looks.get(seat.participant_id) is False and seat.participant_id != me
        ]


class VersionPage:
    """One kept version: what it said, who signed it when, and what it changed."""

    def __init__(self, door, kept):
        self.door, self.kept, self.text = door, kept, kept.text
        rows = AgreementSignature.objects.filter(agreement=door.agreement, number=kept.number)
        self.signatures = list(rows.select_related("paper__noted_by", "participant__membership").order_by("pk"))
        earlier = AgreementVersion.objects.filter(agreement=door.agreement, number__lt=kept.number).first()
        self.changes = differences(earlier.text, kept.text) if earlier else []

    @property
    def is_newest(self):
        return self.kept.number == self.door.agreement.number


def _row(participant, signature):
    return {"name": participant.membership.name, "side": participant.get_side_display(), "signature": signature}
