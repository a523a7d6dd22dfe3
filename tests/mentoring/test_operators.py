"""Django admin: the platform's tables at once, an organisation's only with a reason, for half an hour, on the record."""

import datetime as dt

import pytest
import time_machine
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from accounts.services.operators import add_operator
from audit.models import AccessLog, Event
from checkins.models import Concern
from matching.models import BackgroundAnswer
from organisations.models import Membership, Organisation, Owned
from post.models import Letter
from post.services.outbox import queue_letter
from tests import factories as make

PEOPLE = "/admin/organisations/membership/"
REASON = "Rosa asked by telephone to look at an import"


@pytest.fixture
def operator(db):
    return add_operator(email="operator@platform.example", password=make.PASSWORD, name="Olu Operator")[0]


@pytest.fixture
def inside(client, operator):
    client.force_login(operator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def owned():
    """Tables of an organisation that operators may list."""
    return [model for model in apps.get_models() if issubclass(model, Owned) and not model.nobody_elses]


def choose(client, organisation, reason=REASON, **more):
    return client.post("/admin/organisation/", {"organisation": organisation.pk, "reason": reason, **more})


def readings(house):
    with house.scope():
        return list(AccessLog.objects.order_by("id").values_list("what", "actor_name", "reason"))


@pytest.mark.parametrize("role", ["owner", "coordinator", "student"])
def test_members_are_no_operators(sign_in, northfield, role):
    client = sign_in(northfield.people[role])
    pages = ["/admin/", "/admin/login/", PEOPLE, "/admin/organisation/", "/admin/accounts/user/"]
    assert {client.get(page).status_code for page in pages} == {302, 403}
    assert client.get("/admin/", follow=True).status_code == 403


def test_strangers_sign_in_where_everybody_does(client, northfield):
    answer = client.get("/admin/accounts/user/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=/admin/accounts/user/")


def test_operators_are_members_of_nothing(inside, northfield):
    assert [inside.get(f"/o/northfield/{end}").status_code for end in ("", "people/", "roles/")] == [404] * 3
    choose(inside, northfield.organisation)
    assert inside.get("/o/northfield/people/").status_code == 404


def test_the_platform_is_open_at_once_and_no_tenant_table_is_listed(inside, northfield):
    page = inside.get("/admin/")
    listed = {model["object_name"] for app in page.context["app_list"] for model in app["models"]}
    assert listed == {"Organisation", "User"}
    assert northfield.organisation.name in inside.get("/admin/organisations/organisation/").text
    assert northfield.people["student"].email in inside.get("/admin/accounts/user/").text


def test_every_tenant_table_asks_for_an_organisation_first(inside, northfield, riverside):
    """All of them, found in the registry: a table added tomorrow is tried too."""
    tables = [*owned(), Letter, Event, AccessLog]
    assert len(tables) > 40
    for model in tables:
        url = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert admin.site.is_registered(model), model
        for page in (url, f"{url}1/change/", f"{url}1/history/", f"{url}1/delete/"):
            answer = inside.get(page)
            assert (answer.status_code, answer["Location"]) == (302, f"/admin/organisation/?next={page.replace('/', '%2F')}"), page
    with_tables = inside.get("/admin/matching/")
    assert with_tables["Location"] == "/admin/organisation/?next=%2Fadmin%2Fmatching%2F"


def test_what_is_nobody_elses_has_no_table_here_even_inside_a_visit(inside, northfield):
    private = [model for model in apps.get_models() if issubclass(model, Owned) and model.nobody_elses]
    assert BackgroundAnswer in private
    choose(inside, northfield.organisation)
    for model in private:
        assert not admin.site.is_registered(model)
        assert inside.get(f"/admin/{model._meta.app_label}/{model._meta.model_name}/").status_code == 404


@pytest.mark.parametrize("reason", ["", "too short", "          ", "x" * 501])
def test_no_reason_no_door(inside, northfield, reason):
    assert choose(inside, northfield.organisation, reason).status_code == 200
    assert inside.get(PEOPLE).status_code == 302
    assert readings(northfield) == []


def test_a_visit_shows_one_organisation_and_is_on_its_record(inside, northfield, riverside):
    answer = choose(inside, northfield.organisation, next=PEOPLE)
    assert answer["Location"] == PEOPLE
    page = inside.get(PEOPLE)
    with northfield.scope():
        own = sorted(person.pk for person in Membership.objects.all())
        assert sorted(person.pk for person in page.context["cl"].result_list) == own
    assert [part in page.text for part in (northfield.organisation.name, REASON, "riverside")] == [True, True, False]
    theirs = riverside.people["student"].pk
    assert inside.get(f"{PEOPLE}{theirs}/change/").status_code == 302  # "does not exist", back to the index
    student = northfield.people["student"]
    assert student.email in inside.get(f"{PEOPLE}{student.pk}/change/").text
    assert [row[0] for row in readings(northfield)] == [
        "organisation opened in Django admin",
        "person list seen in Django admin",
        "person row seen in Django admin",
        "person row seen in Django admin",
    ]
    assert {row[1:] for row in readings(northfield)} == {("Olu Operator", REASON)}
    assert readings(riverside) == []


def test_every_table_opens_inside_a_visit(inside, northfield):
    choose(inside, northfield.organisation)
    with northfield.scope():
        rows = {model: model.objects.order_by("pk").first() for model in owned()}
    assert len([row for row in rows.values() if row]) > 8
    for model, row in rows.items():
        url = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        pages = [url, *([f"{url}{row.pk}/change/", f"{url}{row.pk}/history/"] if row else [])]
        assert [inside.get(page).status_code for page in pages] == [200] * len(pages), model


def test_after_half_an_hour_the_door_is_shut(inside, northfield):
    choose(inside, northfield.organisation)
    start = timezone.now()
    with time_machine.travel(start + dt.timedelta(minutes=29), tick=False):
        assert inside.get(PEOPLE).status_code == 200
    with time_machine.travel(start + dt.timedelta(minutes=30, seconds=1), tick=False):
        assert inside.get(PEOPLE)["Location"].startswith("/admin/organisation/")
    assert inside.get(PEOPLE).status_code == 302  # forgotten, not only hidden


def test_leaving_shuts_the_door_and_is_on_the_record(inside, northfield):
    choose(inside, northfield.organisation)
    assert inside.get("/admin/organisation/leave/").status_code == 405
    assert inside.post("/admin/organisation/leave/").status_code == 302
    assert inside.get(PEOPLE).status_code == 302
    assert [row[0] for row in readings(northfield)] == ["organisation opened in Django admin", "organisation left in Django admin"]


def test_a_visit_is_its_openers_alone(inside, northfield):
    choose(inside, northfield.organisation)
    other, _made = add_operator(email="second@platform.example", password=make.PASSWORD)
    session = dict(inside.session)
    inside.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    kept = inside.session
    kept["operator_visit"] = session["operator_visit"]
    kept.save()
    assert inside.get(PEOPLE).status_code == 302


def test_nothing_can_be_changed_and_djangos_own_log_stays_empty(inside, northfield):
    choose(inside, northfield.organisation)
    student = northfield.people["student"]
    answers = [
        inside.post(f"{PEOPLE}{student.pk}/change/", {"first_name": "Changed", "roles": "owner"}),
        inside.post(f"{PEOPLE}{student.pk}/delete/", {"post": "yes"}),
        inside.post(f"{PEOPLE}add/", {"first_name": "New"}),
        inside.post(PEOPLE, {"action": "delete_selected", "_selected_action": [student.pk], "post": "yes"}),
    ]
    with northfield.scope():
        assert Membership.objects.filter(first_name=student.first_name, pk=student.pk).exists()
        assert Membership.objects.filter(first_name__in=["Changed", "New"]).count() == 0
    assert ([a.status_code for a in answers][:3], LogEntry.objects.count()) == ([403] * 3, 0)


def test_no_table_shows_what_people_wrote(inside, northfield):
    with northfield.scope():
        concern = make.ConcernFactory(text="CANARY", outcome="CANARY", raised_by=northfield.people["student"])
        note = make.NoteFactory(mentorship=northfield.mentorship, text="CANARY")
        Concern.objects.update(text="CANARY 2")
    choose(inside, northfield.organisation)
    for row in (concern, note):
        url = f"/admin/checkins/{row._meta.model_name}/"
        text = "".join(inside.get(page).text for page in (url, f"{url}{row.pk}/change/", f"{url}{row.pk}/history/"))
        assert (f"{url}{row.pk}/change/" in text, "CANARY" in text) == (True, False)
    about = inside.get(f"/admin/checkins/concern/{concern.pk}/change/").text
    assert [word for word in ("Student", "boundaries", "oundaries") if word in about] == []
    assert "text" in inside.get(f"/admin/checkins/concern/{concern.pk}/history/").text  # that it changed, not what it says


def test_letters_show_neither_body_nor_link_nor_concerns(inside, northfield):
    from post.rendering import example_context

    with northfield.scope():
        for name in ("invitation", "concern_raised"):
            queue_letter(name, to_email=f"{name}@college.example", context=example_context(name), dedupe_key=name)
        shown, hidden = [Letter.objects.get(name=name) for name in ("invitation", "concern_raised")]
    choose(inside, northfield.organisation)
    page = inside.get("/admin/post/letter/")
    assert ("invitation@college.example" in page.text, "concern_raised" in page.text) == (True, False)
    row = inside.get(f"/admin/post/letter/{shown.pk}/change/")
    assert ("k3J9xQ" in shown.text, row.status_code, "k3J9xQ" in row.text) == (True, 200, False)
    assert inside.get(f"/admin/post/letter/{hidden.pk}/change/").status_code == 302


def test_the_way_back_stays_inside_admin(inside, northfield):
    for evil in ("https://evil.example/", "//evil.example/admin/", "/o/northfield/"):
        assert choose(inside, northfield.organisation, next=evil)["Location"] == "/admin/"


def test_an_operator_makes_nobody_operator_not_even_themselves_chief(inside, operator, northfield):
    student = northfield.people["student"].user
    for user in (operator, student):
        inside.post(f"/admin/accounts/user/{user.pk}/change/", {"is_active": "on", "is_staff": "on", "is_superuser": "on", "email": "x@x.example"})
        user.refresh_from_db()
    assert (operator.is_superuser, student.is_staff, student.email) == (False, False, "student@northfield.example")
    inside.post(f"/admin/accounts/user/{student.pk}/change/", {"name": "ignored"})
    student.refresh_from_db()
    assert (student.is_active, student.name) == (False, "Student Example")


def test_a_chief_operator_makes_others_operators(client, operator):
    chief, _made = add_operator(email="chief@platform.example", password=make.PASSWORD, chief=True)
    client.force_login(chief, backend="django.contrib.auth.backends.ModelBackend")
    client.post(f"/admin/accounts/user/{operator.pk}/change/", {"is_active": "on", "is_staff": "on", "is_superuser": "on"})
    client.post(f"/admin/accounts/user/{chief.pk}/change/", {})
    operator.refresh_from_db()
    chief.refresh_from_db()
    assert (operator.is_superuser, chief.is_active, chief.is_superuser) == (True, True, True)


def test_settings_of_an_organisation_may_be_mended_but_not_its_address(inside, northfield):
    url = f"/admin/organisations/organisation/{northfield.organisation.pk}/change/"
    inside.post(url, {"name": "Northfield", "slug": "mine", "time_zone": "Europe/London", "contact_email": ""})
    assert list(Organisation.objects.values_list("name", "slug")) == [("Northfield", "northfield")]


def test_pages_of_other_packages_are_not_there(inside):
    assert {model._meta.label for model in admin.site._registry if model._meta.app_label in {"account", "mfa", "socialaccount", "auth", "usersessions"}} == set()


def test_operators_need_a_second_step_where_it_is_required(inside, settings, northfield):
    settings.ALONGSIDE_MFA_REQUIRED = True
    assert [inside.get(page)["Location"] for page in ("/admin/", PEOPLE)] == ["/accounts/2fa/"] * 2
    assert choose(inside, northfield.organisation)["Location"] == "/accounts/2fa/"
    assert readings(northfield) == []
