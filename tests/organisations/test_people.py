"""The list of people: found, changed, taken out; and nobody handing out what is not theirs."""

import pytest
from django.core.exceptions import PermissionDenied

from audit.models import Event
from organisations.models import Job, Membership
from organisations.services import links, people
from organisations.services.jobs import run
from organisations.signals import asked_what_goes, person_taken_out
from post.models import Letter
from tests import factories as make
from tests.queries import MOST, count_queries

LIST = "/o/northfield/people/"


def names(page):
    return [who.name for who in page.context["page"].object_list]


def post_of(person, **changes):
    """What the form sends for a person, with changes."""
    data = {"first_name": person.first_name, "last_name": person.last_name, "email": person.email, "phone": person.phone}
    data["roles"] = list(person.roles)
    if person.is_safeguarding_lead:
        data["is_safeguarding_lead"] = "on"
    return {**data, **changes}


def fresh(house, person):
    with house.scope():
        return Membership.objects.get(pk=person.pk)


@pytest.fixture
def second_owner(northfield):
    from tests.cast import person

    with northfield.scope():
        return person("second", "second@northfield.example", roles=["owner"])


def test_the_list_holds_own_people_only(sign_in, northfield, riverside):
    page = sign_in(northfield.people["coordinator"]).get(LIST)
    with northfield.scope():
        expected = [who.name for who in Membership.objects.all()]
    assert names(page) == expected
    with riverside.scope():
        strangers = [who.email for who in Membership.objects.all()]
    assert len(strangers) == len(expected)
    assert [email for email in strangers if email in page.text] == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=tutor+ex", ["Tutor Example"]),
        ("q=MENTOR@north", ["Mentor Example"]),
        ("role=owner", ["Owner Example"]),
        ("role=tutor&state=joined", ["Tutor Example"]),
        ("role=tutor&state=waiting", []),
        ("state=left", ["Gone Away"]),
        ("q=%27%25_", []),
    ],
)
def test_the_list_is_narrowed(sign_in, northfield, riverside, query, expected):
    with northfield.scope():
        gone = make.MembershipFactory(first_name="Gone", last_name="Away", roles=["tutor"])
        people.take_out(membership=gone, by=northfield.people["owner"])
    assert names(sign_in(northfield.people["coordinator"]).get(f"{LIST}?{query}")) == expected


def test_nonsense_in_the_address_narrows_nothing(sign_in, northfield):
    client = sign_in(northfield.people["coordinator"])
    assert names(client.get(f"{LIST}?role=boss&state=nowhere&page=zzz")) == names(client.get(LIST))
    assert client.get(f"{LIST}?q=%00").status_code == 400


def test_the_list_costs_the_same_for_one_page_of_any_length(sign_in, northfield):
    client = sign_in(northfield.people["coordinator"])
    with northfield.scope():
        make.MembershipFactory(roles=["mentor"])
    few = count_queries(client, f"{LIST}?state=waiting")
    with northfield.scope():
        make.MembershipFactory.create_batch(60, roles=["mentor", "tutor"])
    assert (count_queries(client, f"{LIST}?state=waiting"), few <= MOST) == (few, True)


@pytest.mark.parametrize("role", ["mentor", "student", "tutor", "lead"])
def test_others_do_not_see_the_list(sign_in, northfield, role):
    client = sign_in(northfield.people[role])
    who = northfield.people["coordinator"]
    assert [client.get(url).status_code for url in (LIST, f"{LIST}{who.pk}/", f"{LIST}add/")] == [403] * 3
    assert client.post(f"{LIST}{who.pk}/leave/").status_code == 403
    assert fresh(northfield, who).left_at is None


def test_another_organisations_person_is_unknown(sign_in, northfield, riverside):
    client, who = sign_in(northfield.people["owner"]), riverside.people["student"]
    base = f"{LIST}{who.pk}/"
    assert [client.get(base + end).status_code for end in ("", "change/", "leave/")] == [404] * 3
    assert [client.post(base + end).status_code for end in ("change/", "leave/", "invite/", "uninvite/", "return/")] == [404] * 5
    assert fresh(riverside, who).left_at is None


