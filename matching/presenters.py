"""What the pages of matching show, made ready: rows in words, groups, the sentence on top."""

from collections import defaultdict

from django.db.models import Count, Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.words import day
from programmes.enums import Side
from programmes.models import Placement

from . import words
from .enums import ProposalStatus
from .models import MatchRun, ProposalAnswer
from .proposal_list import LOOK_AT
from .services.records import names_of

GROUPS_SHOWN = 3
NO_PLACE = "no_place_left"


def with_people(proposals):
    """Proposals with what a row shows, in three queries for a whole page."""
    placements = Placement.objects.select_related("site__employer").order_by("starts_on")
    return proposals.select_related("student__membership", "mentor__membership").prefetch_related(
        Prefetch("student__placements", queryset=placements),
        Prefetch("answers", queryset=ProposalAnswer.objects.order_by("pk")),
    )


def row(proposal) -> dict:
    """One proposal as a row of the list."""
    placement = next(iter(proposal.student.placements.all()), None)
    return row_without_placement(proposal) | {"placement": placement}


def row_without_placement(proposal) -> dict:
    """The same where the student's placement stands elsewhere on the page."""
    return {
        "proposal": proposal,
        "student": proposal.student,
        "mentor": proposal.mentor,
        "axes": words.axes(proposal.axes),
        "fors": words.reasons(proposal.reasons_for),
        "against": words.reasons(proposal.reasons_against),
        "tag": tag(proposal),
    }


def tag(proposal) -> tuple[str, str, str]:
    """(text, kind, icon) of the state of a proposal."""
    if proposal.status == ProposalStatus.PUBLISHED:
        return _waiting(proposal)
    if proposal.status != ProposalStatus.DRAFT:
        return {
            ProposalStatus.ACCEPTED: (_("Both said yes"), "good", "check"),
            ProposalStatus.DECLINED: (_declined(proposal), "warn", "x"),
            ProposalStatus.LAPSED: (_("Not answered in time"), "warn", "clock"),
            ProposalStatus.REMOVED: (_("Removed"), "", "trash-2"),
            ProposalStatus.WITHDRAWN: (_("Taken back"), "", "undo-2"),
        }[proposal.status]
    if proposal.is_by_hand:
        return _("By hand"), "info", "hand"
    if proposal.is_locked:
        return _("Locked"), "info", "lock"
    if proposal.score < LOOK_AT:
        return _("Look at this"), "warn", ""
    return _("Proposed"), "", ""


def headline(run, counts) -> str:
    """The page's first sentence. counts: status -> proposals of the run, and "unmatched"."""
    if run.status == MatchRun.Status.DRAFT:
        matched = counts[ProposalStatus.DRAFT] + counts[ProposalStatus.PUBLISHED] + counts[ProposalStatus.ACCEPTED]
        students = matched + counts["unmatched"]
        return ngettext(
            "%(matched)d of %(students)d student has a proposal",
            "%(matched)d of %(students)d students have a proposal",
            students,
        ) % {"matched": matched, "students": students}
    out = sum(
        counts[one]
        for one in (ProposalStatus.PUBLISHED, ProposalStatus.ACCEPTED, ProposalStatus.DECLINED, ProposalStatus.LAPSED)
    )
    return ngettext(
        "%(agreed)d of %(out)d proposal is agreed", "%(agreed)d of %(out)d proposals are agreed", out
    ) % {"agreed": counts[ProposalStatus.ACCEPTED], "out": out}  # fmt: skip


def lead(run, counts) -> str:
    """The sentences under it: which run, how good, how it differs from the last, how long it took."""
    if run.status == MatchRun.Status.PUBLISHED:
        parts = [_("Run %(number)d, published on %(day)s.") % {"number": run.number, "day": day(run.published_at)}]
        waiting, declined = counts[ProposalStatus.PUBLISHED], counts[ProposalStatus.DECLINED]
        if waiting:
            parts.append(ngettext("%(n)d waits for an answer.", "%(n)d wait for an answer.", waiting) % {"n": waiting})
        if declined:
            parts.append(ngettext("%(n)d was declined.", "%(n)d were declined.", declined) % {"n": declined})
        return " ".join(parts)
    if run.totals.get("by_hand"):
        return " ".join([_("Run %(number)d, paired by hand so far.") % {"number": run.number}, *_partly_out(counts)])
    parts = [_("Run %(number)d.") % {"number": run.number}, *_partly_out(counts)]
    if run.totals["certificate"]["gap"] == 0:
        parts.append(_("The best possible total under your rules."))
    parts += _compared(run.totals.get("previous"), run.totals["matched"])
    parts.append(_("Made in %(seconds)s seconds.") % {"seconds": max(0.1, round(run.totals["seconds"], 1))})
    return " ".join(parts)


