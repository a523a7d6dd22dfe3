"""Mentorships by name with their numbers, for coordinators' downloads."""

from collections import defaultdict

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from checkins.models import CheckIn
from goals.models import Goal
from matching.models import Mentorship, MentorshipMember
from matching.words import listing

from ..models import SurveyRequest


def mentorship_table(programme, *, membership):
    """(header, rows): one row a mentorship the member may see. A fixed number of queries."""
    header = [_("Programme"), _("Students"), _("Mentors"), _("State"), _("Started"), _("Ends"), _("Last contact"), _("Check-ins held"), _("Goal progress, per cent"), _("Surveys answered"), _("Surveys asked")]
    found = Mentorship.objects.visible_to(membership).filter(programme=programme).order_by("started_on", "pk")
    found = list(found)
    names = defaultdict(lambda: {"student": [], "mentor": []})
    for seat in MentorshipMember.objects.filter(mentorship__in=found).select_related("participant__membership").order_by("pk"):
        names[seat.mentorship_id][seat.side].append(seat.participant.name)
    held = _counts(CheckIn.objects.filter(mentorship__in=found, status=CheckIn.Status.HELD), Count("pk"))
    best = _counts(Goal.objects.filter(mentorship__in=found).exclude(status=Goal.Status.DROPPED), Max("percent"))
    asked = SurveyRequest.objects.filter(mentorship__in=found, asked_at__isnull=False)
    all_asked = _counts(asked, Count("pk"))
    all_answered = _counts(asked, Count("pk", filter=Q(answered_at__isnull=False)))
    rows = [
        [
            programme.name,
            listing(names[row.pk]["student"]),
            listing(names[row.pk]["mentor"]),
            row.get_status_display(),
            row.started_on,
            row.ends_on,
            row.last_contact_on,
            held.get(row.pk, 0),
            best.get(row.pk, 0),
            all_answered.get(row.pk, 0),
            all_asked.get(row.pk, 0),
        ]
        for row in found
    ]
    return header, rows


def _counts(rows, what):
    return dict(rows.order_by().values("mentorship_id").annotate(n=what).values_list("mentorship_id", "n"))
