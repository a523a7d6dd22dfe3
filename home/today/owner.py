"""The owner's day: people, what is not set up yet, numbers. No conversations."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from checkins.models import CheckIn
from matching.enums import MentorshipStatus
from matching.models import Mentorship
from organisations.enums import Role
from organisations.models import Membership
from programmes.models import Programme

from ..addresses import page
from .counting import count_all


@dataclass(frozen=True)
class Missing:
    """Something that should be set up before people rely on it."""

    title: str
    why: str
    url: str
    action: str
    icon: str
    kind: str = "warn"


def counts(organisation, today) -> dict[str, int]:
    """All of the owner's numbers in one query."""
    people = Membership.objects.present()
    open_programmes = Programme.objects.filter(closed_at=None, ends_on__gte=today)
    running = Mentorship.objects.filter(status=MentorshipStatus.ACTIVE)
    return count_all(
        organisation,
        people=people,
        **{role: people.with_role(role) for role in Role.values},
        leads=people.filter(is_safeguarding_lead=True),
        not_joined=people.filter(user=None),
        programmes=open_programmes,
        running=open_programmes.filter(starts_on__lte=today),
        mentorships=running,
        ended=Mentorship.objects.exclude(status=MentorshipStatus.ACTIVE),
        held=CheckIn.objects.held(),
    )


def kpis(organisation, numbers) -> list[dict]:
    people = page(organisation, "organisations:people")
    return [
        {"value": numbers["student"], "label": _("students"), "url": f"{people}?role=student"},
        {"value": numbers["mentor"], "label": _("mentors"), "url": f"{people}?role=mentor"},
        {
            "value": numbers["mentorships"],
            "label": _("mentorships running") + (" · " + _("%(n)s ended") % {"n": numbers["ended"]} if numbers["ended"] else ""),
        },
        {"value": numbers["held"], "label": _("check-ins held so far")},
    ]


def warnings(organisation, numbers) -> list[Missing]:
    """What is missing, the most serious first."""
    found = []
    if not numbers["leads"]:
        found.append(
            Missing(
                _("Nobody is named to receive concerns"),
                _("Until you name a lead, a worry that somebody raises reaches only the owners."),
                page(organisation, "organisations:settings"),
                _("Name a lead"),
                "shield-alert",
                "bad",
            )
        )
    if not numbers["coordinator"]:
        found.append(
            Missing(
                _("There is no coordinator yet"),
                _("A coordinator makes programmes, brings in rosters and matches people."),
                page(organisation, "organisations:person_add"),
                _("Add a coordinator"),
                "user-plus",
            )
        )
    if not organisation.contact_email:
        found.append(
            Missing(
                _("Letters have no contact address"),
                _("People who get a letter should know whom to write to."),
                page(organisation, "organisations:settings"),
                _("Add an address"),
                "at-sign",
            )
        )
    return found


def role_rows(organisation, numbers) -> list[dict]:
    """[{"label", "count", "url"}] of the roles on the poster."""
    people = page(organisation, "organisations:people")
    return [{"label": label, "count": numbers[value], "url": f"{people}?role={value}"} for value, label in Role.choices]
