"""A mentor's or student's day: their mentorships, and the one thing to do first."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkins.models import CheckIn
from common.words import day, day_time, when
from evaluation.models import SurveyRequest
from goals.enums import Pending
from goals.models import Goal
from goals.objectives import unagreed
from goals.presenters import with_own_yes
from goals.track import is_on_track
from matching.enums import ProposalStatus
from matching.models import Candidate, ChoiceSheet, Mentorship, MentorshipMember, Proposal, QuestionnaireResponse
from matching.words import some
from programmes.enums import Side
from programmes.models import Participant
from training.next_steps import next_for_mentor
from training.services.readiness import readiness_of

from ..addresses import page
from . import events
from .agreeing import agreement_tasks

SOON = timedelta(days=3)
MOST_ANSWERED = 50


@dataclass(frozen=True)
class Task:
    """One thing to do: what, why, where. ``kind`` colours it: "", warn or bad."""

    title: str
    why: str
    url: str
    action: str
    icon: str
    kind: str = ""


@dataclass
class Card:
    """One mentorship as a member sees it on their day."""

    mentorship: Mentorship
    others: list = field(default_factory=list)  # names of the other side
    own_side: list = field(default_factory=list)  # names of the same side
    next: CheckIn | None = None
    goals: list = field(default_factory=list)
    on_track: int = 0
    behind: int = 0
    url: str = ""
    log_url: str = ""  # of the next check-in

    @property
    def name(self):
        return some(self.others)

    @property
    def initials(self):
        """Enough to tell one check-in from another on a device that keeps no names."""
        return " ".join(f"{name[:1]}." for name in self.others)


def cards_of(membership, side, today) -> list[Card]:
    """The running mentorships in which the person sits on ``side``, in five queries however many."""
    seats = MentorshipMember.objects.filter(participant__membership=membership, side=side)
    rows = Mentorship.objects.worked_in_by(membership).active().filter(pk__in=seats.values("mentorship"))
    return fill_cards(rows, side, today, membership.organisation, membership)


def fill_cards(rows, side, today, organisation, membership=None) -> list[Card]:
    """Cards of these mentorships, seen from ``side``; with the goals this person may see, all where nobody is given."""
    joined = rows.select_related("programme", "placement__site__employer", "placement__line_manager")
    joined = joined.annotate(has_unagreed=Exists(unagreed(OuterRef("placement"), voice=str(side))))
    cards = {row.pk: Card(row, url=page(organisation, "home:mentorship", row.pk)) for row in joined.order_by("ends_on", "pk")}
    seats = MentorshipMember.objects.filter(mentorship__in=cards).select_related("participant__membership").order_by("pk")
    for seat in seats:
        card = cards[seat.mentorship_id]
        (card.own_side if seat.side == side else card.others).append(seat.participant.membership.name)
    for check_in in CheckIn.objects.planned().filter(mentorship__in=cards).order_by("-due_on", "-pk"):
        card = cards[check_in.mentorship_id]
        card.next, card.log_url = check_in, page(organisation, "checkins:log", check_in.pk)
    goals = Goal.objects.visible_to(membership) if membership else Goal.objects.all()
    for goal in with_own_yes(goals, membership).filter(mentorship__in=cards).exclude(status=Goal.Status.DROPPED).order_by("pk"):
        card, reached = cards[goal.mentorship_id], goal.status == Goal.Status.DONE
        goal.on_track = True if reached else is_on_track(goal, today)
        card.goals.append(goal)
        card.on_track += goal.on_track is True
        card.behind += goal.on_track is False
    return list(cards.values())


def tasks_of(membership, side, cards, today, guests=()) -> list[Task]:
    """What the person has to do now, the most pressing first. guests: a mentor's invitations to events (today.events)."""
    organisation = membership.organisation
    return [
        *_check_ins_to_log(organisation, side, cards, today),
        *_proposals(organisation, membership, side),
        *_questionnaires(organisation, membership, side),
        *_choices(organisation, membership, side, today),
        *(_training(organisation, membership, cards, guests) if side == Side.MENTOR else ()),
        *(Task(**one) for one in agreement_tasks(organisation, membership, cards)),
        *_goals_to_agree(organisation, side, cards),
        *_objectives_to_agree(organisation, cards),
        *_surveys(organisation, membership, side, cards),
        *_first_goals(organisation, cards),
    ]


