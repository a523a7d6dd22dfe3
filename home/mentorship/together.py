"""What a mentorship's page says of the agreement, of what is settled, and of the cards students share."""

from dataclasses import dataclass, field

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from matching.expectation_topics import TOPICS
from matching.models import AgreementLook, Expectation, HelpEntry

from .people import Seats


@dataclass
class Together:
    """For one reader of one mentorship, in two or three queries."""

    mentorship: object
    membership: object
    seats: Seats
    settled: int = 0
    waits: bool = False  # a wording waits for somebody's yes
    asks_to_look: bool = False
    all: int = field(default=len(TOPICS))

    def __post_init__(self):
        rows = Expectation.objects.filter(mentorship=self.mentorship)
        counted = rows.aggregate(settled=Count("pk", filter=~Q(settled="")), open=Count("pk", filter=~Q(settled_number=F("number"))))
        self.settled, self.waits = counted["settled"], bool(counted["open"])
        agreement = getattr(self.mentorship, "agreement", None)
        self.has_agreement = agreement is not None
        self.cards = self._cards()
        me = next((person for _side, person in self.seats.people if person.membership_id == self.membership.pk), None)
        if me and agreement and agreement.look_again_since and self.mentorship.is_active:
            looked = AgreementLook.objects.filter(agreement=agreement, participant=me, since=agreement.look_again_since)
            self.asks_to_look = not looked.exists()

    def _cards(self):
        """(name, url) of each student of the mentorship who lets this reader read something of their card."""
        students = {person.membership_id: person.membership.first_name for person in self.seats.students}
        owners = HelpEntry.objects.shared_with(self.membership).filter(owner__in=students).order_by("owner")
        slug = self.membership.organisation.slug
        return [(students[pk], reverse("matching:help_read", args=[slug, pk])) for pk in owners.values_list("owner", flat=True).distinct()]

    @property
    def own_card_url(self):
        """The reader's own card, for a student of the mentorship."""
        is_student = any(person.membership_id == self.membership.pk for person in self.seats.students)
        return reverse("matching:help_card", args=[self.membership.organisation.slug]) if is_student else ""

    @property
    def words(self):
        if self.settled == self.all and not self.waits:
            return _("Everything is settled")
        return _("%(done)s of %(all)s settled") % {"done": self.settled, "all": self.all}

    @property
    def is_done(self):
        return self.settled == self.all and not self.waits

    @property
    def url(self):
        return self._url("matching:expectations")

    @property
    def pdf_url(self):
        """The newest version on paper; "" without an agreement."""
        if not self.has_agreement:
            return ""
        args = [self.membership.organisation.slug, self.mentorship.pk, self.mentorship.agreement.number]
        return reverse("documents:agreement", args=args)

    @property
    def agreement_url(self):
        return self._url("matching:agreement")

    def _url(self, name):
        return reverse(name, args=[self.membership.organisation.slug, self.mentorship.pk])