def test_adding_and_inviting_somebody(sign_in, northfield):
    client = sign_in(northfield.people["coordinator"])
    data = {"first_name": "Zofia", "last_name": "Łącka", "email": "Zofia@college.example", "roles": ["tutor"], "invite": "1"}
    answer = client.post(f"{LIST}add/", data)
    with northfield.scope():
        zofia = Membership.objects.get(email="zofia@college.example")
        assert (zofia.name, zofia.roles, zofia.user) == ("Zofia Łącka", ["tutor"], None)
        assert Letter.objects.get(name="invitation").to_email == "zofia@college.example"
    assert answer["Location"] == f"{LIST}{zofia.pk}/"
    assert "Invited" in client.get(answer["Location"]).text


def test_the_same_address_twice_is_one_person(sign_in, northfield):
    client = sign_in(northfield.people["coordinator"])
    data = {"first_name": "Zofia", "email": "zofia@college.example", "roles": ["tutor"]}
    answers = [client.post(f"{LIST}add/", {**data, "email": email}) for email in ("zofia@college.example", "ZOFIA@college.example")]
    assert ([a.status_code for a in answers], "on the list with this address already" in answers[1].text) == ([302, 200], True)
    with northfield.scope():
        assert Membership.objects.filter(email__iexact="zofia@college.example").count() == 1
        with pytest.raises(people.CannotChange):  # two forms sent at the same moment: the second meets the constraint
            people.add_person(by=northfield.people["coordinator"], first_name="Z", email="Zofia@College.example", roles=["tutor"])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "no address"}, "valid email"),
        ({"first_name": ""}, "Please fill this in"),
        ({"first_name": "x" * 301}, "at most 300"),
        ({"roles": []}, "at least one role"),
        ({"roles": ["boss"]}, "boss"),
        ({"first_name": "a\x00b"}, "Null characters"),
    ],
)
def test_bad_input_is_explained_and_kept(sign_in, northfield, changes, words):
    student = northfield.people["student"]
    answer = sign_in(northfield.people["coordinator"]).post(f"{LIST}{student.pk}/change/", post_of(student, phone="kept 123", **changes))
    assert (answer.status_code, words in answer.text, 'value="kept 123"' in answer.text) == (200, True, True)
    assert fresh(northfield, student).phone == ""


# Rights


def test_a_coordinator_cannot_make_an_owner_by_post(sign_in, northfield):
    tutor = northfield.people["tutor"]
    client = sign_in(northfield.people["coordinator"])
    answer = client.post(f"{LIST}{tutor.pk}/change/", post_of(tutor, roles=["tutor", "owner"]))
    assert (answer.status_code, fresh(northfield, tutor).roles) == (200, ["tutor"])
    with northfield.scope(), pytest.raises(PermissionDenied):
        people.update_person(membership=tutor, by=northfield.people["coordinator"], roles=["tutor", "owner"])


def test_a_coordinator_cannot_name_a_lead_by_post(sign_in, northfield):
    tutor = northfield.people["tutor"]
    client = sign_in(northfield.people["coordinator"])
    client.post(f"{LIST}{tutor.pk}/change/", post_of(tutor, is_safeguarding_lead="on", phone="1"))
    assert (fresh(northfield, tutor).is_safeguarding_lead, fresh(northfield, tutor).phone) == (False, "1")
    with northfield.scope(), pytest.raises(PermissionDenied):
        people.update_person(membership=tutor, by=northfield.people["coordinator"], is_safeguarding_lead=True)


@pytest.mark.parametrize("end", ["change/", "leave/", "invite/", "uninvite/"])
@pytest.mark.parametrize("target", ["owner", "lead", "coordinator"])
def test_a_coordinator_changes_neither_owner_nor_lead_nor_themselves(sign_in, northfield, target, end):
    """Else a new address and a new invitation would be a way to become one of them."""
    who = northfield.people[target]
    answer = sign_in(northfield.people["coordinator"]).post(f"{LIST}{who.pk}/{end}", post_of(who, email="mine@evil.example"))
    after = fresh(northfield, who)
    assert (answer.status_code, after.email, after.left_at) == (403, who.email, None)


