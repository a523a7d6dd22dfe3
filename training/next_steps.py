"""What stands between a mentor and being matched, line by line, and the one thing to do next: for each of the two readers."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from common.words import short_day

from .enums import Gate
from .models import TrainingOverride
from .services.checks import Check
from .services.readiness import Readiness


@dataclass(frozen=True)
class Step:
    """One thing to do: in words, and where ("" when it is somebody else's turn)."""

    words: str
    url: str = ""
    action: str = ""


@dataclass(frozen=True)
class Line:
    """One condition. state: done, open, decided or note. decision: the override that stands in for it, or None."""

    words: str
    state: str
    gate: str = ""
    decision: TrainingOverride | None = None
    step: Step | None = None

    @property
    def icon(self):
        return {"done": "circle-check", "decided": "circle-slash", "note": "info"}.get(self.state, "circle-dashed")

    @property
    def css(self):
        return {"done": "good", "open": "faint", "decided": "warn"}.get(self.state, "")


def lines_for(mentor, ready: Readiness, check: Check, slug, *, coordinator) -> list[Line]:
    """The conditions in the order in which they are met. coordinator: who reads, since each has other things to do."""
    step_of = _coordinators_step if coordinator else _mentors_step
    found = []
    for gate in Gate:
        if gate in ready.missing:
            decision = ready.overrides.get(gate)
            step = step_of(gate, mentor, ready, slug)
            found.append(Line(_capital(ready.words_for(gate)), "decided" if decision else "open", gate, decision, step))
        elif words := _done(gate, ready):
            found.append(Line(words, "done", gate))
    if check.needed:
        found.append(_check_line(mentor, check, slug, coordinator))
    if ready.end_finished_at:
        found.append(Line(_("End checklist finished %(day)s") % {"day": short_day(ready.end_finished_at)}, "done"))
    elif ready.end_is_open:
        step = None if coordinator else _end_step(mentor, ready, slug)
        found.append(Line(_("End checklist: %(n)d of %(total)d answered") % {"n": ready.end_answered, "total": ready.total}, "open", step=step))
    return found


def next_for_mentor(mentor, ready: Readiness, slug) -> Step | None:
    """What the mentor does next; None when nothing is open."""
    for gate in ready.missing:
        step = _mentors_step(gate, mentor, ready, slug)
        if step.url:
            return step
    if ready.end_is_open and not ready.end_finished_at:
        return _end_step(mentor, ready, slug)
    return None


def next_for_coordinator(mentor, ready: Readiness, check: Check, slug) -> Step | None:
    """What happens next with this mentor, and where the coordinator does it; None when they can be matched."""
    if ready.undecided:
        return _coordinators_step(ready.undecided[0], mentor, ready, slug)
    if check.stops:
        return _check_step(mentor, slug)
    return None


def _mentors_step(gate, mentor, ready, slug):
    if gate == Gate.CHECKLIST:
        action = _("Carry on") if ready.answered else _("Start")
        return Step(_("Answer the checklist"), reverse("training:checklist", args=[slug, mentor.pk]), action)
    if gate == Gate.CODE:
        return Step(_("Sign the code of conduct"), reverse("training:code", args=[slug, mentor.pk]), _("Read and sign"))
    if gate == Gate.NEED:
        url = reverse("training:point", args=[slug, mentor.pk, ready.blocking[0].key])
        return Step(_("Close what is open: %(point)s") % {"point": ready.blocking[0].title}, url, _("Read, then answer again"))
    return Step(_("A refresher is due. Your coordinator tells you when there is one."))


def _end_step(mentor, ready, slug):
    action = _("Carry on") if ready.end_answered else _("Answer the end checklist")
    return Step(_("Look at the points once more: what has changed?"), reverse("training:checklist_end", args=[slug, mentor.pk]), action)


def _coordinators_step(gate, mentor, ready, slug):
    if gate == Gate.CHECKLIST:
        words = _("They finish the checklist") if mentor.invited_at else _("Write to them")
        return Step(words)
    if gate == Gate.CODE:
        return Step(_("They sign the code of conduct"))
    if gate == Gate.NEED:
        url = reverse("training:need_met", args=[slug, mentor.pk, ready.blocking[0].key])
        return Step(_("Talk it through, or wait for them to read and answer again"), url, _("Note that it is met"))
    return Step(_("Refresher training"), reverse("training:hours_add", args=[slug, mentor.pk]) + "?kind=refresher", _("Note a refresher"))


def _check_step(mentor, slug):
    return Step(_("A valid background check"), reverse("programmes:participant_edit", args=[slug, mentor.pk]), _("Enter the date"))


def _done(gate, ready):
    if gate == Gate.CHECKLIST:
        return _("Checklist finished %(day)s") % {"day": short_day(ready.finished_at)}
    if gate == Gate.CODE:
        return _("Code of conduct signed %(day)s") % {"day": short_day(ready.signed_at)}
    if gate == Gate.NEED and ready.finished_at and any(one.must_be_covered for one in ready.checklist.aspects):
        names = ", ".join(str(one.title) for one in ready.checklist.aspects if one.must_be_covered)
        return _("Covered: %(points)s") % {"points": names}
    if gate == Gate.REFRESHER and ready.valid_until:
        return _("Training valid to %(day)s") % {"day": short_day(ready.valid_until)}
    return ""


def _check_line(mentor, check, slug, coordinator):
    step = _check_step(mentor, slug) if coordinator and check.kind else None
    state = "open" if check.stops else "note" if check.kind else "done"
    return Line(_capital(check.words), state, step=step)


def _capital(words):
    return words[:1].upper() + words[1:]
