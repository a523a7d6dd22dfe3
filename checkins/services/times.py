"""Times that somebody proposes and the others pick from. Picking makes the check-in, and puts it into everybody's calendar.

The mentorship's row is held first, as everywhere, so of two picks at once the second meets AlreadySettled.
"""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from common.words import day_time
from matching.models import Mentorship
from matching.services.refused import Refused
from organisations.days import zone_of
from organisations.enums import Purpose
from organisations.services import links
from post.services.bulk import Draft, queue_letters
from post.services.outbox import drop_letters, label

from ..enums import ProposalState
from ..models import CheckIn, TimeOption, TimesProposal, TimeYes
from . import planning
from .calendar_letters import clock_words
from .members import people_of

MOST_TIMES = 5


class AlreadySettled(Refused):
    """Somebody was quicker, or the proposal is over. ``times``: as it stands now."""

    def __init__(self, times):
        words = {
            ProposalState.SETTLED: _("A time is settled already. Nothing was changed."),
            ProposalState.ANSWERED: _("Other times were proposed since. Please look at those."),
            ProposalState.WITHDRAWN: _("These times were taken back."),
        }
        super().__init__(words[times.state])
        self.times = times


def propose_times(*, mentorship, moments, minutes, place="", note="", check_in=None, answers=None, by, at=None) -> TimesProposal:
    """Propose one to five times, and ask the other members. The same once more gives what is there.

    check_in: the planned one that is to get a time; None for one more. answers: the proposal of which none suits: it is over.
    """
    at, moments = at or timezone.now(), sorted(set(moments))
    if not 1 <= len(moments) <= MOST_TIMES:
        raise Refused(_("Propose one to five times."))
    with transaction.atomic():
        mentorship = _held(mentorship)
        if not mentorship.is_active:
            raise Refused(_("This mentorship has ended, so nothing more can be planned or noted."))
        for moment in moments:
            planning.check_day(mentorship, planning.day_of(mentorship, moment))
            planning.check_time(mentorship, moment, minutes, at)
        if check_in is None:
            planning.require_room(mentorship, moments[0], minutes, by)
        there = _twin(mentorship, by, moments)
        if there:
            return there
        _close_earlier(mentorship, check_in, answers)
        times = TimesProposal.objects.create(
            mentorship=mentorship, check_in=check_in, proposed_by=by, proposed_at=at, minutes=minutes, place=place.strip(), note=note.strip()
        )
        TimeOption.objects.bulk_create(
            TimeOption(organisation_id=mentorship.organisation_id, times=times, starts_at=moment) for moment in moments
        )
        record("times proposed", by=by, about=times, number=len(moments))
        _ask(times, moments, at)
    return times


def say_yes(*, times, option, by, at=None) -> CheckIn | None:
    """A time suits this member. Once it suits everybody who was asked, it is settled: the check-in, else None."""
    at = at or timezone.now()
    with transaction.atomic():
        times = _locked(times)
        option, me = times.options.get(pk=option.pk), _participant(times, by)
        _require_to_come(option, at)
        TimeYes.objects.filter(times=times, participant=me, option=None).delete()
        TimeYes.objects.get_or_create(times=times, participant=me, option=option, defaults={"said_at": at})
        waiting = {one.pk for one in asked_of(times)} - set(option.yeses.values_list("participant", flat=True))
        return None if waiting else _settle(times, option, by, at)


def settle_time(*, times, option, by, at=None) -> CheckIn:
    """Take one of the times although not everybody has said yes: whoever proposed them decides, or a coordinator."""
    at = at or timezone.now()
    with transaction.atomic():
        times = _locked(times)
        option = times.options.get(pk=option.pk)
        _require_to_come(option, at)
        return _settle(times, option, by, at)


def say_none(*, times, by, at=None) -> None:
    """None of them suits this member. Whoever proposed them gets a letter."""
    at = at or timezone.now()
    with transaction.atomic():
        times = _locked(times)
        me = _participant(times, by)
        TimeYes.objects.filter(times=times, participant=me).exclude(option=None).delete()
        _row, is_new = TimeYes.objects.get_or_create(times=times, participant=me, option=None, defaults={"said_at": at})
        if is_new and times.proposed_by and times.proposed_by != by:
            _tell_none(times, by, at)


def take_back(*, times, by) -> None:
    """The times no longer stand. Letters that wait are taken back."""
    with transaction.atomic():
        times = _locked(times)
        _close(times, ProposalState.WITHDRAWN)
        record("times taken back", by=by, about=times)