@pytest.mark.parametrize("role", ["owner", "coordinator"])
def test_nobody_raises_their_own_rights(sign_in, northfield, role):
    who = northfield.people[role]
    client = sign_in(who)
    answer = client.post(f"{LIST}{who.pk}/change/", post_of(who, roles=[role, "owner", "coordinator"], is_safeguarding_lead="on"))
    client.post("/o/northfield/me/", {**post_of(who), "roles": ["owner", "coordinator"], "is_safeguarding_lead": "on"})
    client.post("/o/northfield/settings/", {"name": "N", "time_zone": "Europe/London", "leads": [who.pk]})
    after = fresh(northfield, who)
    assert (answer.status_code, after.roles, after.is_safeguarding_lead) == (403, [role], False)


def test_an_owner_changes_roles_and_the_record_says_so(sign_in, northfield):
    tutor = northfield.people["tutor"]
    sign_in(northfield.people["owner"]).post(f"{LIST}{tutor.pk}/change/", post_of(tutor, roles=["mentor", "coordinator", "owner"]))
    assert fresh(northfield, tutor).roles == ["owner", "coordinator", "mentor"]
    with northfield.scope():
        event = Event.objects.get(verb="person changed")
        assert event.data == {"changed": ["roles"], "roles": ["owner", "coordinator", "mentor"], "lead": False}
        assert (event.actor_name, event.object_id) == ("Owner Example", tutor.pk)


def test_a_coordinator_editing_an_owners_colleague_keeps_roles_not_theirs_to_give(northfield, second_owner):
    """The form leaves "owner" where it is when an owner edits; a coordinator never gets that far."""
    from organisations.forms import PersonForm

    with northfield.scope():
        form = PersonForm(post_of(second_owner, roles=["tutor"]), instance=second_owner, membership=northfield.people["coordinator"])
        assert (form.is_valid(), form.cleaned_data["roles"]) == (True, ["owner", "tutor"])


# The last owner


def test_two_owners_taking_each_other_out_leave_one(northfield, second_owner):
    first = northfield.people["owner"]
    with northfield.scope():
        people.take_out(membership=first, by=second_owner)
        with pytest.raises(people.CannotChange, match="last owner"):
            people.take_out(membership=second_owner, by=first)  # first asked a moment ago, when they were still here
        with pytest.raises(people.CannotChange, match="last owner"):
            people.update_person(membership=second_owner, by=first, roles=["tutor"])
    assert (fresh(northfield, second_owner).left_at, fresh(northfield, second_owner).roles) == (None, ["owner"])


def test_an_owner_who_never_signed_in_does_not_count(northfield, second_owner):
    with northfield.scope():
        make.MembershipFactory(roles=["owner"])
        Membership.objects.filter(pk=northfield.people["owner"].pk).update(roles=["tutor"])
        with pytest.raises(people.CannotChange):
            people.take_out(membership=second_owner, by=northfield.people["owner"])


# Taking out


def test_taking_out_says_what_goes_and_closes_every_door(sign_in, northfield, client):
    student = northfield.people["student"]
    with northfield.scope():
        link, _token = links.make_link("check-in", 1, membership=student)
    heard, said = [], ["One mentorship ends."]

    def listen(membership, **kwargs):
        heard.append(membership.pk)

    def say(membership, **kwargs):
        return said

    person_taken_out.connect(listen)
    asked_what_goes.connect(say)
    try:
        chief = sign_in(northfield.people["coordinator"])
        page = chief.get(f"{LIST}{student.pk}/leave/")
        assert [line in page.text for line in ("One mentorship ends.", "Links in letters sent to them stop working.")] == [True, True]
        assert fresh(northfield, student).left_at is None
        assert [chief.post(f"{LIST}{student.pk}/leave/").status_code for _click in range(2)] == [302, 302]
    finally:
        person_taken_out.disconnect(listen)
        asked_what_goes.disconnect(say)
    assert heard == [student.pk]
    with northfield.scope():
        link.refresh_from_db()
    assert link.is_live is False
    assert sign_in(student).get("/o/northfield/roles/").status_code == 404


