"""Who may change whom. The poster says what a role can do; this says that nobody gives away what is not theirs to give."""

from .enums import Role
from .roles import Can

# What only those who answer for the organisation hand out.
OWNERS_TO_GIVE = {Role.OWNER}


def may_change(by, person) -> bool:
    """Owners, named leads and their deputies are changed by owners only: else changing their address would be a way into their pages."""
    if person.pk == by.pk:
        return False  # one's own name and phone stand under "Me"; one's rights are somebody else's to change
    if not by.can(Can.MANAGE_PEOPLE):
        return False
    return not _guarded(person) or by.can(Can.MANAGE_SETTINGS)


def roles_to_give(by) -> list:
    """The roles this member may give to others, in the order of the poster."""
    return [role for role in Role if role not in OWNERS_TO_GIVE or by.can(Can.MANAGE_SETTINGS)]


def may_name_lead(by) -> bool:
    return by.can(Can.MANAGE_SETTINGS)


def _guarded(person):
    return person.is_safeguarding_lead or person.is_safeguarding_deputy or bool(OWNERS_TO_GIVE & set(person.roles))
