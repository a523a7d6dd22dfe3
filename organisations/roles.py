"""The poster: who can do what. Pages ask for a capability, never for a role; /o/<slug>/roles/ shows this file."""

from enum import Enum

from django.utils.translation import gettext_lazy as _

from .enums import Role


class Can(Enum):
    """One thing a person may do; the value is the sentence on the poster."""

    SEE_OWN_PAGES = _("See their own pages and their own mentorships")
    SEE_PEOPLE = _("See everybody in the organisation")
    MANAGE_PEOPLE = _("Invite people, change roles, take people out")
    MANAGE_SETTINGS = _("Change the organisation’s settings and name the lead for concerns")
    RUN_PROGRAMMES = _("Make programmes, import rosters, match, publish, remind, report")
    SEE_REPORTS = _("Read programme reports")
    SEE_TUTEES = _("Follow the students they are tutor of, without changing anything")
    COMPLETE_TRAINING = _("Fill the mentor training checklist")
    WORK_IN_MENTORSHIP = _("Work in the mentorships they belong to: agreement, goals, check-ins, surveys")
    OWN_HELP_CARD = _("Keep a card of what helps them, and choose who reads what of it")
    RAISE_CONCERN = _("Raise a concern")
    READ_CONCERNS = _("Read concerns, each reading logged")
    STAND_IN_FOR_LEAD = _("Look after a concern when the lead is away or does not answer in time")
    BREAK_GLASS = _("Open a concern in an emergency, with a reason; whoever looks after it is told at once")


class _Owner:
    role = Role.OWNER
    description = _("Answers for the organisation: people, roles, settings. Sees numbers, not conversations.")
    can = frozenset(
        {Can.SEE_OWN_PAGES, Can.SEE_PEOPLE, Can.MANAGE_PEOPLE, Can.MANAGE_SETTINGS, Can.SEE_REPORTS, Can.RAISE_CONCERN, Can.BREAK_GLASS}
    )


class _Coordinator:
    role = Role.COORDINATOR
    description = _("Runs programmes from the roster to the report.")
    can = frozenset(
        {
            Can.SEE_OWN_PAGES,
            Can.SEE_PEOPLE,
            Can.MANAGE_PEOPLE,
            Can.RUN_PROGRAMMES,
            Can.SEE_REPORTS,
            Can.RAISE_CONCERN,
        }
    )


class _Tutor:
    role = Role.TUTOR
    description = _("Knows the student at the college; follows along.")
    can = frozenset({Can.SEE_OWN_PAGES, Can.SEE_TUTEES, Can.RAISE_CONCERN})


class _Mentor:
    role = Role.MENTOR
    description = _("Walks alongside one or more students.")
    can = frozenset({Can.SEE_OWN_PAGES, Can.COMPLETE_TRAINING, Can.WORK_IN_MENTORSHIP, Can.RAISE_CONCERN})


class _Student:
    role = Role.STUDENT
    description = _("On a placement, with a mentor.")
    can = frozenset({Can.SEE_OWN_PAGES, Can.WORK_IN_MENTORSHIP, Can.OWN_HELP_CARD, Can.RAISE_CONCERN})


POSTER = {sheet.role: sheet for sheet in (_Owner, _Coordinator, _Tutor, _Mentor, _Student)}
# Not a role: one or two people are named for it, whatever else they are.
LEAD_CAN = frozenset({Can.SEE_OWN_PAGES, Can.READ_CONCERNS, Can.RAISE_CONCERN})
DEPUTY_CAN = frozenset({Can.SEE_OWN_PAGES, Can.STAND_IN_FOR_LEAD, Can.BREAK_GLASS, Can.RAISE_CONCERN})


def capabilities_of(membership) -> frozenset:
    """Everything a membership may do: the union of its roles, and what being the named lead or a deputy adds."""
    found = set()
    for role in membership.roles:
        found |= POSTER[role].can
    if membership.is_safeguarding_lead:
        found |= LEAD_CAN
    if membership.is_safeguarding_deputy:
        found |= DEPUTY_CAN
    return frozenset(found)
