"""Writing a goal and proposing other words for one; the coach reads along."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.refused import Refused
from matching.models import MentorshipMember
from matching.rights import require_work_in
from organisations.access import author_of, redirect_in, requires
from organisations.days import local_today
from organisations.roles import Can
from organisations.services import drafts
from programmes.enums import Side

from .. import rights
from ..dates_in_words import Frame, find_date
from ..detail import GoalPage, differences
from ..forms.goal import GoalForm
from ..models import Objective
from ..presenters import parts_of
from ..services import goals as service
from ..services import wordings
from ..smart import assess
from .common import fetch_goal, fetch_mentorship, limits_of, still_runs

TYPED = ("title", "measure", "why", "work", "due_on", "first_step", "second_step", "reach")
MOST_TYPED = 1000


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "POST"])
def create(request, mentorship_id):
    """A goal of the student's: proposed by whoever writes it."""
    return _create(request, fetch_mentorship(request, mentorship_id), mentors=False)


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "POST"])
def create_own(request, mentorship_id):
    """A mentor's own goal."""
    return _create(request, fetch_mentorship(request, mentorship_id), mentors=True)


def _create(request, mentorship, *, mentors):
    require_work_in(request.membership, mentorship)
    desk = Desk(request, mentorship, mentors=mentors)
    if mentors and desk.own_seat is None:
        raise PermissionDenied
    if not still_runs(request, mentorship):
        return redirect(mentorship)
    form = desk.form()
    if desk.is_sent and form.is_valid():
        owner = desk.own_seat.participant if mentors else form.cleaned_data.get("owner")
        fields = form.words | {"steps": form.steps, "objectives": form.cleaned_data.get("objectives", ())}
        fields |= {"owner": owner, "is_private": form.cleaned_data.get("is_private", False)}
        try:
            goal = service.create_goal(mentorship=mentorship, by=request.membership, **fields)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            desk.drop_draft()
            messages.success(request, _("Your goal is written.") if mentors else _said_after(desk))
            return redirect_in(request, "goals:detail", goal.pk)
    return desk.show(form)


def _said_after(desk):
    if desk.side:
        return _("The goal is written. It counts once the other side has said yes; you can begin at once.")
    return _("The goal is written. The student and the mentor can now say yes to it.")


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "POST"])
def edit(request, goal_id):
    """Other words for a goal. One that both agreed keeps its own until both say yes to these."""
    goal = fetch_goal(request, goal_id)
    if goal.mentorship.is_active and not rights.may_change(request.membership, goal):
        raise PermissionDenied
    require_work_in(request.membership, goal.mentorship)
    if not still_runs(request, goal.mentorship):
        return redirect_in(request, "goals:detail", goal.pk)
    desk = Desk(request, goal.mentorship, mentors=goal.is_mentors, goal=goal)
    form = desk.form()
    if desk.is_sent and form.is_valid() and desk.keep(form):
        desk.drop_draft()
        return redirect_in(request, "goals:detail", goal.pk)
    return desk.show(form)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def coach(request, mentorship_id):
    """What the coach says of what is typed so far; keeps it as a draft too. Changes nothing else."""
    mentorship = fetch_mentorship(request, mentorship_id)
    require_work_in(request.membership, mentorship)
    desk = Desk(request, mentorship, mentors="own" in request.POST)
    if "first_step" in request.POST or "base" in request.POST:
        desk.keep_draft(request.POST.get("goal", ""))
    template = "goals/_coach_short.html" if "only" in request.POST else "goals/_coach.html"
    is_change = bool(request.POST.get("goal", ""))
    return render(request, template, {"assessment": desk.assess(request.POST), "takes": True, "goal": is_change})


