"""The coordinator's day: one programme in numbers, what needs somebody, what comes, what waits on others."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkins.models import CheckIn
from common.words import percent
from evaluation.models import Survey, SurveyRequest
from goals.models import Goal
from goals.track import is_on_track
from matching.enums import MentorshipStatus, ProposalStatus
from matching.models import Agreement, Mentorship, Proposal
from matching.services.looking import students_by_state
from programmes.models import ChecklistItem, Participant
from training.models import Gathering
from training.services.counting import trained_mentors

from ..addresses import page
from .counting import count_all
from .phases import PHASES, phase_of

FORTNIGHT = timedelta(days=14)
AHEAD = timedelta(days=14)
MOST_COMING = 6
MOST_CHECK_IN_DAYS = 3


def counts(programme, today) -> dict[str, int]:
    """Everything that is only counted, in one query."""
    people = Participant.objects.filter(programme=programme, withdrawn_at=None)
    students, mentors = people.filter(side="student", membership__left_at=None), people.filter(side="mentor")
    running = Mentorship.objects.filter(programme=programme, status=MentorshipStatus.ACTIVE)
    due = CheckIn.objects.filter(mentorship__programme=programme, due_on__gt=today - FORTNIGHT, due_on__lt=today)
    due = due.exclude(status__in=[CheckIn.Status.MOVED, CheckIn.Status.DROPPED])
    asked = SurveyRequest.objects.filter(survey__programme=programme, asked_at__isnull=False, answered_at=None)
    return count_all(
        programme.organisation,
        students=students,
        **students_by_state(programme),
        mentors=mentors,
        trained=trained_mentors(mentors),
        running=running,
        mentorships=Mentorship.objects.filter(programme=programme),
        due=due,
        held=due.filter(status=CheckIn.Status.HELD),
        unsigned=Agreement.objects.filter(mentorship__in=running, signed_at=None),
        line_managers=asked.filter(voice=SurveyRequest.Voice.LINE_MANAGER),
        survey_people=asked.exclude(voice=SurveyRequest.Voice.LINE_MANAGER),
        unanswered=Proposal.objects.filter(programme=programme, status=ProposalStatus.PUBLISHED),
    )


def kpis(programme, numbers, today) -> list[dict]:
    """The four figures, each with "of what"."""
    organisation, pk = programme.organisation, programme.pk
    on_track, judged = goals_on_track(programme, today)
    missing = numbers["mentors"] - numbers["trained"]
    return [
        {
            "value": numbers["matched"],
            "of": _("of %(all)s") % {"all": numbers["students"]},
            "label": _matched_in_words(numbers),
            "url": page(organisation, "matching:programme", pk),
        },
        {
            "value": percent(numbers["held"], numbers["due"]) if numbers["due"] else "–",
            "of": _("of %(all)s") % {"all": numbers["due"]} if numbers["due"] else "",
            "label": _("check-ins held this fortnight"),
            "url": page(organisation, "home:mentorships", pk),
            "kind": "warn" if numbers["due"] and numbers["held"] * 2 < numbers["due"] else "",
        },
        {
            "value": percent(on_track, judged) if judged else "–",
            "of": _("of %(all)s") % {"all": judged} if judged else "",
            "label": _("goals on track"),
            "url": page(organisation, "home:mentorships", pk),
            "kind": "warn" if judged and on_track * 2 < judged else "",
        },
        {
            "value": numbers["trained"],
            "of": _("of %(all)s") % {"all": numbers["mentors"]},
            "label": _("mentors finished their training"),
            "url": page(organisation, "training:programme", pk),
            "kind": "warn" if missing and numbers["running"] else "",
        },
    ]


def _matched_in_words(numbers):
    """The same numbers as on the page of matching."""
    words = [_("students matched")]
    if numbers["asked"]:
        words.append(_("%(n)s asked") % {"n": numbers["asked"]})
    if numbers["looking"]:
        words.append(_("%(n)s without a mentor") % {"n": numbers["looking"]})
    return " · ".join(words)


def goals_on_track(programme, today) -> tuple[int, int]:
    """(on track or reached, those of which it can be said) in running mentorships."""
    rows = Goal.objects.filter(mentorship__programme=programme, mentorship__status=MentorshipStatus.ACTIVE)
    rows = rows.exclude(status=Goal.Status.DROPPED).only("status", "percent", "created_at", "due_on", "organisation_id")
    verdicts = [True if goal.status == Goal.Status.DONE else is_on_track(goal, today) for goal in rows]
    return verdicts.count(True), len(verdicts) - verdicts.count(None)


def phase(programme, numbers, today) -> dict:
    """For the bar of phases."""
    share = numbers["matched"] / numbers["students"] if numbers["students"] else 0
    key, over = phase_of(
        starts_on=programme.starts_on,
        ends_on=programme.ends_on,
        today=today,
        people=bool(numbers["students"] or numbers["mentors"]),
        mentorships=share,
        closed=programme.closed_at is not None,
    )
    return {"choices": PHASES, "current": key, "share": over}


@dataclass(frozen=True)
class Dated:
    """One thing with a day. kind: check-in, survey, event or item (of the coordinator's checklist); count: how many on that day."""

    day: date
    kind: str
    words: str
    count: int


def dated_things(programme, today) -> list[Dated]:
    """What has a day up to two weeks ahead, and what of the checklist is overdue; earliest first, in one query."""
    last = today + AHEAD
    planned = CheckIn.objects.planned().filter(mentorship__programme=programme, mentorship__status=MentorshipStatus.ACTIVE)
    planned = planned.filter(due_on__range=(today, last))
    surveys = Survey.objects.filter(programme=programme, opens_on__range=(today, last))
    items = ChecklistItem.objects.filter(programme=programme, done_at=None, due_on__lte=last)
    events = Gathering.objects.standing().filter(programme=programme, starts_at__date__range=(today, last))
    check_ins = _columns(planned.order_by().values("due_on"), "due_on", "check-in", _text(""), Count("pk"))
    parts = [
        _columns(surveys.order_by(), "opens_on", "survey", Cast("kind", TextField()), Value(1)),
        _columns(items.order_by(), "due_on", "item", Cast("title", TextField()), Value(1)),
        _columns(events.order_by(), "starts_at__date", "event", Cast("title", TextField()), Value(1)),
    ]
    return [Dated(*row) for row in check_ins.union(*parts, all=True).order_by("_day", "_kind", "_words")]


def _columns(rows, day, kind, words, count):
    named = rows.annotate(_day=F(day), _kind=_text(kind), _words=words, _count=count)
    return named.values_list("_day", "_kind", "_words", "_count")


def _text(value):
    return Value(value, output_field=TextField())


def coming_up(programme, things, today) -> list[dict]:
    """[{"day", "text", "url"}] of the next two weeks, at most a handful: check-ins of the next days, then what else has a day."""
    organisation, pk = programme.organisation, programme.pk
    ahead = [thing for thing in things if thing.day >= today]
    check_ins = [thing for thing in ahead if thing.kind == "check-in"][:MOST_CHECK_IN_DAYS]
    urls = {
        "check-in": page(organisation, "checkins:reminders_preview", pk),
        "survey": page(organisation, "evaluation:programme", pk),
        "item": page(organisation, "programmes:detail", pk),
        "event": page(organisation, "training:events", pk),
    }
    shown = [*check_ins, *(thing for thing in ahead if thing.kind != "check-in")]
    rows = [{"day": thing.day, "text": _thing_in_words(thing), "url": urls[thing.kind]} for thing in shown]
    if today <= programme.ends_on <= today + AHEAD:
        rows.append({"day": programme.ends_on, "text": _("The programme’s last day"), "url": ""})
    return sorted(rows, key=lambda row: row["day"])[:MOST_COMING]


def _thing_in_words(thing):
    if thing.kind == "check-in":
        return ngettext("%(n)s check-in is due", "%(n)s check-ins are due", thing.count) % {"n": thing.count}
    if thing.kind == "survey":
        return _("%(survey)s opens") % {"survey": Survey.Kind(thing.words).label}
    return thing.words


def waiting_on_others(programme, numbers) -> list[dict]:
    """[{"count", "text", "url"}] of what others have to do; empty lines left out."""
    organisation, pk = programme.organisation, programme.pk

    matching, surveys = page(organisation, "matching:programme", pk), page(organisation, "evaluation:programme", pk)
    unanswered, unsigned, asked = numbers["unanswered"], numbers["unsigned"], numbers["survey_people"]
    managers = numbers["line_managers"]
    lines = [
        (unanswered, ngettext("proposal not yet answered", "proposals not yet answered", unanswered), matching),
        (
            unsigned,
            ngettext("agreement not yet signed by both", "agreements not yet signed by both", unsigned),
            page(organisation, "home:mentorships", pk),
        ),
        (asked, ngettext("survey not yet answered", "surveys not yet answered", asked), surveys),
        (managers, ngettext("line manager has not answered", "line managers have not answered", managers), surveys),
    ]
    return [{"count": count, "text": text, "url": url} for count, text, url in lines if count]


def first_steps(organisation, programme=None, numbers=None) -> list[dict]:
    """The way from nothing to the first mentorships: [{"title", "text", "url", "action", "state": "done", "now" or ""}]."""
    has_people = bool(numbers and numbers["students"] and numbers["mentors"])
    pk = programme.pk if programme else 0
    rows = [
        {
            "title": _("Make a programme"),
            "text": _("Choose a starting point. It brings dates, check-ins, training, surveys and reminders, all yours to change."),
            "url": page(organisation, "programmes:create"),
            "action": _("Make a programme"),
            "done": programme is not None,
        },
        {
            "title": _("Bring in the rosters"),
            "text": _("Students, mentors and placements as CSV or Excel files. You see every row before anything is kept."),
            "url": page(organisation, "programmes:import", pk) if programme else "",
            "action": _("Bring in the rosters"),
            "done": has_people,
        },
        {
            "title": _("Train the mentors"),
            "text": _("One press writes to all of them: ten short points and the code of conduct. Who is done can be matched."),
            "url": page(organisation, "training:programme", pk) if programme else "",
            "action": _("Go to training"),
            "done": bool(numbers and (numbers["trained"] or numbers["mentorships"])),
        },
        {
            "title": _("Match students with mentors"),
            "text": _("The best pairs are found, with reasons you can read, and both sides answer."),
            "url": page(organisation, "matching:programme", pk) if programme else "",
            "action": _("Go to matching"),
            "done": bool(numbers and numbers["mentorships"]),
        },
    ]
    now = next((row for row in rows if not row["done"]), None)
    return [row | {"state": "done" if row["done"] else "now" if row is now else ""} for row in rows]

