"""The card of what helps a student: theirs, field by field; every role tried on every field before and after it is taken back."""

import pytest
from django.urls import reverse

from audit.models import AccessLog, Event
from matching.help_topics import BY_KEY
from matching.models import HelpEntry, HelpShare
from matching.services import help_card, mentorships
from programmes.models import Participant
from programmes.services.people import withdraw_participant
from tests import factories as make
from tests.matching.reading import seen
from tests.queries import MOST, count_queries

READERS = ("mentor", "tutor", "coordinator")
OTHERS = ("owner", "lead")
SECRET = "My inhaler is in the blue bag."

every_topic = pytest.mark.parametrize("topic", list(BY_KEY))


def at(name, *args):
    return reverse(f"matching:{name}", args=["northfield", *args])


def write(house, topic="access", text=SECRET, readers=READERS):
    owner = house.people["student"]
    return help_card.save_entry(owner=owner, topic=topic, text=text, readers=[house.people[one] for one in readers], by=owner)


def reads(house, person, topic="access"):
    return HelpEntry.objects.visible_to(person).filter(owner=house.people["student"], topic=topic).exists()


def who_reads(house, topic="access"):
    return {name for name, person in house.people.items() if reads(house, person, topic)}


@every_topic
@pytest.mark.parametrize("chosen", READERS)
def test_each_field_is_read_by_whom_it_is_shared_with_until_it_is_taken_back(northfield, topic, chosen):
    other = next(one for one in BY_KEY if one != topic)
    with northfield.scope():
        write(northfield, topic, readers=())
        write(northfield, other, readers=READERS)
        assert who_reads(northfield, topic) == {"student"}
        write(northfield, topic, readers=(chosen,))
        assert who_reads(northfield, topic) == {"student", chosen}
        help_card.stop_sharing(owner=northfield.people["student"], topic=topic, by=northfield.people["student"])
        assert who_reads(northfield, topic) == {"student"}
        assert who_reads(northfield, other) == {"student", *READERS}


def test_only_people_around_the_student_can_be_chosen(northfield):
    with northfield.scope():
        stranger = make.MentorFactory(programme=northfield.programme)
        people = {person.pk for person, _why in help_card.possible_readers(northfield.people["student"])}
        assert people == {northfield.people[one].pk for one in READERS}
        help_card.save_entry(
            owner=northfield.people["student"], topic="hard", text="x", readers=[stranger.membership, northfield.people["owner"]],
            by=northfield.people["student"],
        )  # fmt: skip
        assert not HelpShare.objects.exists()


def test_who_is_no_longer_the_mentor_or_tutor_reads_nothing_though_nobody_took_it_back(northfield):
    with northfield.scope():
        write(northfield)
        Participant.objects.filter(pk=northfield.student.pk).update(tutor=None)
        assert who_reads(northfield) == {"student", "mentor", "coordinator"}
        northfield.people["coordinator"].roles = ["tutor"]
        assert not reads(northfield, northfield.people["coordinator"])
        mentorships.end_mentorship(mentorship=northfield.mentorship, status="completed", by=northfield.people["owner"])
        assert who_reads(northfield) == {"student"}
        assert HelpShare.objects.count() == 3


def test_a_mentor_who_withdrew_and_another_students_mentor_read_nothing(northfield):
    with northfield.scope():
        write(northfield, readers=("mentor",))
        other = northfield.other_mentorship.members.get(side="mentor").participant.membership
        HelpShare.objects.create(entry=HelpEntry.objects.get(), reader=other)  # as if somebody had put it there
        assert not reads(northfield, other)
        withdraw_participant(participant=northfield.mentor, reason="Ill", by=northfield.people["coordinator"])
        assert not reads(northfield, northfield.people["mentor"])


def test_taking_the_words_away_takes_the_readers_away_too(northfield):
    with northfield.scope():
        write(northfield)
        write(northfield, text="  ")
        assert HelpEntry.objects.values_list("text", flat=True).get() == ""
        assert not HelpShare.objects.exists()
        write(northfield, text="Again.", readers=())
        assert who_reads(northfield) == {"student"}


@pytest.mark.parametrize("role", READERS)
def test_every_reading_is_noted_field_by_field_and_told_to_the_student(northfield, sign_in, role):
    person = northfield.people[role]
    with northfield.scope():
        shown = write(northfield, readers=(role,))
        write(northfield, "hard", "Big groups.", readers=())
    address = at("help_read", northfield.people["student"].pk)
    page = sign_in(person).get(address)
    assert (SECRET in page.content.decode(), "Big groups." in page.content.decode()) == (True, False)
    with northfield.scope():
        logged = list(AccessLog.objects.values_list("object_type", "object_id", "actor_id", "actor_name"))
    assert logged == [("matching.helpentry", shown.pk, person.user_id, person.name)]
    mine = seen(sign_in(northfield.people["student"]).get(at("help_card")))
    assert f"{person.name} read this on" in mine
    assert "Access and health" in mine


