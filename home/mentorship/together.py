"""What a mentorship's page says of the agreement, of what is settled, and of the cards students share."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from matching.expectation_topics import TOPICS
from matching.models import AgreementLook, Expectation, HelpEntry, MentorshipMember
from programmes.enums import Side

from .people import Seats


def with_together(mentorships, membership):
    """The mentorships with what ``Together`` reads for this reader: no query of their own."""
    worded = Expectation.objects.filter(mentorship=OuterRef("pk"))
    settled = worded.exclude(settled="").order_by().values("mentorship").annotate(number_of=Count("pk"))
    looks = AgreementLook.objects.filter(
        agreement__mentorship=OuterRef("pk"), since=OuterRef("agreement__look_again_since"), participant__membership=membership
    )
    students = MentorshipMember.objects.filter(mentorship=OuterRef(OuterRef("pk")), side=Side.STUDENT)
    cards = HelpEntry.objects.shared_with(membership).filter(owner__in=students.values("participant__membership"))
    return mentorships.annotate(
        settled_topics=Coalesce(Subquery(settled.values("number_of")), 0),
        has_open_wording=Exists(worded.exclude(settled_number=F("number"))),
        is_looked_at=Exists(looks),
        shared_cards=ArraySubquery(cards.order_by("owner").values("owner").distinct()),
    )


@dataclass
class Together:
    """For one reader of one mentorship that came through ``with_together``."""

    mentorship: object
    membership: object
    seats: Seats

    def __post_init__(self):
        row = self.mentorship
        self.settled, self.waits, self.all = row.settled_topics, row.has_open_wording, len(TOPICS)
        self.agreement = getattr(row, "agreement", None)
        is_member = any(person.membership_id == self.membership.pk for _side, person in self.seats.people)
        asked = self.agreement is not None and self.agreement.look_again_since is not None
        self.asks_to_look = is_member and asked and row.is_active and not row.is_looked_at

    @property
    def has_agreement(self):
        return self.agreement is not None

    @property
    def cards(self):
        """(name, url) of each student of the mentorship who lets this reader read something of their card."""
        names = {person.membership_id: person.membership.first_name for person in self.seats.students}
        slug = self.membership.organisation.slug
        return [(names[pk], reverse("matching:help_read", args=[slug, pk])) for pk in self.mentorship.shared_cards if pk in names]

    @property
    def own_card_url(self):
        """The reader's own card, for a student of the mentorship."""
        is_student = any(person.membership_id == self.membership.pk for person in self.seats.students)
        return reverse("matching:help_card", args=[self.membership.organisation.slug]) if is_student else ""

    @property
    def words(self):
        if self.is_done:
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
        return self._url("documents:agreement", self.agreement.number) if self.has_agreement else ""

    @property
    def agreement_url(self):
        return self._url("matching:agreement")

    def _url(self, name, *more):
        return reverse(name, args=[self.membership.organisation.slug, self.mentorship.pk, *more])
