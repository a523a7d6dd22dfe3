"""Publishing: all of a draft or a part of it; says first what goes to whom."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from common.attempts import try_to
from organisations.access import redirect_in, requires
from organisations.roles import Can

from .. import words
from ..forms import WaveForm
from ..presenters import counts_of
from ..services import publishing, runs, silence, waves
from ..services.refused import Refused
from .common import open_programme

TICKS_MOST = 200  # more than these nobody ticks one by one


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request, programme_id):
    """The part is chosen with GET and sent with POST, which says which draft and which proposals the page had shown."""
    programme = open_programme(request, programme_id)
    run = runs.latest_run(programme)
    if run is None:
        messages.warning(request, _("There is no proposal to publish yet."))
        return redirect_in(request, "matching:programme", programme.pk)
    if request.method == "POST" and request.POST.get("run") != str(run.pk):
        messages.warning(request, _("There is a newer draft by now. Please look at that one before publishing."))
        return redirect_in(request, "matching:programme", programme.pk)
    try:
        publishing.refuse_unless_draft(run)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect_in(request, "matching:programme", programme.pk)
    asked = request.POST if request.method == "POST" else request.GET
    form = WaveForm(asked, courses=waves.courses_in(run), employers=waves.employers_in(run))
    choice = form.choice() if form.is_valid() else waves.Choice()
    proposals = list(_chosen(request, programme, run, choice)) if form.is_valid() else []
    if request.method == "POST" and form.is_valid() and _sent(request, run, choice, [one.pk for one in proposals]):
        return redirect_in(request, "matching:programme", programme.pk)
    page = {"programme": programme, "run": run, "form": form, **_page(request, programme, run, choice, proposals)}
    return render(request, "matching/publish.html", page)


def _chosen(request, programme, run, choice):
    rows = waves.chosen_drafts(run, choice).visible_to(request.membership)
    if programme.spec.is_group:  # whole groups, whichever of them fits the choice
        ids = publishing.whole_groups(run, list(rows.values_list("pk", flat=True)))
        rows = waves.chosen_drafts(run, waves.Choice()).visible_to(request.membership).filter(pk__in=ids)
    return rows.select_related("student__membership", "mentor__membership")


def _sent(request, run, choice, ids) -> bool:
    """Start the work; False, with a message, where the page must be looked at again."""
    if request.POST.get("seen") != waves.digest_of(ids):
        messages.warning(
            request, _("The draft has changed since you opened this page, so nothing was sent. This is what stands in it now.")
        )
        return False
    if "ticks" in request.POST:
        ticked = set(request.POST.getlist("tick"))
        only = [pk for pk in ids if str(pk) in ticked]
        if request.programme.spec.is_group:
            only = publishing.whole_groups(run, only)
        choice = waves.Choice(choice.course, choice.employer, choice.least, ticked=len(only) < len(ids))
    else:
        only = ids
    if not only:
        messages.warning(request, _("Nothing was sent: tick at least one proposal."))
        return False
    return bool(try_to(request, "", publishing.start_publishing, run=run, by=request.membership, only=only, choice=choice))


def _page(request, programme, run, choice, proposals):
    counts, left_out = counts_of(run), publishing.obstacles(programme, proposals)
    ids, going = [one.pk for one in proposals], len(proposals) - len(left_out)
    rows = proposals if len(proposals) <= TICKS_MOST else ()
    ticked = set(request.POST.getlist("tick")) if "ticks" in request.POST else None
    return {
        "choice": choice,
        "count": going,
        "left_out": [left_out[pk].words for pk in ids if pk in left_out],
        "all_count": counts["draft"],
        "letters": _letters(rows, ids, left_out) or 2 * going,
        "seen": waves.digest_of(ids),
        "rows": [(one, ticked is None or str(one.pk) in ticked) for one in _one_tick_a_group(rows)],
        "consequences": _consequences(programme, counts, going, left_out.values()),
    }


def _one_tick_a_group(rows):
    """Pairs one by one; of a group its first proposal, with everybody in it as ``with_names``: it goes out whole."""
    groups = {}
    for one in rows:
        groups.setdefault(one.group if one.group is not None else f"pair {one.pk}", []).append(one)
    for together in groups.values():
        first = together[0]
        first.with_names = words.listing(one.student.name for one in together)
        first.mentor_names = words.listing({one.mentor_id: one.mentor.name for one in together}.values())
        first.courses = words.listing(sorted({one.student.course for one in together if one.student.course}))
        yield first


def _letters(rows, ids, left_out):
    """How many letters go out where groups are sent: one to each student, one to each mentor of a group. None for pairs."""
    going = [one for one in rows if one.pk not in left_out]
    if not any(one.group is not None for one in going):
        return None
    return len(going) + len({(one.group, one.mentor_id) for one in going})


def _consequences(programme, counts, out, left_out):
    stays, without = counts["draft"] - out - len(left_out), counts["unmatched"] + sum(one.still_looks for one in left_out)
    in_groups = programme.spec.is_group
    starts = _("The mentorship starts when both have said yes.")
    asked = ngettext(
        "%(n)d student and their mentor get a letter each: who, and why.",
        "%(n)d students and their mentors get a letter for each pair: who, and why.",
        out,
    )
    back = _("From then on the proposals can be taken back one by one, and both are told.")
    if in_groups:
        starts = _("A group starts when everybody in it has answered, with those who have said yes.")
        asked = ngettext(
            "%(n)d student gets a letter about their mentor, and each mentor one about their whole group.",
            "%(n)d students get a letter about their mentor, and each mentor one about their whole group.",
            out,
        )
        back = _("From then on the proposals can be taken back student by student; the student and the mentor are told.")
    answer = ngettext("Each has %(n)d day to answer.", "Each has %(n)d days to answer.", programme.answer_days)
    lines = [
        asked % {"n": out},
        answer % {"n": programme.answer_days} + " " + starts,
        _silence(silence.nudge_days(programme), in_groups),
        back,
    ]
    if stays:
        lines.append(
            ngettext("%(n)d proposal stays in the draft.", "%(n)d proposals stay in the draft.", stays) % {"n": stays}
        )
    if without:
        lines.append(
            ngettext(
                "%(n)d student without a proposal hears nothing yet.", "%(n)d students without a proposal hear nothing yet.", without
            ) % {"n": without}
        )  # fmt: skip
    return lines


def _silence(on_days, in_groups):
    """What happens to who does not answer, by the programme's own reminders."""
    after_it = _("When the time is over, both can be matched again.")
    if in_groups:
        after_it = _("Then a group starts without a student who was silent; if its mentor was, everybody in it can be matched again.")
    if not on_days:
        return _("Who does not answer is not reminded.") + " " + after_it
    after = get_text_list([str(number) for number in on_days], _("and"))
    words = ngettext("Who does not answer is reminded after %(after)s day.", "Who does not answer is reminded after %(after)s days.", on_days[-1])
    return words % {"after": after} + " " + after_it
