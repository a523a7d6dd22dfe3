"""Each visibility × everybody who might come across a note × every page, paper and table it could slip into."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.services.operators import add_operator
from checkins.enums import Visibility
from checkins.models import Note
from documents.gathering import gather_plan
from matching.models import Mentorship, MentorshipMember
from matching.services import handover
from organisations.models import Membership
from tests import factories as make
from tests.cast import person
from tests.checkins.helpers import check_in
from tests.matching import people

CANARY = "KANARIE-0fe4"
SEEN_BY = {
    Visibility.ONLY_ME: {"mentor"},
    Visibility.MENTORSHIP: {"mentor", "student", "second student"},
    Visibility.COORDINATORS: {"mentor", "student", "second student", "coordinator"},
    Visibility.LEAD: {"mentor", "lead"},
}


@pytest.fixture
def crowd(northfield):
    """Everybody, in a group of two students: also who left the mentorship, a deputy, and who belongs to another mentorship."""
    with northfield.scope():
        second = person("second", "second@northfield.example", roles=["student"])
        gone = person("gone", "gone@northfield.example", roles=["student"])
        for one, withdrawn in ((second, None), (gone, timezone.now())):
            seat = make.StudentFactory(programme=northfield.programme, membership=one, withdrawn_at=withdrawn)
            MentorshipMember.objects.create(mentorship=northfield.mentorship, participant=seat, side="student")
        deputy = person("deputy", "deputy@northfield.example", roles=["tutor"])
        Membership.objects.filter(pk=deputy.pk).update(is_safeguarding_deputy=True)
        stranger = northfield.other_mentorship.members.get(side="mentor").participant.membership
    return {**northfield.people, "second student": second, "who withdrew": gone, "deputy": deputy, "stranger": stranger}


def written(house, visibility, author="mentor"):
    row = check_in(house, number=70, status="held", held_on=timezone.localdate())
    return make.NoteFactory(mentorship=house.mentorship, check_in=row, author=house.people[author], visibility=visibility, text=CANARY), row


@pytest.mark.parametrize("visibility", Visibility.values)
def test_the_query_lets_through_exactly_these(northfield, crowd, visibility):
    with northfield.scope():
        note, _row = written(northfield, visibility)
        found = {name for name, one in crowd.items() if Note.objects.visible_to(Membership.objects.get(pk=one.pk)).filter(pk=note.pk).exists()}
    assert found == SEEN_BY[visibility]


@pytest.mark.parametrize("visibility", Visibility.values)
def test_pages_and_searches_show_it_to_nobody_else(northfield, crowd, sign_in, visibility):
    with northfield.scope():
        _note, row = written(northfield, visibility)
    pages = [
        reverse("home:mentorship", args=["northfield", northfield.mentorship.pk]),
        reverse("checkins:detail", args=["northfield", row.pk]),
        reverse("checkins:plan", args=["northfield", northfield.mentorship.pk]),
        reverse("checkins:concerns", args=["northfield"]),
        reverse("checkins:my_concerns", args=["northfield"]),
        reverse("home:today", args=["northfield"]),
        reverse("home:mentorships", args=["northfield", northfield.programme.pk]) + f"?q={CANARY}",
        reverse("organisations:people", args=["northfield"]) + f"?q={CANARY}",
        reverse("organisations:history", args=["northfield"]),
        reverse("programmes:participants", args=["northfield", northfield.programme.pk]) + f"?q={CANARY}",
    ]
    seen = set()
    for name in ("mentor", "student", "second student", "who withdrew", "coordinator", "tutor", "owner", "lead", "deputy"):
        client = sign_in(crowd[name])
        for page in pages:
            text = client.get(page).content.decode().replace(f'value="{CANARY}"', "").replace(f"q={CANARY}", "")
            if CANARY in text:
                seen.add(name)
    assert seen == SEEN_BY[visibility] - {"lead"}  # the lead reads it on a page of its own, where that is recorded


@pytest.mark.parametrize("visibility", Visibility.values)
def test_operators_papers_and_history_tables_hold_it_back(northfield, client, visibility):
    with northfield.scope():
        note, _row = written(northfield, visibility)
        Note.objects.filter(pk=note.pk).update(text=CANARY + " again")
        mentorship = Mentorship.objects.select_related("programme", "organisation", "placement").get(pk=northfield.mentorship.pk)
        assert CANARY not in repr(gather_plan(mentorship, today=timezone.localdate()))
        assert CANARY in repr(list(Note.pgh_event_model.objects.values()))  # there is something that could leak
    operator = add_operator(email="operator@platform.example", password=make.PASSWORD, name="Olu Operator")[0]
    client.force_login(operator, backend="django.contrib.auth.backends.ModelBackend")
    client.post("/admin/organisation/", {"organisation": northfield.organisation.pk, "reason": "Asked by telephone to look"})
    for page in ("/admin/checkins/note/", f"/admin/checkins/note/{note.pk}/change/", f"/admin/checkins/note/{note.pk}/history/"):
        answer = client.get(page)
        assert (answer.status_code, CANARY in answer.content.decode()) == (200, False)


def test_after_a_hand_over_the_former_mentor_reads_the_old_notes_and_no_new_ones(northfield):
    with northfield.scope():
        substitute = people.mentor(northfield.programme, capacity=3)
        old, _row = written(northfield, "mentorship", author="student")
        new = handover.hand_over(
            mentorship=northfield.mentorship, mentor=northfield.mentor, substitute=substitute, by=northfield.people["coordinator"]
        )
        later = make.NoteFactory(mentorship=new, author=northfield.people["student"], visibility="mentorship")
        read = {
            who.pk: set(Note.objects.visible_to(who).filter(pk__in=[old.pk, later.pk]).values_list("pk", flat=True))
            for who in (northfield.people["mentor"], substitute.membership)
        }
        assert read == {northfield.people["mentor"].pk: {old.pk}, substitute.membership.pk: {later.pk}}


def test_the_database_itself_shows_another_organisation_nothing(northfield, riverside):
    with northfield.scope():
        written(northfield, "mentorship")
    with riverside.scope(), connection.cursor() as cursor:
        for table in ("checkins_note", "checkins_noteevent"):
            cursor.execute(f"select count(*) from {table} where text like %s", [f"%{CANARY}%"])
            assert cursor.fetchone()[0] == 0
