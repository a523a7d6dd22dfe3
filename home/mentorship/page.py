"""Everything the page of one mentorship shows, in a fixed number of queries."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from checkins.models import CheckIn, Note
from checkins.presenters import open_actions
from common.words import day, day_time, short_day
from documents import presenters as papers
from documents.models import Document
from evaluation.models import SurveyRequest
from goals.activity_board import activity_board
from goals.activity_shelf import offered_with
from goals.ending_board import EndingBoard, is_ending
from goals.ending_facts import ending_of
from goals.objectives import rows_of, state_words
from goals.presenters import goal_board, names_of, side_in
from matching.enums import Stage
from matching.models import ChangeRequest, Mentorship
from matching.rights import may_work_in
from matching.services.fit_cards import to_talk_about
from organisations.days import zone_of
from organisations.roles import Can
from programmes.enums import Side

from .health import health_of
from .lists import ended_words
from .people import seats_of
from .stage import StagePart
from .together import Together

MOST_PAST = 6  # check-ins in the line of time; the rest stand on the check-ins page


@dataclass
class MentorshipPage:
    """One mentorship for one reader. ``today``: the organisation's own day."""

    mentorship: object
    membership: object
    today: object

    def __post_init__(self):
        row = self.mentorship
        self.before = self._before()
        self._seats = seats_of([row, *self.before.values()])
        self.seats = self._seats[row.pk]
        self.works = may_work_in(self.membership, row)
        self.writes = self.works and row.is_in_contact
        self.runs = self.membership.can(Can.RUN_PROGRAMMES)
        self.board = goal_board(row, self.membership, today=self.today, people=self.seats.people)
        self.cards = self.board.cards
        check_ins = CheckIn.objects.filter(mentorship__in=[row.pk, *self.before]).exclude(status=CheckIn.Status.DROPPED)
        self._check_ins = list(check_ins)
        self.check_ins = [one for one in self._check_ins if one.mentorship_id == row.pk]
        self.notes = list(Note.objects.visible_to(self.membership).shown_to(self.membership).filter(mentorship=row).select_related("author")[:50])
        self.plans = list(Document.objects.filter(mentorship=row, status=Document.Status.READY).order_by("-version")[:3])
        self.plan_job = papers.plan_job(row) if self.works else None
        # What the two leave to talk about is theirs and the coordinators', not the tutor's; later the goals say what is open.
        self.fit = to_talk_about(row) if self.works and row.is_active and row.stage == Stage.RAPPORT else []
        self.promised = list(open_actions(row).exclude(check_in__mentorship=row).select_related("owner__membership")) if row.carries_on_id else []
        self.wishes = self._wishes()
        self.together = Together(row, self.membership, self.seats)
        self._look_ahead([card.goal for card in self.cards])
        self.surveys = list(SurveyRequest.objects.filter(mentorship=row).select_related("survey").order_by("survey", "pk"))

    def _before(self):
        """The mentorships handed over to this one that the reader may see, by id; no query where there is none."""
        ids = [one.pk for one in self.mentorship.before()]
        return Mentorship.objects.visible_to(self.membership).select_related("organisation").in_bulk(ids) if ids else {}

    def _look_ahead(self, goals):
        """Its stage, what fits just now, and the ending where it has come. goals: the students'."""
        row, people = self.mentorship, self.seats.people
        open_goals = [f"{goal.title} {goal.work}".strip() for goal in goals if goal.is_open]
        self.activities = activity_board(row, before=self.before, goals=open_goals, offered=offered_with(row) if self.writes else [])
        starts_on = ending_of(row, goals)
        comes = not row.is_active or is_ending(row, starts_on, self.today)
        self.ending = EndingBoard(row, self.membership, people, starts_on, self.today) if comes else None
        settled = bool(self.ending and self.ending.in_force)
        side = side_in(people, self.membership)
        self.stage = StagePart(row, goals, side, names_of(people), self.today, self.writes, settled)
        self.early = [one for _side, one in people if row.is_active and one.pk in row.early_ids]

    def _wishes(self):
        """What members asked for and nobody has settled, for coordinators."""
        if not self.runs or not self.mentorship.is_active:
            return []
        rows = ChangeRequest.objects.visible_to(self.membership).filter(mentorship=self.mentorship, settled_at=None)
        return list(rows.select_related("participant__membership"))

    @cached_property
    def earlier(self):
        """The mentorships before it that this reader may see, in words: with whom, from when to when."""
        return [{"row": one, "mentors": self._seats[one.pk].mentor_names} for one in self.before.values()]

    @cached_property
    def earlier_check_ins(self):
        """Held or missed with a mentor of before; who may see that mentorship may see these."""
        return [one for one in self._check_ins if one.mentorship_id in self.before and not one.is_planned]

    @cached_property
    def earlier_notes(self):
        """Notes of before that this reader may read and the mentor of now does not have: a student may share them."""
        if not self.before or not any(one.membership_id == self.membership.pk for one in self.seats.students):
            return []
        have = {(note.author_id, note.text) for note in self.notes}
        rows = Note.objects.visible_to(self.membership).shown_to(self.membership).filter(mentorship__in=self.before)
        return [note for note in rows.select_related("author")[:50] if (note.author_id, note.text) not in have]

    @property
    def early_names(self):
        return get_text_list([one.name for one in self.early], _("and"))

    @property
    def is_member(self):
        return any(one.membership_id == self.membership.pk for _side, one in self.seats.people)

    @property
    def early_mine(self):
        return any(one.membership_id == self.membership.pk for one in self.early)

    @property
    def substitute_url(self):
        """Where a coordinator finds somebody to carry it on; for mentorships with one mentor."""
        if not self.runs or not self.mentorship.is_active or len(self.seats.mentors) != 1:
            return ""
        return self._url("home:hand_over", self.mentorship.programme_id, self.seats.mentors[0].pk)

    @property
    def members_url(self):
        """Where a coordinator lets somebody join or leave a running group."""
        if not self.runs or not self.mentorship.is_active or not self.mentorship.programme.spec.is_group:
            return ""
        return self._url("matching:members", self.mentorship.pk)

    @property
    def ended_words(self):
        return ended_words(self.mentorship, tells_why=self.runs)

    @property
    def next_check_in(self):
        return next((one for one in self.check_ins if one.is_planned), None)

    @property
    def held(self):
        return [one for one in self.check_ins if one.status == CheckIn.Status.HELD]

    @property
    def due_so_far(self):
        return sum(1 for one in self.check_ins if not one.is_planned or one.due_on <= self.today)

    @property
    def health(self):
        past = [one for one in reversed(self.check_ins) if not one.is_planned]
        missed = next((place for place, one in enumerate(past) if one.status != CheckIn.Status.MISSED), len(past))
        return health_of(
            started_on=self.mentorship.started_on,
            last_contact_on=self.mentorship.last_contact_on,
            quiet_days=self.mentorship.programme.quiet_days,
            today=self.today,
            moods=[one.mood for one in past if one.mood],
            missed_in_a_row=missed,
            goals_behind=sum(1 for card in self.cards if not card.track.on),
            active=self.mentorship.is_active,
            to_student=self.stage.side == Side.STUDENT,
        )

    @property
    def timeline(self):
        """The next check-in, then what was, newest first."""
        held = [one for one in self.check_ins if not one.is_planned] + self.earlier_check_ins
        past = sorted(held, key=lambda one: (one.held_on or one.due_on, one.pk))
        rows = [self._next_line()] if self.next_check_in else []
        return rows + [self._past_line(one) for one in reversed(past[-MOST_PAST:])]

    def _url(self, name, *args):
        return reverse(name, args=[self.membership.organisation.slug, *args])

    def _next_line(self):
        check_in = self.next_check_in
        when = day_time(check_in.starts_at, zone=zone_of(self.membership)) if check_in.starts_at else day(check_in.due_on, self.today)
        late = check_in.due_on < self.today
        words = _("Waiting since %(when)s") if late else _("Next: %(when)s")
        return {
            "title": words % {"when": when},
            "url": self._url("checkins:log" if self.writes else "checkins:detail", check_in.pk),
            "state": "next",
            "tag": _("To be logged") if late else "",
            "tag_kind": "warn",
        }

    def _past_line(self, check_in):
        held = check_in.status == CheckIn.Status.HELD
        when = short_day(check_in.held_on or check_in.due_on, self.today)
        if held:
            parts = [when, _("%(n)s minutes") % {"n": check_in.minutes} if check_in.minutes else "", check_in.get_way_display().lower()]
        else:
            parts = [when, check_in.get_status_display().lower()]
        return {
            "title": ", ".join(part for part in parts if part),
            "text": check_in.progress if held else check_in.missed_reason,
            "url": self._url("checkins:detail", check_in.pk),
            "state": "" if held else "missed",
            "tag": check_in.get_mood_display() if check_in.mood else "",
            "tag_kind": "warn" if check_in.mood and check_in.mood <= 2 else "good" if check_in.mood and check_in.mood >= 4 else "",
        }

    @property
    def paperwork(self):
        """(done, words, url) of the agreement, the learning objectives and the surveys."""
        return [self._agreement(), *self._objectives(), *self._surveys()]

    def _objectives(self):
        placement = self.mentorship.placement
        if placement is None:
            return
        tutors = ", ".join(tutor.first_name for tutor in self.seats.tutors)
        names = {side: ", ".join(person.membership.first_name for person in people) for side, people in self.seats.by_side.items()}
        done, words = state_words(rows_of(placement), names | {"tutor": tutors})
        yield {"done": done, "words": words, "url": self._url("goals:objectives", placement.pk)}

    def _agreement(self):
        agreement = getattr(self.mentorship, "agreement", None)
        url = self._url("matching:agreement", self.mentorship.pk)
        if agreement is None:
            return {"done": False, "words": _("No agreement yet"), "url": ""}
        if agreement.signed_at:
            return {"done": True, "words": _("Agreement signed by all, %(when)s") % {"when": short_day(agreement.signed_at)}, "url": url}
        signed = {signature.participant_id for signature in agreement.standing_signatures()}
        people = [*self.seats.students, *self.seats.mentors]
        waiting = ", ".join(person.membership.first_name for person in people if person.pk not in signed)
        return {"done": False, "words": _("Agreement: waiting for %(names)s") % {"names": waiting}, "url": url}

    def _surveys(self):
        found = {}
        for request in self.surveys:
            found.setdefault(request.survey, []).append(request)
        for survey, requests in found.items():
            done = sum(1 for request in requests if request.answered_at)
            words = _("%(survey)s: %(done)s of %(all)s answered") % {"survey": survey, "done": done, "all": len(requests)}
            yield {"done": done == len(requests), "words": words, "url": self._url("evaluation:mentorship", self.mentorship.pk)}
