"""What needs a coordinator, by plain rules, each with its reason in words. The lead's own list: that a concern was raised.

attention_list(membership=, programme=, today=) -> [Attention], most urgent first. The number of queries does not grow with
the rows. One mentorship is one line, however many reasons it has.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Prefetch, Q, Window
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.words import ago, day
from matching.models import ChangeRequest, EarlyEnd, MentorshipMember
from matching.services.looking import students_by_state
from matching.words import listing
from organisations.roles import Can
from organisations.services.letters import letters_for
from organisations.services.unreached import open_rows
from post.models import Letter
from programmes.models import Participant
from training.services.counting import may_have_run_out
from training.services.readiness import readiness_of

from ..models import Concern
from .handlers import looks_after
from .reasons import Watched, reasons_for, watch

CHECK_SOON_DAYS = 14
TRAINING_SOON_DAYS = 30
NAMES = 3
MATCH_BEFORE_DAYS = 14  # before a programme starts, a missing mentor is not yet a need


@dataclass(frozen=True)
class Attention:
    """One need. kind: alone, quiet, mood, missed, absent, agreement, stage, change, early, unmatched, check, training, letters, concern. urgency: 3 (now) to 1."""

    kind: str
    who: str
    why: str
    action_label: str
    url: str
    urgency: int


def attention_list(*, membership, programme=None, today) -> list[Attention]:
    """What needs this person. ``programme``: whose mentorships to look at; without one, what concerns the organisation."""
    found = []
    if looks_after(membership):
        found += _concerns(membership)
    if membership.can(Can.RUN_PROGRAMMES):
        found += _letters(membership)
        if programme is not None and programme.closed_at is None:
            found += [*_mentorships(programme, today), *_unmatched(programme, today), *_mentors(programme, today)]
    return sorted(found, key=lambda one: (-one.urgency, one.kind, one.who))


def _mentorships(programme, today):
    """What its members ask for and what the rules see, in one line: there is one thing to decide."""
    asked = defaultdict(list)
    for mentorship_id, line in [*_wishes(programme), *_done_early(programme)]:
        asked[mentorship_id].append(line)
    for one in watch(programme, today):
        reasons, said = reasons_for(one, programme, today), asked.get(one.mentorship.pk)
        if reasons and said:
            del asked[one.mentorship.pk]
            why = [*(f"{line.who}: {line.why}" for line in said), *(reason.why for reason in reasons)]
            urgency = max(row.urgency for row in [*said, *reasons])
            yield Attention(said[0].kind, _who(one), " ".join(why), said[0].action_label, said[0].url, urgency)
        elif reasons:
            first = max(reasons, key=lambda reason: reason.urgency)
            why = " ".join([first.why, *(reason.why for reason in reasons if reason is not first)])
            yield Attention(first.kind, _who(one), why, _("Open"), _page(one), first.urgency)
    for lines in asked.values():
        yield from lines


def _wishes(programme):
    """Members who ask for somebody else or to stop, until it is settled: (mentorship, line). The reason stands on the page."""
    rows = ChangeRequest.objects.filter(mentorship__programme=programme, settled_at=None).order_by("asked_at")
    for one in rows.select_related("participant__membership", "organisation"):
        url = reverse("matching:end", args=[one.organisation.slug, one.mentorship_id])
        wish = _("Asks for somebody else") if one.wish == ChangeRequest.Wish.ANOTHER else _("Asks to stop")
        yield one.mentorship_id, Attention("change", one.participant.name, f"{wish}, {ago(one.asked_at)}.", _("Decide"), url, 2)


def _done_early(programme):
    """Members who say that they are done, until the others or a coordinator say so too: (mentorship, line), one for each."""
    said = {}
    rows = EarlyEnd.objects.filter(mentorship__programme=programme, mentorship__status="active").order_by("said_at", "pk")
    for one in rows.select_related("participant__membership", "organisation"):
        said.setdefault(one.mentorship_id, []).append(one)
    for mentorship_id, ones in said.items():
        url = reverse("matching:end", args=[ones[0].organisation.slug, mentorship_id])
        why = _("Says that they have done what they set out to do, %(when)s.") % {"when": ago(ones[0].said_at)}
        yield mentorship_id, Attention("early", listing(one.participant.name for one in ones), why, _("Confirm"), url, 1)


def _who(watched: Watched):
    return listing(name for name in (watched.people.student_names, watched.people.mentor_names) if name)


def _page(watched):
    return watched.mentorship.get_absolute_url()


def _unmatched(programme, today):
    """Students without a mentor and not asked, once the programme is about to start and until it is over: one line for all of them."""
    if not programme.starts_on - timedelta(days=MATCH_BEFORE_DAYS) <= today <= programme.ends_on:
        return
    without = students_by_state(programme)["looking"].select_related("membership").order_by("id")
    first = list(without.annotate(all=Window(Count("pk")))[:NAMES])
    if not first:
        return
    count, names = first[0].all, [student.name for student in first]
    more = ", …" if count > NAMES else ""
    yield Attention(
        "unmatched",
        ngettext("%(n)d student has no mentor", "%(n)d students have no mentor", count) % {"n": count},
        ", ".join(names) + more,
        _("Match them"),
        reverse("matching:programme", args=[programme.organisation.slug, programme.pk]),
        2 if today >= programme.starts_on else 1,
    )


def _mentors(programme, today):
    """Mentors of running mentorships without a background check that lasts as long, or whose training runs out."""
    soon = timezone.now() + timedelta(days=TRAINING_SOON_DAYS)
    mentors = Participant.objects.mentors().active().filter(programme=programme, seats__mentorship__status="active")
    mentors = mentors.annotate(training_is_old=may_have_run_out(soon)).select_related("membership").distinct()
    short = Q(check_valid_until__lt=programme.ends_on) | Q(check_valid_until=None)
    short = short if programme.requires_background_check else Q(pk=None)
    seats = Prefetch("seats", MentorshipMember.objects.select_related("mentorship"))
    found = list(mentors.filter(short | Q(training_is_old=True)).prefetch_related(seats).order_by("check_valid_until", "id"))
    yield from _checks(programme, found, today)
    yield from _training(programme, [mentor for mentor in found if mentor.training_is_old], today)


def _training(programme, mentors, today):
    """Training that has run out, or will within a month."""
    ready = readiness_of(mentors, programmes=[programme])
    for mentor in mentors:
        until = ready[mentor.pk].valid_until
        if until is None or until > today + timedelta(days=TRAINING_SOON_DAYS):
            continue
        over = until < today
        words = _("The training ran out on %(day)s.") if over else _("The training runs out on %(day)s.")
        url = reverse("training:mentor", args=[programme.organisation.slug, mentor.pk])
        yield Attention("training", mentor.name, words % {"day": day(until, today)}, _("See what renews it"), url, 2 if over else 1)


def _checks(programme, mentors, today):
    """Background checks that run out before a mentorship ends, and those that are not there at all."""
    for mentor in mentors:
        until = mentor.check_valid_until
        ends = max(seat.mentorship.ends_on for seat in mentor.seats.all() if seat.mentorship.is_active)
        if not programme.requires_background_check or (until and until >= ends):
            continue
        if until is None:
            url = reverse("programmes:participant_edit", args=[programme.organisation.slug, mentor.pk])
            yield Attention("check", mentor.name, _("No background check is noted, and the mentorship runs."), _("Enter the date"), url, 3)
            continue
        over = until < today
        words = _("The background check ran out on %(day)s.") if over else _("The background check runs out on %(day)s.")
        soon = until < today + timedelta(days=CHECK_SOON_DAYS)
        url = reverse("organisations:person", args=[programme.organisation.slug, mentor.membership_id])
        yield Attention("check", mentor.name, words % {"day": day(until, today)}, _("Open"), url, 3 if over else 2 if soon else 1)


def _letters(membership):
    slug = membership.organisation.slug
    unreached = open_rows(membership.organisation_id).filter(called_at=None).count()
    if unreached:
        yield Attention(
            "letters",
            ngettext("Mail does not reach %(n)d person", "Mail does not reach %(n)d people", unreached) % {"n": unreached},
            _("Letters came back. Call them, then correct the address."),
            _("Call list"),
            reverse("organisations:calls", args=[slug]),
            2,
        )
    failed = letters_for(membership, status=Letter.Status.FAILED).order_by()
    failed = failed.alias(address=Lower("to_email")).exclude(address__in=open_rows(membership.organisation_id).values("email")).count()
    if failed:
        yield Attention(
            "letters",
            ngettext("%(n)d letter could not be delivered", "%(n)d letters could not be delivered", failed) % {"n": failed},
            _("The address may be wrong."),
            _("Look at them"),
            reverse("organisations:letters", args=[slug]) + "?status=failed",
            2,
        )


def _concerns(membership):
    """For who looks after concerns: that there is one, nothing else."""
    new = Concern.objects.worked_on_by(membership).waiting().count()
    if new:
        yield Attention(
            "concern",
            ngettext("A concern was raised", "%(n)d concerns were raised", new) % {"n": new},
            "",
            _("Read"),
            reverse("checkins:concerns", args=[membership.organisation.slug]),
            3,
        )


