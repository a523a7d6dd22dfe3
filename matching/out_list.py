"""What is out: every proposal of a programme that people have been told of, whichever run and wave it came from."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.words import day, short_day
from programmes.enums import Side

from . import presenters
from .enums import ProposalStatus
from .models import Proposal
from .services.waves import Choice

# A tab: the key in the address, its label, the statuses in it.
_TABS = (
    ("", lambda: _("Waiting"), (ProposalStatus.PUBLISHED,)),
    ("accepted", lambda: _("Agreed"), (ProposalStatus.ACCEPTED,)),
    ("declined", lambda: _("Declined"), (ProposalStatus.DECLINED,)),
    ("lapsed", lambda: _("Not answered"), (ProposalStatus.LAPSED,)),
    ("withdrawn", lambda: _("Taken back"), (ProposalStatus.WITHDRAWN,)),
)
_WORDS_MOST = 6


@dataclass(frozen=True)
class OutPage:
    """state: the tab; counts: status -> how many; rows: the proposals of this tab, by who must answer first."""

    state: str
    counts: dict[str, int]
    rows: object

    @property
    def tabs(self):
        return [
            {"label": label(), "url": f"?state={key}", "on": key == self.state, "count": sum(self.counts.get(one, 0) for one in statuses)}
            for key, label, statuses in _TABS
        ]

    @property
    def total(self):
        return sum(self.counts.values())

    @property
    def headline(self):
        agreed = self.counts.get(ProposalStatus.ACCEPTED, 0)
        words = ngettext("%(agreed)d of %(out)d proposal is agreed", "%(agreed)d of %(out)d proposals are agreed", self.total)
        return words % {"agreed": agreed, "out": self.total}

    @property
    def lead(self):
        back = self.counts.get(ProposalStatus.DECLINED, 0) + self.counts.get(ProposalStatus.LAPSED, 0)
        waiting = self.counts.get(ProposalStatus.PUBLISHED, 0)
        parts = []
        if waiting:
            parts.append(ngettext("%(n)d waits for an answer.", "%(n)d wait for an answer.", waiting) % {"n": waiting})
        if back:
            parts.append(
                ngettext("%(n)d came back: a no, or no answer in time.", "%(n)d came back: a no, or no answer in time.", back) % {"n": back}
            )
        return " ".join(parts)


def out_page(programme, membership, *, state, wave, q) -> OutPage:
    """state: a tab's key; wave: the number of a wave, or None; q: words of the people's names."""
    rows = Proposal.objects.visible_to(membership).filter(programme=programme, published_at__isnull=False)
    if wave:
        rows = rows.filter(wave__number=wave)
    counts = dict(rows.order_by().values_list("status").annotate(n=Count("pk")))
    state = state if state in {key for key, _label, _statuses in _TABS} else ""
    statuses = next(statuses for key, _label, statuses in _TABS if key == state)
    rows = rows.filter(status__in=statuses)
    for word in q.split()[:_WORDS_MOST]:
        named = Q()
        for side in Side.values:
            named |= Q(**{f"{side}__membership__first_name__icontains": word}) | Q(**{f"{side}__membership__last_name__icontains": word})
        rows = rows.filter(named)
    order = ["answer_by", "pk"] if state == "" else ["-settled_at", "-pk"]
    return OutPage(state, counts, rows.order_by(*order))


def out_row(proposal) -> dict:
    """A row of the list; the proposal with presenters.with_people, and its wave."""
    wave = proposal.wave
    return {
        "proposal": proposal,
        "student": proposal.student,
        "mentor": proposal.mentor,
        "tag": presenters.tag(proposal),
        "wave": _("Wave %(n)d") % {"n": wave.number} if wave else "",
        "when": _when(proposal),
        "who": _who(proposal),
    }


def _when(proposal):
    if proposal.status == ProposalStatus.PUBLISHED and proposal.answer_by:
        return _("to answer by %(day)s") % {"day": day(proposal.answer_by)}
    if proposal.settled_at:
        return short_day(proposal.settled_at)
    return ""


def _who(proposal):
    """Of a proposal that lapsed: who did not answer."""
    if proposal.status != ProposalStatus.LAPSED:
        return ""
    answered = {one.side for one in proposal.answers.all()}
    if not answered:
        return _("Neither answered")
    return _("The student did not answer") if Side.MENTOR in answered else _("The mentor did not answer")


def wave_row(wave, employers) -> dict:
    """A wave in words. employers: id -> name."""
    choice = Choice.from_json(wave.chosen)
    parts = [choice.course, employers.get(choice.employer, "")]
    if choice.least:
        parts.append(_("score %(score)d and above") % {"score": choice.least})
    if choice.ticked:
        parts.append(_("chosen one by one"))
    return {
        "wave": wave,
        "title": _("Wave %(n)d, %(day)s") % {"n": wave.number, "day": day(wave.published_at)},
        "part": " · ".join(part for part in parts if part) or _("the whole draft"),
        "run": _("run %(n)d") % {"n": wave.run.number},
    }
