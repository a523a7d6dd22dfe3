"""Who looks after a concern: the leads, their deputies, the owners; who is away; how long each has to answer."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.models import MentorshipMember
from organisations.days import local_today
from organisations.enums import Role
from organisations.models import Membership
from organisations.roles import Can

from ..enums import Level
from ..models import Absence, Safeguarding


def safeguarding() -> Safeguarding:
    """The organisation's clock and phone, or the defaults, unsaved."""
    return Safeguarding.objects.first() or Safeguarding()


def looks_after(membership) -> bool:
    """Whether concerns are part of this person's work: leads and deputies."""
    return membership.can(Can.READ_CONCERNS) or membership.can(Can.STAND_IN_FOR_LEAD)


def leads() -> list[Membership]:
    """The named leads of the organisation that is open."""
    return list(Membership.objects.present().filter(is_safeguarding_lead=True))


def readers_now(organisation, at=None) -> list[Membership]:
    """Who would be asked about a concern raised at this moment, for the page that says who reads it; nobody where nobody is named."""
    if not at_level(Level.LEAD, None) and not at_level(Level.DEPUTY, None):
        return []
    return first_asked(mentorship=None, not_for_lead=False, organisation=organisation, at=at)[1]


def first_asked(*, mentorship, not_for_lead, organisation, at=None) -> tuple[Level, list[Membership]]:
    """(level, people) to ask first. Nobody is asked about their own mentorship; who is away is passed over while somebody is not."""
    start = Level.DEPUTY if not_for_lead else Level.LEAD
    for level in [one for one in Level if one >= start]:
        people = _present(at_level(level, mentorship), organisation, at)
        if people:
            return level, people
    lonely = at_level(start, mentorship)  # all are away: the first in line all the same, the clock goes on
    return start, lonely


def next_asked(*, level, mentorship, organisation, at=None) -> tuple[Level, list[Membership]] | None:
    """The next level with anybody, or None after the owners."""
    for higher in [one for one in Level if one > level]:
        people = at_level(higher, mentorship)
        people = _present(people, organisation, at) or people
        if people:
            return higher, people
    return None


def at_level(level, mentorship) -> list[Membership]:
    """Everybody of a level who does not belong to the mentorship."""
    chosen = {
        Level.LEAD: Q(is_safeguarding_lead=True),
        Level.DEPUTY: Q(is_safeguarding_deputy=True, is_safeguarding_lead=False),
        Level.OWNER: Q(roles__contains=[Role.OWNER]),
    }
    people = Membership.objects.present().filter(chosen[level])
    if mentorship:
        own = MentorshipMember.objects.filter(mentorship=mentorship).values("participant__membership")
        people = people.exclude(pk__in=own)
    return list(people)


def _present(people, organisation, at):
    today = local_today(organisation, at)
    away = set(Absence.objects.on(today).filter(membership__in=people).values_list("membership_id", flat=True))
    return [one for one in people if one.pk not in away]


def today(organisation):
    """The organisation's own day."""
    return local_today(organisation)


def own_mentorships(membership):
    """Ids of the mentorships somebody belongs to or belonged to: not theirs to look into."""
    return MentorshipMember.objects.filter(participant__membership=membership).values("mentorship")


def answer_by(urgency, at=None):
    """When the clock of this urgency runs out, counted from ``at``."""
    return (at or timezone.now()) + timedelta(hours=safeguarding().hours_for(urgency))


def hours_in_words(hours) -> str:
    """ "within 1 hour", "within 24 hours", "within 3 days"."""
    if hours > 24 and hours % 24 == 0:
        return _("within %(n)s days") % {"n": hours // 24}
    return _("within an hour") if hours == 1 else _("within %(n)s hours") % {"n": hours}