class Desk:
    """One writing of a goal: its form, its draft, what the coach says. ``goal``: the one that is changed, if any."""

    def __init__(self, request, mentorship, *, mentors, goal=None):
        self.request, self.mentorship, self.mentors, self.goal = request, mentorship, mentors, goal
        self.today = local_today(mentorship.organisation)
        self.limits = limits_of(mentorship)
        rows = MentorshipMember.objects.visible_to(request.membership).filter(mentorship=mentorship)
        self.seats = list(rows.select_related("participant__membership").order_by("pk"))
        self.page = GoalPage(goal, request.membership, self.today) if goal else None

    @property
    def side(self):
        return service.seat_side(self.mentorship, self.request.membership)

    @property
    def own_seat(self):
        mine = [seat for seat in self.seats if seat.participant.membership_id == self.request.membership.pk]
        return next((seat for seat in mine if seat.side == Side.MENTOR and not seat.participant.withdrawn_at), None)

    @property
    def objectives(self):
        if self.mentors or not self.mentorship.placement_id:
            return []
        rows = Objective.objects.visible_to(self.request.membership).standing()
        return list(rows.filter(placement=self.mentorship.placement_id))

    @property
    def is_sent(self):
        return self.request.method == "POST" and not {"check", "take"} & set(self.request.POST)

    # The form

    def form(self):
        settings = {
            "limits": self.limits, "today": self.today, "objectives": self.objectives, "owners": self.owners,
            "mentors": self.mentors, "instance": self.goal,
        }  # fmt: skip
        if self.goal:
            settings["initial"] = self._present() | self.load_draft()
        else:
            settings["initial"] = self._whose() | self.load_draft()
        if self.is_sent:
            return GoalForm(self.request.POST, **settings)
        if self.request.method == "POST":  # asked for advice only: nothing is wrong yet
            settings["initial"] |= _as_initial(self._taken(self.request.POST))
        return GoalForm(**settings)

    def _whose(self):
        """A student in a group begins with a goal of their own."""
        return {"owner": self.owners[0].pk} if self.side == Side.STUDENT and self.owners else {}

    @property
    def owners(self):
        """Of a group, whose goal it may be beside everybody's: a student's own; any student's for the others. [] for a pair."""
        students = [seat.participant for seat in self.seats if seat.side == Side.STUDENT]
        if len(students) < 2:
            return []
        return [one for one in students if one.membership_id == self.request.membership.pk] or students

    def _present(self):
        """What a change starts from: a change that waits, else the goal as it stands."""
        words = (self.page.change or self.goal) if self.page else self.goal
        present = {name: getattr(words, name) for name in GoalForm.WORDS}
        return present | {"objectives": [one.pk for one in self.goal.objectives.all()], "owner": self.goal.owner_id, "base": self.page.number}

    def _taken(self, data):
        """The typed fields with the coach's sentence, steps or reason in their places."""
        said, data = self.assess(data), data.copy()
        taken = data.get("take")
        if taken == "title" and said.suggestion:
            data["title"] = said.suggestion
            found = find_date(said.suggestion, Frame(self.today, *self.limits))
            if found and found.day:
                data["due_on"] = found.day.isoformat()
        elif taken == "why":
            data["why"] = said["R"].example or data.get("why", "")
        elif taken == "steps" and said["A"].code == "no_steps":
            data["first_step"], data["second_step"] = [*parts_of(said["A"].example), "", ""][:2]
        return data

    def keep(self, form) -> bool:
        """Propose the words of a valid form. False when somebody else wrote meanwhile, or it was refused: the page shows both."""
        by, data = self.request.membership, form.cleaned_data
        try:
            wordings.propose_wording(goal=self.goal, by=by, side=self.side, base=data.get("base") or self.page.number, **form.words)
        except wordings.Outdated as outdated:
            self.outdated, self.seen = outdated.latest, self._seen(data.get("base"))
            form.add_error(None, str(outdated))
            return False
        except Refused as refused:
            form.add_error(None, str(refused))
            return False
        if "owner" in form.fields:
            service.give_goal(goal=self.goal, owner=data["owner"], by=by)
        if "objectives" in form.fields:
            service.tie_objectives(goal=self.goal, objectives=data["objectives"], by=by)
        agreed = self.goal.agreed_at and not self.mentors
        messages.success(self.request, _("Your change is proposed. Until both say yes the goal stays as it is.") if agreed else _("Saved."))
        return True

    outdated, seen = None, None

    def _seen(self, number):
        """The words the writer started from. Not the goal itself: the form has put into it what was typed."""
        return next((one for one in self.page.wordings if one.number == number), self.page.wordings[0] if self.page.wordings else self.goal)

    def show(self, form):
        typed = form.data if form.is_bound else self._as_typed(form)
        context = {
            "mentorship": self.mentorship, "goal": self.goal, "form": form, "mentors": self.mentors,
            "assessment": self.assess(typed) if typed else None,
            "takes": True, "steps": self.goal.steps.count() if self.goal else 0,
            "outdated": self.outdated, "was": differences(self.seen, self.outdated) if self.outdated else [],
            "newest": self.outdated.number if self.outdated else "",
        }  # fmt: skip
        return render(self.request, "goals/form.html", context, status=422 if self.is_sent else 200)

    def _as_typed(self, form):
        return {name: value for name in (*TYPED, "objectives") if (value := form.initial.get(name)) not in (None, "")}

    # The coach

    def assess(self, typed):
        """What the coach says of typed fields (a QueryDict or a dict)."""
        text = {name: str(typed.get(name, "") or "")[:MOST_TYPED] for name in TYPED}
        steps = sum(1 for name in ("first_step", "second_step") if text[name].strip())
        steps += self.goal.steps.count() if self.goal else 0
        counted = typed.get("steps", "")
        steps += int(counted) if not self.goal and isinstance(counted, str) and counted.isdecimal() and len(counted) < 4 else 0
        first, last = self.limits
        return assess(
            text["title"], measure=text["measure"], why=text["why"], due=_day(text["due_on"]), start=first, end=last, steps=steps,
            today=self.today, objective=self._objective_text(typed), mentors=self.mentors,
        )  # fmt: skip

    def _objective_text(self, typed):
        ids = typed.getlist("objectives") if hasattr(typed, "getlist") else typed.get("objectives", [])
        wanted = {str(pk) for pk in (ids if isinstance(ids, list) else [ids])}
        return "; ".join(one.text for one in self.objectives if str(one.pk) in wanted) if wanted else ""

    # The draft

    @property
    def _draft(self):
        key = f"goal-own:{self.mentorship.pk}" if self.mentors else f"goal:{self.mentorship.pk}"
        return {"author_key": author_of(self.request), "form_key": f"goal-words:{self.goal.pk}" if self.goal else key}

    def load_draft(self):
        return drafts.load_draft(**self._draft)

    def drop_draft(self):
        drafts.drop_draft(**self._draft)

    def keep_draft(self, goal_id=""):
        """Keep what is typed. goal_id: of the goal that is changed, as the page said."""
        post = self.request.POST
        typed = {name: post.get(name, "")[:MOST_TYPED] for name in (*TYPED, "base", "owner") if name in post}
        typed["objectives"] = post.getlist("objectives")[:20]
        place = self._draft
        if goal_id.isdecimal() and len(goal_id) < 19:
            place["form_key"] = f"goal-words:{goal_id}"
        drafts.save_draft(data=typed, **place)


def _as_initial(data) -> dict:
    """What was typed, as a form's initial values."""
    typed = {name: data.get(name, "") for name in (*TYPED, "base", "owner", "is_private") if name in data}
    return typed | {"objectives": data.getlist("objectives")}


def _day(text):
    """A day as a form would read it; an unreadable one is simply not there yet."""
    try:
        return GoalForm.base_fields["due_on"].to_python(text)
    except (ValidationError, ValueError):
        return None