def _check_ins_to_log(organisation, side, cards, today):
    """Mentors log; a student is told what is coming, not what somebody else forgot."""
    if side != Side.MENTOR:
        return
    due = [card for card in cards if card.next and card.next.due_on <= today]
    for card in sorted(due, key=lambda card: (card.next.due_on, card.next.pk)):
        late = (today - card.next.due_on).days
        yield Task(
            title=_("Log your check-in with %(name)s") % {"name": card.name},
            why=_("It was planned for %(day)s. Noting it takes a minute.") % {"day": when(card.next.due_on, today)},
            url=card.log_url,
            action=_("Log it"),
            icon="message-circle",
            kind="bad" if late > SOON.days else "warn" if late else "",
        )


def _proposals(organisation, membership, side):
    mine = {f"{side}__membership": membership}
    rows = Proposal.objects.filter(status=ProposalStatus.PUBLISHED, **mine).exclude(answers__side=side)
    groups = Counter()
    rows = rows.select_related("student__membership", "mentor__membership").order_by("answer_by", "pk")
    for proposal in rows[:MOST_ANSWERED]:
        other = proposal.mentor if side == Side.STUDENT else proposal.student
        leads_group = proposal.group is not None and side == Side.MENTOR
        if leads_group:
            groups[proposal.run_id, proposal.group] += 1
            if groups[proposal.run_id, proposal.group] > 1:  # one answer for the whole group
                continue
        by = _("Please answer by %(day)s.") % {"day": when(proposal.answer_by)} if proposal.answer_by else ""
        yield Task(
            title=_("A group is suggested to you") if leads_group else _("%(name)s is suggested to you") % {"name": other.membership.name},
            why=f"{by} {_('You may say no without giving a reason to the other side.')}".strip(),
            url=page(organisation, "matching:answer", proposal.pk),
            action=_("See and answer"),
            icon="handshake",
        )


def _questionnaires(organisation, membership, side):
    """Where the person was asked and has not answered; of programmes that are still open."""
    rows = QuestionnaireResponse.objects.visible_to(membership).filter(asked_at__isnull=False, answered_at=None)
    rows = rows.filter(participant__membership=membership, participant__side=side, participant__withdrawn_at=None)
    rows = rows.filter(participant__programme__closed_at=None)
    for response in rows.select_related("participant__programme").order_by("asked_at", "pk"):
        yield Task(
            title=_("Say what would fit you"),
            why=_("A few questions before people are matched in %(programme)s.") % {"programme": response.participant.programme.name},
            url=page(organisation, "matching:questionnaire_answer", response.participant_id),
            action=_("Go on") if response.started_at else _("Answer"),
            icon="clipboard-list",
        )


def _choices(organisation, membership, side, today):
    """Choosing rounds: times of speed meetings that are to come, then the sheet until the person says that they are done."""
    rows = ChoiceSheet.objects.visible_to(membership).filter(person__membership=membership, person__side=side, done_at=None)
    rows = rows.filter(person__withdrawn_at=None, without={}, round__closed_at=None, round__closes_on__gte=today, round__programme__closed_at=None)
    rows = rows.annotate(chooses=Exists(Candidate.objects.present().filter(sheet=OuterRef("pk"))))
    for sheet in rows.select_related("round__programme").order_by("round__closes_on", "pk"):
        opens = sheet.round.opens_at <= timezone.now()
        if opens and sheet.chooses:
            yield Task(
                title=_("Say which mentor would suit you best") if side == Side.STUDENT else _("Say which student you could help best"),
                why=_("It takes a minute, until %(day)s. Nobody you choose sees it.") % {"day": when(sheet.round.closes_on, today)},
                url=page(organisation, "matching:choice", sheet.pk),
                action=_("Go on") if sheet.version else _("Choose"),
                icon="arrow-up-down",
            )
        elif sheet.round.meets_at and not opens:
            yield Task(
                title=_("Whom you meet on %(day)s") % {"day": day(sheet.round.meets_at, today)},
                why=_("A few minutes with each, before people are matched in %(programme)s.") % {"programme": sheet.round.programme.name},
                url=page(organisation, "matching:choice", sheet.pk),
                action=_("See your times"),
                icon="clock",
            )


def _training(organisation, membership, cards, guests):
    seats = list(Participant.objects.mentors().active().filter(membership=membership, programme__closed_at=None).select_related("programme"))
    readiness = readiness_of(seats)
    unfinished = next((seat for seat in seats if not readiness[seat.pk].trained), None)
    if unfinished:
        yield _to_finish(organisation, unfinished, readiness[unfinished.pk])
    yield from _end_checklists(organisation, [(seat, readiness[seat.pk]) for seat in seats], cards)
    for title, why, url in events.unanswered(membership, guests):
        yield Task(title=title, why=why, url=url, action=_("Answer"), icon="calendar-days")
    for title, why, url in events.covered_now(membership, seats, guests, readiness):
        yield Task(title=title, why=why, url=url, action=_("Look again"), icon="rotate-ccw")


