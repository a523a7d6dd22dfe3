"""One page for a mentor who must stop, and a student's own button to share earlier notes with the mentor who carries on."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from checkins.models import Note
from checkins.services.notes import hand_on_notes
from matching.models import Mentorship
from matching.rights import require_work_in, side_of
from matching.services.refused import Refused
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can
from programmes.enums import Side
from programmes.models import Participant, Programme

from ..handover import HandoverForm


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request, programme_id, participant_id):
    programme = request.programme = fetch_visible(Programme, request.membership, pk=programme_id)
    people = Participant.objects.select_related("membership", "programme__organisation")
    mentor = fetch_visible(Participant, request.membership, people, pk=participant_id, programme=programme, side=Side.MENTOR)
    form = HandoverForm(request.POST or None, mentor=mentor, membership=request.membership)
    if request.method == "POST" and form.is_valid():
        done = form.do(by=request.membership)
        if not form.errors:
            _say(request, mentor, form, done)
            return redirect_in(request, "home:mentorships", programme.pk)
    context = {"programme": programme, "mentor": mentor, "form": form, "rows": list(form.rows())}
    return render(request, "home/hand_over.html", context, status=422 if form.errors else 200)


def _say(request, mentor, form, done):
    if done:
        words = ngettext("%(n)d mentorship is handed over or ended.", "%(n)d mentorships are handed over or ended.", done)
        messages.success(request, words % {"n": done})
    else:
        messages.info(request, _("No mentorship was handed over or ended."))
    if form.cleaned_data["leaves"] and form.leaves_some:
        words = _("%(name)s stays in the programme, because a mentorship was left as it is.")
        messages.info(request, words % {"name": mentor.name})


@requires(Can.SEE_OWN_PAGES)
@require_POST
def note_share(request, mentorship_id, note_id):
    """A student lets the mentor of now read a note of before."""
    mentorship = fetch_visible(Mentorship, request.membership, pk=mentorship_id)
    require_work_in(request.membership, mentorship)
    note = fetch_visible(Note, request.membership, pk=note_id)
    if side_of(request.membership, mentorship.members.select_related("participant")) != Side.STUDENT:
        messages.warning(request, _("Only the student shares earlier notes."))
        return redirect(mentorship)
    try:
        hand_on_notes(notes=[note], to=mentorship, by=request.membership)
        messages.success(request, _("The note is shared."))
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(mentorship)