def test_after_taking_it_back_the_page_is_shut_and_the_readings_stay(northfield, sign_in):
    with northfield.scope():
        write(northfield)
    address = at("help_read", northfield.people["student"].pk)
    assert sign_in(northfield.people["mentor"]).get(address).status_code == 200
    student = sign_in(northfield.people["student"])
    assert student.post(at("help_stop"), {"reader": northfield.people["mentor"].pk, "topic": "access"}).status_code == 302
    assert "Mentor Example read this on" in seen(student.get(at("help_card")))
    assert sign_in(northfield.people["mentor"]).get(address).status_code == 403
    assert sign_in(northfield.people["tutor"]).get(address).status_code == 200
    sign_in(northfield.people["student"]).post(at("help_stop"))
    assert sign_in(northfield.people["tutor"]).get(address).status_code == 403
    with northfield.scope():
        assert AccessLog.objects.count() == 2


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_and_nobody_elses_student(northfield, riverside, sign_in, role):
    with northfield.scope():
        write(northfield)
    client = sign_in(northfield.people[role])
    assert client.get(at("help_read", northfield.people["student"].pk)).status_code == 403
    assert client.get(at("help_card")).status_code == 403
    assert client.get(at("help_read", riverside.people["student"].pk)).status_code == 404
    with northfield.scope():
        assert not AccessLog.objects.exists()


def test_one_student_has_no_way_to_take_back_what_another_shares(northfield, sign_in):
    with northfield.scope():
        write(northfield)
        other = northfield.other_mentorship.members.get(side="student").participant.membership
        assert help_card.stop_sharing(owner=other, by=other) == 0
        assert HelpShare.objects.count() == 3


def test_writing_a_field(northfield, sign_in):
    client = sign_in(northfield.people["student"])
    mentor = northfield.people["mentor"]
    assert client.post(at("help_entry", "learn"), {"text": "Show me once.", "readers": [mentor.pk]}).status_code == 302
    page = client.get(at("help_entry", "learn"))
    assert (page.context["form"]["text"].value(), page.context["form"]["readers"].value()) == ("Show me once.", [mentor.pk])
    wrong = client.post(at("help_entry", "learn"), {"text": "y" * 1501, "readers": [mentor.pk]})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["text"])
    assert "y" * 1501 in wrong.content.decode()
    stranger = client.post(at("help_entry", "learn"), {"text": "x", "readers": [northfield.people["owner"].pk]})
    assert list(stranger.context["form"].errors) == ["readers"]
    assert client.get(at("help_entry", "money")).status_code == 404
    with northfield.scope():
        assert HelpEntry.objects.values_list("text", flat=True).get() == "Show me once."


def test_what_it_says_stands_in_no_record_and_on_no_page_of_records(northfield, sign_in):
    with northfield.scope():
        write(northfield)
    sign_in(northfield.people["mentor"]).get(at("help_read", northfield.people["student"].pk))
    with northfield.scope():
        written = [str(one.data) + one.verb for one in Event.objects.all()] + [one.what + one.reason for one in AccessLog.objects.all()]
        assert len(written) >= 2
        assert not [one for one in written if "inhaler" in one or "access" in one.lower().replace("accesslog", "")]
    owner = sign_in(northfield.people["owner"])
    for page in ("history", "readings"):
        assert "card of what helps" not in owner.get(reverse(f"organisations:{page}", args=["northfield"])).content.decode()


def test_the_mentorships_page_leads_to_it_and_shows_none_of_it(northfield, sign_in):
    address = reverse("home:mentorship", args=["northfield", northfield.mentorship.pk])
    assert "What helps Student" not in seen(sign_in(northfield.people["mentor"]).get(address))
    with northfield.scope():
        write(northfield, readers=("mentor",))
    mentor = sign_in(northfield.people["mentor"]).get(address)
    assert ("What helps Student" in seen(mentor), SECRET in seen(mentor)) == (True, False)
    assert "What helps Student" not in seen(sign_in(northfield.people["tutor"]).get(address))
    assert "What helps me" in seen(sign_in(northfield.people["student"]).get(address))
    with northfield.scope():
        assert not AccessLog.objects.exists()


def test_the_card_costs_the_same_for_one_field_and_for_six(northfield, sign_in):
    student, mentor = northfield.people["student"], northfield.people["mentor"]
    pages = [(student, at("help_card")), (student, at("help_entry", "learn")), (mentor, at("help_read", student.pk))]
    with northfield.scope():
        write(northfield)
    for person, page in pages:
        sign_in(person).get(page)
    before = [count_queries(sign_in(person), page) for person, page in pages]
    with northfield.scope():
        for topic in BY_KEY:
            write(northfield, topic)
    after = [count_queries(sign_in(person), page) for person, page in pages]
    assert after == before
    assert max(after) <= MOST