def _to_finish(organisation, seat, ready):
    """What is missing before the mentor is matched. Once finished, the one thing that has come open since is named."""
    step = next_for_mentor(seat, ready, organisation.slug)
    held = ready.state == "held"
    return Task(
        title=step.words if held and step else _("Your training has run out") if held else _("Finish your training"),
        why=_("Still open: %(what)s.") % {"what": "; ".join(ready.why_not)},
        url=step.url if held and step else page(organisation, "training:my_training"),
        action=_("Go on") if ready.answered else _("Start"),
        icon="graduation-cap",
    )


def _end_checklists(organisation, seats, cards):
    """Of programmes in which the person has a student, once it is open."""
    running = {card.mentorship.programme_id: card.mentorship.programme for card in cards}
    for seat, ready in seats:
        if seat.programme_id in running and ready.end_is_open and not ready.end_finished_at:
            yield Task(
                title=_("What has changed for you?"),
                why=_("%(programme)s is nearly over: the points of the checklist once more, in five minutes.") % {"programme": running[seat.programme_id].name},
                url=page(organisation, "training:checklist_end", seat.pk),
                action=_("Go on") if ready.end_answered else _("Answer"),
                icon="graduation-cap",
            )


def _goals_to_agree(organisation, side, cards):
    """One line for each mentorship with goals that wait for this side's yes; it leads to the first."""
    for card in cards:
        waiting = [goal for goal in card.goals if goal.is_open and goal.pending in (side, Pending.BOTH) and not goal.has_my_yes]
        if waiting:
            words = ngettext("%(n)s goal with %(name)s waits for your yes", "%(n)s goals with %(name)s wait for your yes", len(waiting))
            yield Task(
                title=words % {"n": len(waiting), "name": card.name},
                why=_("“%(title)s”: say yes, or propose other words.") % {"title": waiting[0].title},
                url=page(organisation, "goals:detail", waiting[0].pk),
                action=_("Read and agree"),
                icon="target",
            )


def _objectives_to_agree(organisation, cards):
    """One line for each placement whose learning objectives this side has not agreed."""
    for card in cards:
        if card.mentorship.has_unagreed:
            yield Task(
                title=_("Agree the learning objectives"),
                why=_("With %(name)s: read what is to be learnt, change what does not fit, say yes.") % {"name": card.name},
                url=page(organisation, "goals:objectives", card.mentorship.placement_id),
                action=_("Read and agree"),
                icon="graduation-cap",
            )


def _surveys(organisation, membership, side, cards):
    names = {card.mentorship.pk: card.name for card in cards}
    rows = SurveyRequest.objects.open().filter(participant__membership=membership, voice=side, asked_at__isnull=False)
    for request in rows.select_related("survey").order_by("survey__closes_on", "pk"):
        yield Task(
            title=" · ".join(filter(None, [request.survey.get_kind_display(), names.get(request.mentorship_id)])),
            why=_("Four quick questions, open until %(day)s.") % {"day": when(request.survey.closes_on)},
            url=page(organisation, "evaluation:answer", request.pk),
            action=_("Answer"),
            icon="clipboard-check",
        )


def _first_goals(organisation, cards):
    for card in cards:
        if not card.goals:
            yield Task(
                title=_("Write a first goal with %(name)s") % {"name": card.name},
                why=_("One sentence is enough to begin; the page helps you make it specific."),
                url=page(organisation, "goals:guide", card.mentorship.pk),
                action=_("Write a goal"),
                icon="target",
            )


def next_meeting(cards, today) -> Card | None:
    """The card with the nearest check-in from today on."""
    coming = [card for card in cards if card.next and card.next.due_on >= today]
    return min(coming, key=lambda card: (card.next.due_on, card.next.pk), default=None)


def moment_of(check_in, zone=None) -> str:
    """When a planned check-in is, in words, on the clock of ``zone``."""
    return day_time(check_in.starts_at, zone=zone) if check_in.starts_at else when(check_in.due_on)


def next_in_words(check_in, today: date, zone=None) -> str:
    if check_in is None:
        return _("No check-in is planned")
    if check_in.due_on < today:
        return _("Check-in was planned for %(day)s") % {"day": moment_of(check_in, zone)}
    return _("Next check-in: %(day)s") % {"day": moment_of(check_in, zone)}
