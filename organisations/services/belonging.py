"""Where somebody who has signed in belongs."""

from common.tenancy import user_scope

from ..models import Membership


def memberships_of(user) -> list[Membership]:
    """This user's own memberships in every organisation they have not left, with the organisation, by its name: one query."""
    with user_scope(user.pk):
        rows = Membership.unscoped.filter(user=user.pk, left_at=None).select_related("organisation")
        return list(rows.order_by("organisation__name", "pk"))
