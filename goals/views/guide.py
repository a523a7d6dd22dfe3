"""From a wish to a goal in three prompts, one a page; what was answered is kept as a draft until the goal's own form takes it over."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from matching.models import MentorshipMember
from matching.rights import require_work_in
from organisations.access import author_of, requires
from organisations.days import local_today
from organisations.roles import Can
from organisations.services import drafts

from .. import guide as guiding
from .. import rights
from ..forms.guide import OTHER, FirstForm, ProofForm, WishForm
from ..presenters import names_of
from ..smart import assess
from .common import fetch_goal, fetch_mentorship, limits_of, still_runs

LAST = 3


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "POST"])
def guide(request, mentorship_id):
    """Three prompts to a new goal."""
    mentorship = fetch_mentorship(request, mentorship_id)
    require_work_in(request.membership, mentorship)
    if not still_runs(request, mentorship):
        return redirect(mentorship)
    return Guide(request, mentorship).answer()


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "POST"])
def guide_goal(request, goal_id):
    """Three prompts to clearer words for a goal that is there."""
    goal = fetch_goal(request, goal_id)
    require_work_in(request.membership, goal.mentorship)
    if not still_runs(request, goal.mentorship):
        return redirect("goals:detail", request.organisation.slug, goal.pk)
    if not rights.may_change(request.membership, goal):
        raise PermissionDenied
    return Guide(request, goal.mentorship, goal).answer()


class Guide:
    """The three prompts for one person. ``goal``: the one whose words become clearer, if any."""

    def __init__(self, request, mentorship, goal=None):
        self.request, self.mentorship, self.goal = request, mentorship, goal
        self.today, self.limits = local_today(mentorship.organisation), limits_of(mentorship)
        self.mentors = bool(goal and goal.is_mentors)
        key = f"goal-guide:0:{goal.pk}" if goal else f"goal-guide:{mentorship.pk}"
        self.draft = {"author_key": author_of(request), "form_key": key}
        self.kept = drafts.load_draft(**self.draft) or self._from_goal()

    def _from_goal(self):
        return {"want": self.goal.title, "due_on": self.goal.due_on.isoformat() if self.goal.due_on else ""} if self.goal else {}

    def answer(self):
        step = self._step()
        form = self._form(step)
        ideas = self._ideas() if step == 2 else []
        if self.request.method == "POST" and step == 2 and {"idea", "take"} & set(self.request.POST):
            form = ProofForm(initial={"title": self._taken(ideas), "measure": self.request.POST.get("measure", "")[:300]})
        elif form.is_bound and form.is_valid():
            self._keep(form.cleaned_data)
            return self._finish() if step == LAST else redirect(f"{self.request.path}?step={step + 1}")
        status = 422 if form.is_bound else 200
        context = {
            "form": form, "step": step, "ideas": ideas, "mentorship": self.mentorship, "goal": self.goal, "mentors": self.mentors,
            "labels": [_("What"), _("How you know"), _("When, and what first")], "other": self._other(),
            "want": self.kept.get("want", ""), "assessment": self._assess(form) if step == 2 else None, "takes": True,
            "back": f"?step={step - 1}" if step > 1 else "",
        }  # fmt: skip
        return render(self.request, "goals/guide.html", context, status=status)

    def _step(self):
        """The prompt that is asked for, but none before its turn."""
        asked = self.request.GET.get("step", "1")
        reached = LAST if self.kept.get("title") else 2 if self.kept.get("want") else 1
        if self.goal and not self.kept.get("title") and "step" not in self.request.GET:
            return 1
        return min(int(asked), reached) if asked in {"1", "2", "3"} else 1

    def _form(self, step):
        data = self.request.POST if self.request.method == "POST" else None
        if step == 1:
            return WishForm(data, initial={"want": self.kept.get("want", "")})
        if step == 2:
            return ProofForm(data, initial={name: self.kept.get(name, "") for name in ("title", "measure")})
        days = guiding.days_to_choose(today=self.today, start=self.limits[0], end=self.limits[1])
        return FirstForm(data, initial=self._initial_day(days), days=days, limits=self.limits, today=self.today)

    def _initial_day(self, days):
        kept = self.kept.get("due_on", "")
        offered = {day.isoformat() for _words, day in days}
        when = kept if kept in offered else OTHER if kept else next(iter(sorted(offered)), OTHER)
        return {"when": when, "due_on": kept, "first": self.kept.get("first", ""), "second": self.kept.get("second", "")}

    def _ideas(self):
        start, end = self.limits
        return guiding.ideas(self.kept.get("want", ""), today=self.today, start=start, end=end, mentors=self.mentors)

    def _taken(self, ideas):
        post = self.request.POST
        place = post.get("idea", "")
        if place.isdecimal() and len(place) < 3 and int(place) < len(ideas):
            return ideas[int(place)]
        return guiding.without_day(self._assess_text(post.get("title", ""), post.get("measure", "")).suggestion) or post.get("title", "")

    def _assess(self, form):
        if form.is_bound:
            return self._assess_text(form.data.get("title", ""), form.data.get("measure", ""))
        title = form.initial.get("title", "")
        return self._assess_text(title, form.initial.get("measure", "")) if title else None

    def _assess_text(self, title, measure):
        start, end = self.limits
        return assess(title, measure=measure, start=start, end=end, today=self.today, mentors=self.mentors)

    def _keep(self, cleaned):
        answers = {name: value.isoformat() if hasattr(value, "isoformat") else value or "" for name, value in cleaned.items()}
        self.kept |= answers
        drafts.save_draft(data=self.kept, **self.draft)

    def _finish(self):
        """Hand the answers to the goal's own form as its draft."""
        kept, (start, end) = self.kept, self.limits
        due_on = FirstForm.base_fields["due_on"].to_python(kept.get("due_on", ""))
        answers = guiding.Answers(kept["want"], kept["title"], kept.get("measure", ""), due_on, kept.get("first", ""), kept.get("second", ""))
        fields = guiding.compose(answers, today=self.today, start=start, end=end)
        fields["due_on"] = fields["due_on"].isoformat() if fields["due_on"] else ""
        key = f"goal-words:{self.goal.pk}" if self.goal else f"goal:{self.mentorship.pk}"
        drafts.save_draft(author_key=author_of(self.request), form_key=key, data=fields)
        drafts.drop_draft(**self.draft)
        if self.goal:
            return redirect("goals:edit", self.request.organisation.slug, self.goal.pk)
        return redirect(reverse("goals:create", args=[self.request.organisation.slug, self.mentorship.pk]))

    def _other(self):
        """The first name of the other side, for "you and Dafydd"."""
        rows = MentorshipMember.objects.visible_to(self.request.membership).filter(mentorship=self.mentorship)
        seats = list(rows.select_related("participant__membership").order_by("pk"))
        names = names_of((seat.side, seat.participant) for seat in seats if seat.participant.membership_id != self.request.membership.pk)
        mine = {str(seat.side) for seat in seats if seat.participant.membership_id == self.request.membership.pk}
        return names.get("student" if "mentor" in mine else "mentor", "")
