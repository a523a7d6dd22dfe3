"""The planned ending: four small things, each its writer's until shown; contact settled by all; who winds down."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from common.refused import Refused
from goals.ending_board import EndingBoard
from goals.ending_facts import ending_of
from goals.ending_list import ending_lines
from goals.models import ContactRule, ContactYes, EndingNote, Goal
from goals.services.ending import agree_contact, keep_note, propose_contact, rule_in_force
from matching.models import Mentorship, MentorshipMember
from matching.services.mentorships import change_stage, end_mentorship
from tests import factories as make
from tests.queries import MOST, count_queries


def url(house, name, *args):
    return reverse(f"goals:{name}", args=[house.organisation.slug, *args])


def later(house, days=90):
    return house.mentorship.ends_on + dt.timedelta(days=days)


def propose(house, who="student", kind="as_agreed", **more):
    given = {"words": "Work e-mail, monthly", "until": later(house)} | more
    return propose_contact(mentorship=house.mentorship, participant=getattr(house, who), kind=kind, by=house.people[who], **given)


def yes(house, rule, who="mentor"):
    return agree_contact(rule=rule, participant=getattr(house, who), by=house.people[who])


def test_the_day_comes_from_time_or_goals_and_goals_set_aside_do_not_count(northfield):
    row = northfield.mentorship
    row.started_on, row.ends_on = dt.date(2026, 10, 5), dt.date(2026, 12, 18)
    at = dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)
    reached = [Goal(status="done", settled_at=at + dt.timedelta(days=n)) for n in range(4)]
    assert ending_of(row, [*reached, Goal(status="open"), Goal(status="dropped", settled_at=at)]) == dt.date(2026, 11, 6)
    assert ending_of(row, [*reached, Goal(status="open"), Goal(status="open")]) == dt.date(2026, 12, 4)
    assert ending_of(row, []) == dt.date(2026, 12, 4)


@pytest.mark.parametrize("shown", [False, True])
def test_a_note_is_its_writers_until_it_is_shown(northfield, sign_in, shown):
    with northfield.scope():
        keep_note(
            mentorship=northfield.mentorship, participant=northfield.student, kind="thanks", text="MARK for the visit", shown=shown,
            by=northfield.people["student"],
        )  # fmt: skip
    page = url(northfield, "ending", northfield.mentorship.pk)
    form = url(northfield, "farewell", northfield.mentorship.pk, "thanks")
    read = {who for who in ("student", "mentor", "coordinator", "tutor") if "MARK" in sign_in(northfield.people[who]).get(page).content.decode()}
    assert read == ({"mentor"} if shown else set())  # one's own stands on its form
    assert "MARK" in sign_in(northfield.people["student"]).get(form).content.decode()
    assert "MARK" not in sign_in(northfield.people["mentor"]).get(form).content.decode()
    with northfield.scope():
        readers = {who for who, person in northfield.people.items() if EndingNote.objects.visible_to(person).exists()}
        assert readers == ({"student", "mentor"} if shown else {"student"})


def test_written_twice_it_is_one_and_what_is_shown_stays_shown(northfield, sign_in):
    client, address = sign_in(northfield.people["student"]), url(northfield, "farewell", northfield.mentorship.pk, "reflection")
    for _double_click in range(2):
        client.post(address, {"text": "People matter more than tools", "further": "yes", "shown": "now"})
    with northfield.scope():
        first = EndingNote.objects.get()
        assert (first.kind, first.further, first.shown_at is not None) == ("reflection", "yes", True)
    client.post(address, {"text": "And so do tools", "further": "perhaps", "shown": "later"})
    with northfield.scope():
        now = EndingNote.objects.get()
        assert (now.text, now.further, now.shown_at) == ("And so do tools", "perhaps", first.shown_at)


def test_an_empty_note_or_an_unknown_kind_is_refused(northfield, sign_in):
    client = sign_in(northfield.people["student"])
    wrong = client.post(url(northfield, "farewell", northfield.mentorship.pk, "next-step"), {"text": " ", "due_on": "2027-01-05", "shown": "later"})
    html = wrong.content.decode()
    assert (wrong.status_code, "Write a line or two" in html, "2027-01-05" in html) == (422, True, True)
    assert client.get(url(northfield, "farewell", northfield.mentorship.pk, "farewell")).status_code == 404
    with northfield.scope():
        assert EndingNote.objects.count() == 0


def test_contact_holds_once_everybody_said_yes_and_until_then_the_earlier_one_does(northfield):
    with northfield.scope():
        rule = propose(northfield)
        assert rule.settled_at is None
        assert propose(northfield, "student").pk == rule.pk  # a double click
        assert yes(northfield, rule).settled_at is not None
        other = propose(northfield, "mentor", kind="none", words="never mind", until=None)
        assert (other.number, other.words, other.settled_at) == (2, "", None)
        rules = ContactRule.objects.filter(mentorship=northfield.mentorship)
        assert rule_in_force(rules.all()) == rule
        with pytest.raises(Refused, match="something else"):
            yes(northfield, rule, "student")
        yes(northfield, other, "student")
        yes(northfield, other, "student")
        assert rule_in_force(rules.all()) == other
        assert ContactYes.objects.count() == 4


def test_in_a_group_every_member_still_there_has_to_say_yes(northfield):
    with northfield.scope():
        second, gone = (make.StudentFactory(programme=northfield.programme) for _n in range(2))
        for one in (second, gone):
            MentorshipMember.objects.create(mentorship=northfield.mentorship, participant=one, side="student")
        gone.withdrawn_at = timezone.now()
        gone.save()
        rule = yes(northfield, propose(northfield))
        assert rule.settled_at is None
        agreed = agree_contact(rule=rule, participant=second, by=second.membership)
        assert agreed.settled_at is not None


@pytest.mark.parametrize(
    ("until", "words"),
    [(lambda house: None, "until when"), (lambda house: house.mentorship.ends_on, "after the end"), (lambda house: later(house, 731), "Two years")],
)
def test_contact_without_a_good_end_is_refused(northfield, until, words):
    with northfield.scope():
        with pytest.raises(Refused, match=words):
            propose(northfield, until=until(northfield))
        assert ContactRule.objects.count() == 0


def test_the_contact_form_says_what_is_missing_by_the_field(northfield, sign_in):
    client, address = sign_in(northfield.people["mentor"]), url(northfield, "contact", northfield.mentorship.pk)
    answer = client.post(address, {"kind": "as_agreed", "words": "", "until": ""})
    html = answer.content.decode()
    assert (answer.status_code, "Say how and how often" in html, "Choose the day" in html) == (422, True, True)
    answer = client.post(address, {"kind": "as_agreed", "words": "KEPT words", "until": timezone.localdate().isoformat()})
    assert (answer.status_code, "KEPT words" in answer.content.decode()) == (422, True)
    assert client.post(address, {"kind": "none"}).status_code == 302
    with northfield.scope():
        assert ContactRule.objects.get().kind == "none"


def test_after_the_end_notes_stand_and_contact_can_be_settled_anew_unless_there_was_a_concern(northfield, sign_in):
    note = {"mentorship": northfield.mentorship, "participant": northfield.student, "kind": "thanks", "text": "x", "by": northfield.people["student"]}
    with northfield.scope():
        keep_note(**note)
        end_mentorship(mentorship=northfield.mentorship, status="completed", by=northfield.people["coordinator"])
        with pytest.raises(Refused):
            keep_note(**note)
        assert yes(northfield, propose(northfield, until=timezone.localdate() + dt.timedelta(days=30))).settled_at
    assert sign_in(northfield.people["student"]).get(url(northfield, "ending", northfield.mentorship.pk)).status_code == 200
    with northfield.scope():
        Mentorship.objects.filter(pk=northfield.mentorship.pk).update(status="ended_with_concern")
        with pytest.raises(Refused):
            propose(northfield, kind="none")


def test_the_settled_contact_speaks_for_moving_on(northfield, sign_in):
    with northfield.scope():
        change_stage(mentorship=northfield.mentorship, stage="winding_down", by=northfield.people["mentor"])
        yes(northfield, propose(northfield))
    html = sign_in(northfield.people["student"]).get(northfield.mentorship.get_absolute_url()).content.decode()
    assert "You have settled what contact stays." in html
    assert "You have done 1." in html


def test_nobody_writes_for_somebody_else(northfield, sign_in):
    with northfield.scope():
        rule = propose(northfield)
    for who in ("coordinator", "tutor", "owner"):
        client = sign_in(northfield.people[who])
        for address in (url(northfield, "farewell", northfield.mentorship.pk, "thanks"), url(northfield, "contact_agree", rule.pk)):
            assert client.post(address, {"text": "Thanks", "shown": "now"}).status_code == 403
    with northfield.scope():
        assert (EndingNote.objects.count(), ContactYes.objects.count()) == (0, 1)


def test_coordinators_see_who_winds_down_and_how_far_but_not_what_is_written(northfield, sign_in):
    today = timezone.localdate()
    with northfield.scope():
        Mentorship.objects.filter(pk=northfield.mentorship.pk).update(ends_on=today + dt.timedelta(days=5))
        keep_note(
            mentorship=northfield.mentorship, participant=northfield.student, kind="thanks", text="MARK", shown=True, by=northfield.people["student"]
        )
        lines = ending_lines(northfield.programme, northfield.people["coordinator"], today)
        assert [(line.mentorship, line.states, line.contact) for line in lines] == [
            (northfield.mentorship, [(northfield.student.name, 1), (northfield.mentor.name, 0)], "")
        ]
        change_stage(mentorship=northfield.other_mentorship, stage="winding_down", by=northfield.people["coordinator"])
        assert len(ending_lines(northfield.programme, northfield.people["coordinator"], today)) == 2
    html = sign_in(northfield.people["coordinator"]).get(url(northfield, "endings", northfield.programme.pk)).content.decode()
    assert ("2 mentorships wind down" in html, "1 of 3" in html, "MARK" in html) == (True, True, False)


def test_the_board_says_whether_it_is_on(northfield):
    with northfield.scope():
        people = [("student", northfield.student), ("mentor", northfield.mentor)]

        def board(day):
            return EndingBoard(northfield.mentorship, northfield.people["student"], people, day, timezone.localdate())

        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        assert (board(tomorrow).is_on, board(tomorrow).shows, board(timezone.localdate()).shows) == (False, False, True)
        assert [thing.kind for thing in board(tomorrow).things] == ["thanks", "reflection", "next-step", "contact"]


def test_pages_cost_the_same_for_one_row_as_for_many(northfield, sign_in):
    pages = [
        ("coordinator", url(northfield, "endings", northfield.programme.pk)),
        ("student", url(northfield, "ending", northfield.mentorship.pk)),
        ("student", url(northfield, "contact", northfield.mentorship.pk)),
    ]

    def add(rows):
        for row in rows:
            row.stage = "winding_down"
            row.save()
            for number, seat in enumerate(row.members.select_related("participant__membership")):
                one = seat.participant
                keep_note(mentorship=row, participant=one, kind="thanks", text="x", shown=True, by=one.membership)
                propose_contact(mentorship=row, participant=one, kind="organisation", until=later(northfield, 30 + number), by=one.membership)

    with northfield.scope():
        add([northfield.mentorship])
    before = [count_queries(sign_in(northfield.people[who]), page) for who, page in pages]
    with northfield.scope():
        second = make.StudentFactory(programme=northfield.programme)
        MentorshipMember.objects.create(mentorship=northfield.mentorship, participant=second, side="student")
        add([northfield.mentorship, *(make.MentorshipFactory(programme=northfield.programme) for _n in range(2))])
    after = [count_queries(sign_in(northfield.people[who]), page) for who, page in pages]
    assert after == before
    assert max(after) <= MOST
