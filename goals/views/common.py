"""What the views of goals share."""

from django.contrib import messages
from django.utils.translation import gettext as _

from matching.models import Mentorship
from organisations.access import fetch_visible

from .. import rights


def fetch_mentorship(request, mentorship_id):
    rows = Mentorship.objects.select_related("programme", "placement", "organisation")
    mentorship = fetch_visible(Mentorship, request.membership, rows, pk=mentorship_id)
    request.programme, request.mentorship = mentorship.programme, mentorship
    return mentorship


def fetch_goal(request, goal_id):
    goal = rights.fetch_goal(request.membership, goal_id)
    request.programme, request.mentorship = goal.mentorship.programme, goal.mentorship
    return goal


def still_runs(request, mentorship):
    """Whether the mentorship can be changed; else it says why not."""
    if not mentorship.is_active:
        messages.info(request, _("This mentorship has ended: its goals can be read, not changed."))
    return mentorship.is_active


def limits_of(mentorship):
    """(first, last) day a goal may be due on: the placement's and the mentorship's together."""
    placement = mentorship.placement
    if placement:
        return min(placement.starts_on, mentorship.started_on), max(placement.ends_on, mentorship.ends_on)
    return mentorship.started_on, mentorship.ends_on
