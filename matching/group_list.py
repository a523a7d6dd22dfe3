"""A run's proposals as groups: one card for each, with who is in it, how well they fit, and what they have in common."""

from collections import defaultdict

from django.db.models import Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.enums import Side

from . import words
from .enums import ProposalStatus
from .models import MatchRun, Proposal, ProposalAnswer
from .presenters import row, with_people

# By the worst pair of a group, as the list of pairs is by its score; names by the first in the group.
ORDERS = {
    "": (Min("score"), "key"),
    "best": (Max("score"), "-key"),
    "student": (Min("student__membership__first_name"), "key"),
    "mentor": (Min("mentor__membership__first_name"), "key"),
}


def has_groups(run) -> bool:
    """Whether the run proposes groups: as its programme's format was when it was made."""
    return run.proposals.filter(group__isnull=False).exists()


def numbers_of(proposals, order) -> list[int]:
    """The groups of these proposals in order, each once."""
    key, by = ORDERS[order]
    return list(proposals.order_by().exclude(group=None).values("group").annotate(key=key).order_by(by, "group").values_list("group", flat=True))


def groups_of(run, membership, numbers, state) -> list[dict]:
    """These groups of a run as cards, whole; where a state is looked for, those of them in it. Four queries."""
    rows = Proposal.objects.visible_to(membership).filter(run=run, group__in=list(numbers))
    if state in ProposalStatus.values:
        rows = rows.filter(status=state)
    else:
        rows = rows.exclude(status=ProposalStatus.REMOVED)
        rows = rows.filter(status=ProposalStatus.DRAFT) if run.status == MatchRun.Status.DRAFT else rows
    found = defaultdict(list)
    for one in with_people(rows).order_by("mentor", "-score", "pk"):
        found[one.group].append(one)
    return [card(found[number]) for number in numbers if found[number]]


def card(proposals) -> dict:
    """One group: mentors, title, score (the mean), what they have in common, and a row for each student."""
    mentors = list({one.mentor_id: one.mentor for one in proposals}.values())
    students = ngettext("%(n)d student", "%(n)d students", len(proposals)) % {"n": len(proposals)}
    return {
        "number": proposals[0].group,
        "mentors": mentors,
        "title": _("%(mentors)s with %(students)s") % {"mentors": words.listing(one.name for one in mentors), "students": students},
        "score": round(sum(one.score for one in proposals) / len(proposals)),
        "together": together(proposals, mentors),
        "answers": answers(proposals, mentors),
        "rows": [row(one) for one in proposals],
    }


def together(proposals, mentors) -> list[str]:
    """What speaks for this group as a group: what all of them share, in sentences."""
    students = [one.student for one in proposals]
    found = []
    lines = {one.industry.strip() for one in students}
    if len(students) > 1 and len(lines) == 1 and "" not in lines:
        found.append(_("All in the same line of work: %(industry)s.") % {"industry": lines.pop()})
    free = set.intersection(*(set(one.availability) for one in [*students, *mentors]))
    if free:
        found.append(_("Everybody is free on %(slots)s.") % {"slots": words.slots(free)})
    towns = {one.town.strip() for one in [*students, *mentors]}
    if len(towns) == 1 and "" not in towns:
        found.append(_("All in %(town)s.") % {"town": towns.pop()})
    if len(mentors) > 1:
        most = max(sum(one.mentor_id == mentor.pk for one in proposals) for mentor in mentors)
        found.append(ngettext(
            "The mentors share the group: %(n)d student at most for each.", "The mentors share the group: %(n)d students at most for each.", most
        ) % {"n": most})  # fmt: skip
    lowest = min(one.score for one in proposals)
    return found or [_("Each fits the mentor: the lowest score is %(score)d.") % {"score": lowest}]


def answers(proposals, mentors) -> str:
    """How far a group that is out has come; "" for a draft."""
    out = [one for one in proposals if one.published_at]
    if not out:
        return ""
    yes = {Side.STUDENT.value: set(), Side.MENTOR.value: set()}
    for one in out:
        for answer in one.answers.all():
            if answer.decision == ProposalAnswer.Decision.ACCEPT:
                yes[answer.side].add(one.student_id if answer.side == Side.STUDENT else one.mentor_id)
    return _("%(students)d of %(all)d students and %(mentors)d of %(both)d mentors have said yes.") % {
        "students": len(yes[Side.STUDENT]), "all": len(out), "mentors": len(yes[Side.MENTOR]), "both": len(mentors),
    }  # fmt: skip
