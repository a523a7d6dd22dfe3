"""Who reads a note: each visibility for each person, by the query and on the page."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from checkins.enums import Visibility
from checkins.models import Note
from checkins.services.notes import write_note
from matching.services.refused import Refused
from tests import factories as make
from tests.checkins.helpers import check_in

READERS = {
    Visibility.ONLY_ME: {"mentor"},
    Visibility.MENTORSHIP: {"mentor", "student"},
    Visibility.COORDINATORS: {"mentor", "student", "coordinator"},
    Visibility.LEAD: {"mentor", "lead"},
}


@pytest.mark.parametrize("visibility", Visibility.values)
def test_each_visibility_for_each_person(northfield, riverside, visibility):
    with northfield.scope():
        note = make.NoteFactory(mentorship=northfield.mentorship, author=northfield.people["mentor"], visibility=visibility)
        stranger = make.MentorshipFactory(programme=northfield.programme).members.get(side="mentor").participant.membership
        readers = {role for role, one in northfield.people.items() if Note.objects.visible_to(one).filter(pk=note.pk).exists()}
        assert readers == READERS[visibility]
        assert list(Note.objects.visible_to(stranger)) == []
    with riverside.scope():
        assert list(Note.objects.visible_to(riverside.people["coordinator"])) == []


@pytest.mark.parametrize("visibility", Visibility.values)
def test_each_visibility_on_the_check_ins_page(northfield, sign_in, visibility):
    with northfield.scope():
        row = check_in(northfield, status="held", held_on=timezone.localdate())
        make.NoteFactory(
            mentorship=northfield.mentorship, check_in=row, author=northfield.people["mentor"], visibility=visibility, text="KANARIE"
        )
    url, seen = reverse("checkins:detail", args=["northfield", row.pk]), set()
    for role in ("mentor", "student", "coordinator", "tutor", "owner", "lead"):
        answer = sign_in(northfield.people[role]).get(url)
        assert answer.status_code == (403 if role in {"owner", "lead"} else 200)
        if "KANARIE" in answer.content.decode():
            seen.add(role)
    assert seen == READERS[visibility] - {"lead"}


def test_the_lead_reads_notes_left_for_them_on_a_page_of_their_own(northfield, sign_in):
    from audit.models import AccessLog

    with northfield.scope():
        left, private = (
            make.NoteFactory(mentorship=northfield.mentorship, author=northfield.people["mentor"], visibility=one, text="KANARIE")
            for one in (Visibility.LEAD, Visibility.ONLY_ME)
        )
    client = sign_in(northfield.lead)
    assert "KANARIE" not in client.get(reverse("checkins:concerns", args=["northfield"])).content.decode()
    assert "KANARIE" in client.get(reverse("checkins:lead_note", args=["northfield", left.pk])).content.decode()
    assert client.get(reverse("checkins:lead_note", args=["northfield", private.pk])).status_code == 403
    with northfield.scope():
        assert list(AccessLog.objects.values_list("what", "object_id")) == [("note for the lead", left.pk)]
    for role in ("owner", "coordinator", "tutor", "mentor", "student"):
        url = reverse("checkins:lead_note", args=["northfield", left.pk])
        assert sign_in(northfield.people[role]).get(url).status_code == 403


@pytest.mark.parametrize(("text", "visibility"), [("  ", "mentorship"), ("Words", "everybody")])
def test_a_note_needs_words_and_readers(northfield, text, visibility):
    with northfield.scope():
        with pytest.raises(Refused):
            write_note(mentorship=northfield.mentorship, text=text, visibility=visibility, by=northfield.people["mentor"])
        assert Note.objects.count() == 0


def test_a_lead_who_coordinates_too_reads_such_a_note_on_its_own_page_only(northfield, sign_in):
    """Beside other things it would be read without a trace."""
    from audit.models import AccessLog
    from organisations.models import Membership

    both = northfield.people["coordinator"]
    with northfield.scope():
        Membership.objects.filter(pk=both.pk).update(is_safeguarding_lead=True)
        row = check_in(northfield, status="held", held_on=timezone.localdate())
        fields = {"mentorship": northfield.mentorship, "check_in": row, "author": northfield.people["mentor"]}
        make.NoteFactory(visibility=Visibility.LEAD, text="KANARIE", **fields)
        make.NoteFactory(visibility=Visibility.COORDINATORS, text="Sparrow", **fields)
    client = sign_in(both)
    for url in (reverse("checkins:detail", args=["northfield", row.pk]), reverse("home:mentorship", args=["northfield", northfield.mentorship.pk])):
        page = client.get(url).content.decode()
        assert ("KANARIE" in page, "Sparrow" in page) == (False, True)
    with northfield.scope():
        assert AccessLog.objects.count() == 0


def test_an_ended_mentorship_takes_no_note(northfield, sign_in):
    from matching.models import Mentorship

    with northfield.scope():
        Mentorship.objects.filter(pk=northfield.mentorship.pk).update(status="completed")
    url = reverse("home:note_add", args=["northfield", northfield.mentorship.pk])
    answer = sign_in(northfield.people["mentor"]).post(url, {"text": "One more thing", "visibility": "mentorship"})
    assert (answer.status_code, "One more thing" in answer.content.decode()) == (422, True)
    with northfield.scope():
        assert Note.objects.count() == 0


def test_pressed_twice_is_one_note_and_other_words_are_another(northfield):
    with northfield.scope():
        written = {"mentorship": northfield.mentorship, "by": northfield.people["mentor"], "visibility": Visibility.MENTORSHIP}
        first = write_note(text="A good talk", **written)
        assert write_note(text="A good talk ", **written) == first
        assert write_note(text="Another talk", **written) != first
        assert write_note(text="A good talk", **written | {"by": northfield.people["student"]}) != first
        Note.objects.filter(pk=first.pk).update(written_at=timezone.now() - dt.timedelta(hours=1))
        assert write_note(text="A good talk", **written) != first
        assert Note.objects.count() == 4