def test_bringing_back(sign_in, northfield):
    student = northfield.people["student"]
    chief = sign_in(northfield.people["coordinator"])
    chief.post(f"{LIST}{student.pk}/leave/")
    data = {"first_name": "S", "email": student.email, "roles": ["student"]}
    assert "Bring them back" in chief.post(f"{LIST}add/", data).text
    chief.post(f"{LIST}{student.pk}/return/")
    assert fresh(northfield, student).left_at is None
    assert sign_in(student).get("/o/northfield/roles/").status_code == 200


# Me


def test_me_changes_name_and_phone_and_nothing_else(sign_in, northfield):
    student = northfield.people["student"]
    client = sign_in(student)
    long = "Anne-Marie " * 11
    answer = client.post("/o/northfield/me/", {**post_of(student), "first_name": long, "phone": "07", "email": "new@x.example", "roles": ["owner"]})
    after = fresh(northfield, student)
    assert (answer.status_code, after.first_name, after.phone) == (302, long.strip(), "07")
    assert (after.email, after.roles, after.user.name) == (student.email, ["student"], f"{long.strip()} Example")
    assert long.strip() in client.get("/o/northfield/me/").text


@pytest.mark.parametrize("role", ["owner", "coordinator", "mentor", "student", "tutor", "lead"])
def test_everybody_has_their_page(sign_in, northfield, role):
    page = sign_in(northfield.people[role]).get("/o/northfield/me/")
    assert (page.status_code, northfield.people[role].email in page.text) == (200, True)


# Everybody at once


def test_everybody_not_invited_is_invited_by_the_worker_once(sign_in, northfield, riverside):
    with riverside.scope():
        make.MembershipFactory(email="theirs@riverside.example", roles=["mentor"])
    with northfield.scope():
        make.MembershipFactory(email="m@college.example", roles=["mentor"])
        make.MembershipFactory(email="s@college.example", roles=["student"])
        make.MembershipFactory(email="o@college.example", roles=["owner"])
        gone = make.MembershipFactory(email="gone@college.example", roles=["mentor"])
        people.take_out(membership=gone, by=northfield.people["owner"])
        before = Membership.objects.filter(user=None, left_at=None).exclude(roles__contains=["owner"])
        expected = sorted(person.email for person in before)
    client = sign_in(northfield.people["coordinator"])
    assert f"Invite {len(expected)} people?" in client.get(f"{LIST}invite/").text
    assert [client.post(f"{LIST}invite/").status_code for _click in range(2)] == [302, 302]
    with northfield.scope():
        (job,) = Job.objects.all()
    for _twice in range(2):
        run(northfield.organisation.pk, job.pk)
    with northfield.scope():
        assert sorted(Letter.objects.filter(name="invitation").values_list("to_email", flat=True)) == expected
        job.refresh_from_db()
        assert (job.status, job.result, job.message) == ("done", {"invited": 4}, "4 invitations are on their way.")
    assert "Inviting people" in client.get(LIST).text


def test_only_those_of_one_role(sign_in, northfield):
    with northfield.scope():
        make.MembershipFactory(email="m@college.example", roles=["tutor"])
        make.MembershipFactory(email="s@college.example", roles=["student"])
    sign_in(northfield.people["coordinator"]).post(f"{LIST}invite/?role=tutor")
    with northfield.scope():
        run(northfield.organisation.pk, Job.objects.get().pk)
        assert list(Letter.objects.values_list("to_email", flat=True)) == ["m@college.example"]


def test_everybody_may_choose_their_own_clock_and_only_one_that_exists(northfield, sign_in):
    client = sign_in(northfield.people["mentor"])
    url = "/o/northfield/me/"
    sent = {"first_name": "Mentor", "last_name": "", "phone": ""}
    assert list(client.post(url, sent | {"time_zone": "Europe/Atlantis"}).context["form"].errors) == ["time_zone"]
    assert client.post(url, sent | {"time_zone": "Europe/Lisbon"}).status_code == 302
    with northfield.scope():
        assert Membership.objects.get(pk=northfield.people["mentor"].pk).time_zone == "Europe/Lisbon"
    assert client.post(url, sent | {"time_zone": ""}).status_code == 302
    with northfield.scope():
        assert Membership.objects.get(pk=northfield.people["mentor"].pk).time_zone == ""