def _partly_out(counts):
    """Of a draft of which a part is out already."""
    out, agreed = counts[ProposalStatus.PUBLISHED] + counts[ProposalStatus.ACCEPTED], counts[ProposalStatus.ACCEPTED]
    if not out:
        return []
    words = ngettext("%(out)d of them is out, %(agreed)d agreed.", "%(out)d of them are out, %(agreed)d agreed.", out)
    return [words % {"out": out, "agreed": agreed}]


def counts_of(run) -> dict:
    """How many proposals of a run are in each state, and how many students have none: two queries."""
    counts = defaultdict(int, dict.fromkeys(ProposalStatus.values, 0))
    counts |= dict(run.proposals.order_by().values_list("status").annotate(n=Count("pk")))
    counts["unmatched"] = run.unmatched.count()
    return counts


def unmatched_groups(run, most=GROUPS_SHOWN) -> list[dict]:
    """Students without a mentor by reason (want of places also by line of work), the largest group first. Three queries.

    Each: code, industry ("" for all), count and label for a tag, and one student's case in words.
    """
    sizes = defaultdict(int)
    for code, industry, size in run.unmatched.order_by().values_list("code", "student__industry").annotate(n=Count("pk")):
        sizes[code, industry if code == NO_PLACE else ""] += size
    shown = sorted(sizes, key=lambda group: (-sizes[group], group))[:most]
    cases = run.unmatched.filter(code__in={code for code, _industry in shown}).select_related("student__membership")
    cases = list(cases.order_by("code", "student__industry", "pk").distinct("code", "student__industry"))
    first = {(one.code, one.student.industry if one.code == NO_PLACE else ""): one for one in reversed(cases)}
    names = mentor_names(first[group] for group in shown)
    return [_group(*group, sizes[group], first[group], names) for group in shown]


def reason_tabs(run) -> list[dict]:
    """Every reason of a run with its number of students: one query."""
    sizes = run.unmatched.order_by().values_list("code").annotate(n=Count("pk")).order_by("-n", "code")
    return [{"code": code, "label": words.unmatched_label(code)[1], "count": size} for code, size in sizes]


def unmatched_row(one, names) -> dict:
    """One student without a mentor: why, and what would change it."""
    kind, label = words.unmatched_label(one.code)
    return {
        "student": one.student,
        "kind": kind,
        "label": label,
        "why": words.unmatched_why(one.code, one.params),
        "changes": [words.change(item["code"], item["params"], names) for item in one.remedy.get("changes", [])],
    }


def mentor_names(rows) -> dict[int, str]:
    """Names of the mentors that the remedies of these rows speak of: one query."""
    return names_of(mentors_in(rows))


def mentors_in(rows) -> set[int]:
    """Ids of the mentors that the remedies of these rows speak of."""
    found = {item["params"].get("mentor") for one in rows for item in one.remedy.get("changes", [])}
    return found - {None}


def _group(code, industry, size, case, names):
    kind, label = words.unmatched_label(code)
    if industry:
        label = _("no place left in %(industry)s") % {"industry": industry}
    return {"code": code, "industry": industry, "tag": f"{size} · {label}", **unmatched_row(case, names), "kind": kind}


def _waiting(proposal):
    said = {one.side for one in proposal.answers.all()}
    if len(said) == len(Side):
        return _("Both said yes; waits for the others"), "good", "clock"
    if "mentor" in said:
        return _("Waiting for the student"), "info", "clock"
    if "student" in said:
        return _("Waiting for the mentor"), "info", "clock"
    return _("Waiting for both"), "", "clock"


def _declined(proposal):
    sides = {one.side for one in proposal.answers.all() if one.decision == ProposalAnswer.Decision.DECLINE}
    return _("Declined by the mentor") if "mentor" in sides else _("Declined by the student")


def _compared(previous, matched):
    if not previous:
        return []
    more, changed = matched - previous["matched"], previous["changed"]
    if more > 0:
        first = ngettext("%(n)d more matched", "%(n)d more matched", more) % {"n": more}
    elif more < 0:
        first = ngettext("%(n)d fewer matched", "%(n)d fewer matched", -more) % {"n": -more}
    else:
        first = _("as many matched")
    second = ngettext("%(n)d changed", "%(n)d changed", changed) % {"n": changed}
    return [
        _("Compared with run %(number)d: %(first)s, %(second)s.")
        % {"number": previous["number"], "first": first, "second": second}
    ]
