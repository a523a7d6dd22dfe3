"""The people every test may ask for: two organisations, each with one of everybody, and a stranger.

Northfield's and Riverside's people hold the same seats, so whatever Northfield may do with its own can be tried with
Riverside's. The mentor and the student share a running mentorship; the tutor is that student's tutor.
"""

from dataclasses import dataclass, field

from allauth.account.models import EmailAddress

from checkins.limits import VERSION
from checkins.models import LimitsRead
from common.tenancy import organisation_scope
from organisations.models import Membership, Organisation
from tests import factories as make

ROLES = ["owner", "coordinator", "mentor", "student", "tutor"]


@dataclass
class House:
    """One organisation with its people and their rows."""

    organisation: Organisation
    people: dict[str, Membership] = field(default_factory=dict)
    programme: object = None
    student: object = None  # participants
    mentor: object = None
    placement: object = None
    mentorship: object = None
    other_mentorship: object = None  # nobody of the cast belongs to it
    lead: Membership = None  # the named lead for concerns: nobody's coordinator, mentor or tutor

    def scope(self):
        return organisation_scope(self.organisation.pk)


def seat(slug) -> House:
    """Make one organisation and its cast."""
    house = House(make.OrganisationFactory(slug=slug, name=f"{slug.title()} College"))
    with house.scope():
        for role in [*ROLES, "lead"]:
            house.people[role] = person(role, f"{role}@{slug}.example", roles=[] if role == "lead" else [role])
        house.lead = house.people["lead"]
        Membership.objects.filter(pk=house.lead.pk).update(is_safeguarding_lead=True)
        house.lead.refresh_from_db()
        for one in house.people.values():
            LimitsRead.objects.create(membership=one, version=VERSION)
        house.programme = make.ProgrammeFactory(name=f"Autumn placements at {slug}")
        house.student = make.StudentFactory(
            programme=house.programme, membership=house.people["student"], tutor=house.people["tutor"]
        )
        house.mentor = make.MentorFactory(programme=house.programme, membership=house.people["mentor"])
        house.placement = make.PlacementFactory(student=house.student)
        house.mentorship = make.MentorshipFactory(
            programme=house.programme, placement=house.placement, student=house.student, mentor=house.mentor
        )
        house.other_mentorship = make.MentorshipFactory(programme=house.programme)
    return house


def person(name, email, *, roles):
    """A member who can sign in."""
    user = make.UserFactory(email=email, name=f"{name.title()} Example")
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return make.MembershipFactory(user=user, first_name=name.title(), email=email, roles=roles)