def asked_of(times) -> list:
    """The members who are asked: everybody there but whoever proposed the times."""
    everybody = people_of([times.mentorship_id])[times.mentorship_id].everybody
    return [one for one in everybody if one.membership_id != times.proposed_by_id]


def _settle(times, option, by, at):
    mentorship = times.mentorship
    what = {
        "due_on": planning.day_of(mentorship, option.starts_at),
        "starts_at": option.starts_at,
        "minutes": times.minutes,
        "place": times.place,
        "by": by,
        "at": at,
    }
    planned = times.check_in if times.check_in and times.check_in.is_planned else None
    row = planning.move_check_in(check_in=planned, **what) if planned else planning.add_check_in(mentorship=mentorship, **what)
    times.check_in, times.settled_at = row, at
    _close(times, ProposalState.SETTLED)
    record("time settled", by=by, about=times)
    return row


def _close(times, state):
    times.state = state
    times.save(update_fields=["state", "check_in", "settled_at"])
    drop_letters(times)


def _close_earlier(mentorship, check_in, answers):
    """One set of times for one check-in: what was proposed before is over."""
    open_ = TimesProposal.objects.select_for_update(of=("self",)).filter(mentorship=mentorship).open()
    for row in open_:
        if answers is not None and row.pk == answers.pk:
            _close(row, ProposalState.ANSWERED)
        elif check_in is not None and row.check_in_id == check_in.pk:
            _close(row, ProposalState.WITHDRAWN)


def _twin(mentorship, by, moments):
    rows = TimesProposal.objects.filter(mentorship=mentorship, proposed_by=by).open().prefetch_related("options")
    return next((row for row in rows if [option.starts_at for option in row.options.all()] == moments), None)


def _held(mentorship):
    rows = Mentorship.objects.select_for_update(of=("self",), no_key=True).select_related("programme", "organisation")
    return rows.get(pk=mentorship.pk)


def _locked(times):
    mentorship = _held(times.mentorship)
    rows = TimesProposal.objects.select_for_update(of=("self",)).select_related("check_in", "proposed_by")
    times = rows.get(pk=times.pk)
    times.mentorship = mentorship
    if not times.is_open:
        raise AlreadySettled(times)
    if not mentorship.is_active:
        raise Refused(_("This mentorship has ended, so nothing more can be planned or noted."))
    return times


def _participant(times, by):
    mine = [one for one in asked_of(times) if one.membership_id == by.pk]
    if not mine:
        raise Refused(_("You proposed these times; the others pick."))
    return mine[0]


def _require_to_come(option, at):
    if option.starts_at <= at:
        raise Refused(_("This time has passed. Choose another, or propose times of your own."))


def times_words(moments, zone) -> str:
    """The times in one line, on that clock."""
    return "; ".join(day_time(moment, zone=zone) for moment in moments)


def _ask(times, moments, at):
    people = [one.membership for one in asked_of(times) if one.membership.email]
    organisation = times.mentorship.organisation
    life = max(moments) - timezone.now() + links.DEFAULT_LIFE
    tokens = links.make_links([(Purpose.TIMES, times.pk, one, one.name) for one in people], life=life)
    drafts = []
    for person, token in zip(people, tokens, strict=True):
        person.organisation = organisation
        zone = zone_of(person)
        context = _frame(times, person) | {
            "url": links.absolute(reverse("checkins:times_by_link", args=[token])),
            "proposer": times.proposed_by.first_name if times.proposed_by else organisation.name,
            "times": times_words(moments, zone),
            "minutes": times.minutes,
            "clock": clock_words(zone),
            "place": times.place,
            "note": times.note,
        }
        key = f"times_proposed:{times.pk}:{person.pk}"
        drafts.append(Draft("times_proposed", person.email, person.name, context, key, at, label(times)))
    queue_letters(drafts)


def _tell_none(times, by, at):
    person = times.proposed_by
    page = reverse("checkins:times", args=[times.mentorship.organisation.slug, times.pk])
    context = _frame(times, person) | {"url": links.absolute(page), "other_names": by.first_name}
    key = f"times_none:{times.pk}:{by.pk}"
    queue_letters([Draft("times_none", person.email, person.name, context, key, at, label(times))])


def _frame(times, person):
    mentorship = times.mentorship
    return {"first_name": person.first_name, "organisation": mentorship.organisation.name, "programme": mentorship.programme.name}

