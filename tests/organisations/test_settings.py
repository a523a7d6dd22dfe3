"""Settings, the record, letters, drafts, the poster, the job box: pages of the organisation itself."""

import pytest

from audit.models import AccessLog, Event
from audit.services import record, record_reading
from organisations.models import Draft, Job, Membership, Organisation
from organisations.services import drafts
from organisations.services import settings as organisation_settings
from organisations.services.jobs import register, start_job
from post.models import Letter
from post.services.outbox import queue_letter
from tests import factories as make
from tests.queries import MOST, count_queries


def settings_post(house, **changes):
    organisation = house.organisation
    return {"name": organisation.name, "time_zone": organisation.time_zone, "contact_email": "", "leads": [house.lead.pk], **changes}


def test_an_owner_changes_settings_and_names_leads(sign_in, northfield):
    tutor = northfield.people["tutor"]
    data = settings_post(northfield, name="Northfield University", contact_email="hello@northfield.example", leads=[tutor.pk])
    assert sign_in(northfield.people["owner"]).post("/o/northfield/settings/", data).status_code == 302
    organisation = Organisation.objects.get(slug="northfield")
    assert (organisation.name, organisation.contact_email) == ("Northfield University", "hello@northfield.example")
    with northfield.scope():
        assert list(Membership.objects.filter(is_safeguarding_lead=True)) == [tutor]
        assert list(Event.objects.order_by("id").values_list("verb", "object_id")) == [
            ("settings changed", organisation.pk),
            *sorted([("person changed", northfield.lead.pk), ("person changed", tutor.pk)], key=lambda pair: _order(pair[1])),
        ]


def _order(pk):
    return list(Event.objects.filter(verb="person changed").order_by("id").values_list("object_id", flat=True)).index(pk)


@pytest.mark.parametrize("change", [{"time_zone": "Mars/Base"}, {"name": ""}, {"contact_email": "x"}, {"leads": ["0"]}])
def test_settings_that_will_not_do_change_nothing(sign_in, northfield, change):
    before = Organisation.objects.values().get(slug="northfield")
    answer = sign_in(northfield.people["owner"]).post("/o/northfield/settings/", settings_post(northfield, **change))
    assert (answer.status_code, Organisation.objects.values().get(slug="northfield")) == (200, before)


def test_a_stranger_or_a_student_cannot_be_named_lead(sign_in, northfield, riverside):
    client = sign_in(northfield.people["owner"])
    for who in (riverside.people["tutor"], northfield.people["student"]):
        assert client.post("/o/northfield/settings/", settings_post(northfield, leads=[who.pk])).status_code == 200
    with northfield.scope():
        assert list(Membership.objects.filter(is_safeguarding_lead=True)) == [northfield.lead]


@pytest.mark.parametrize("role", ["coordinator", "mentor", "student", "tutor", "lead"])
def test_settings_and_record_are_the_owners(sign_in, northfield, role):
    client = sign_in(northfield.people[role])
    pages = ["settings/", "history/", "history/readings/"]
    assert [client.get(f"/o/northfield/{page}").status_code for page in pages] == [403] * 3
    assert client.post("/o/northfield/settings/", settings_post(northfield, name="Mine")).status_code == 403
    assert Organisation.objects.get(slug="northfield").name == "Northfield College"


# The record


def test_the_record_is_own_newest_first_and_silent_about_concerns(sign_in, northfield, riverside):
    with riverside.scope():
        record("person invited", by=riverside.people["owner"], about=riverside.people["student"])
    with northfield.scope():
        record("person invited", by=northfield.people["coordinator"], about=northfield.people["student"])
        concern = make.ConcernFactory(text="CANARY TEXT", raised_by=northfield.people["mentor"])
        record("concern raised", by=northfield.people["mentor"], about=concern, text="CANARY DATA")
        record("proposal declined", by=northfield.people["mentor"], about=northfield.mentorship, reason="CANARY REASON")
    client = sign_in(northfield.people["owner"])
    page = client.get("/o/northfield/history/")
    assert [(row["what"], row["who"]) for row in page.context["rows"]] == [
        ("Proposal declined", "Mentor Example"),
        ("Person invited", "Coordinator Example"),
    ]
    assert page.context["rows"][1]["about"] == "Student Example"
    assert [word for word in ("CANARY", "oncern raised", "Riverside") if word in page.text] == []


def test_an_owner_who_is_the_lead_sees_that_concerns_were_raised(sign_in, northfield):
    with northfield.scope():
        Membership.objects.filter(pk=northfield.people["owner"].pk).update(is_safeguarding_lead=True)
        record("concern raised", by="by link", about=make.ConcernFactory(text="CANARY"), text="CANARY")
    page = sign_in(northfield.people["owner"]).get("/o/northfield/history/")
    assert ([row["what"] for row in page.context["rows"]], "CANARY" in page.text) == (["Concern raised"], False)


def test_readings_show_operators_and_their_reason(sign_in, northfield, riverside):
    with riverside.scope():
        record_reading("organisation opened", by=riverside.people["owner"], reason="theirs")
    with northfield.scope():
        record_reading("organisation opened", by=northfield.people["owner"], reason="Asked by telephone")
        record_reading("concern read", by=northfield.lead, about=make.ConcernFactory())
        assert AccessLog.objects.count() == 2
    page = sign_in(northfield.people["owner"]).get("/o/northfield/history/readings/")
    assert [(row["what"], row["reason"]) for row in page.context["rows"]] == [("Organisation opened", "Asked by telephone")]


def test_the_record_costs_the_same_however_long(sign_in, northfield):
    client, by = sign_in(northfield.people["owner"]), northfield.people["coordinator"]
    counts = []
    for more in (1, 60):
        with northfield.scope():
            for person in make.MembershipFactory.create_batch(more):
                record("person added", by=by, about=person)
        counts.append(count_queries(client, "/o/northfield/history/"))
    assert (counts[0] == counts[1], counts[0] <= MOST) == (True, True)


# Letters


@pytest.fixture
def some_letters(northfield, riverside):
    with riverside.scope():
        letter(to="their@riverside.example", key="a")
    with northfield.scope():
        sent = letter(to="sent@college.example", key="b", status="sent")
        letter(to="waiting@college.example", key="c")
        failed = letter(to="failed@college.example", key="d", status="failed", last_error="SMTPRecipientsRefused: 550", attempts=12)
        concern = letter(to="lead@college.example", key="e", name="concern_raised")
    return {"sent": sent, "failed": failed, "concern": concern}


def letter(*, to, key, name="invitation", **fields):
    from post.rendering import example_context

    row = queue_letter(name, to_email=to, to_name="Gwen", context=example_context(name), dedupe_key=key)
    row = Letter.objects.get(dedupe_key=row.dedupe_key)
    Letter.objects.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()
    return row


def addresses(page):
    return [row.to_email for row in page.context["page"].object_list]


def test_letters_failed_and_waiting_first_without_those_about_concerns(sign_in, northfield, some_letters):
    client = sign_in(northfield.people["coordinator"])
    page = client.get("/o/northfield/letters/")
    assert addresses(page) == ["failed@college.example", "waiting@college.example", "sent@college.example"]
    assert [(tab["label"], tab["count"]) for tab in page.context["states"]][:3] == [("All", 3), ("Waiting", 1), ("Sent", 1)]
    assert addresses(client.get("/o/northfield/letters/?status=sent")) == ["sent@college.example"]
    assert addresses(client.get("/o/northfield/letters/?q=FAILED@")) == ["failed@college.example"]
    assert addresses(client.get("/o/northfield/letters/?status=nonsense&page=99")) == addresses(page)
    assert client.get(f"/o/northfield/letters/{some_letters['concern'].pk}/").status_code == 404


def test_a_coordinator_who_is_the_lead_sees_the_letters_about_concerns(sign_in, northfield, some_letters):
    with northfield.scope():
        Membership.objects.filter(pk=northfield.people["coordinator"].pk).update(is_safeguarding_lead=True)
    page = sign_in(northfield.people["coordinator"]).get("/o/northfield/letters/")
    assert "lead@college.example" in addresses(page)


@pytest.mark.parametrize("role", ["owner", "mentor", "student", "tutor", "lead"])
def test_letters_are_for_coordinators(sign_in, northfield, some_letters, role):
    client = sign_in(northfield.people[role])
    pk = some_letters["sent"].pk
    assert [client.get(f"/o/northfield/letters/{end}").status_code for end in ("", f"{pk}/")] == [403, 403]
    assert client.post(f"/o/northfield/letters/{some_letters['failed'].pk}/retry/").status_code == 403


def test_a_letters_link_is_its_readers_alone(sign_in, northfield, some_letters):
    """Or whoever runs programmes could join, sign or answer in somebody's place."""
    page = sign_in(northfield.people["coordinator"]).get(f"/o/northfield/letters/{some_letters['sent'].pk}/")
    assert "/r/k3J9xQ" in some_letters["sent"].text
    assert ("k3J9xQ" in page.text, "/r/…" in page.text, "Choose a password" in page.text) == (False, True, True)


def test_another_organisations_letter_is_unknown(sign_in, northfield, riverside, some_letters):
    client = sign_in(riverside.people["coordinator"])
    pk = some_letters["failed"].pk
    assert client.get(f"/o/riverside/letters/{pk}/").status_code == 404
    assert client.post(f"/o/riverside/letters/{pk}/retry/").status_code == 404
    assert addresses(client.get("/o/riverside/letters/")) == ["their@riverside.example"]


def test_a_failed_letter_goes_again_once(sign_in, northfield, some_letters):
    client, failed = sign_in(northfield.people["coordinator"]), some_letters["failed"]
    for _click in range(2):
        assert client.post(f"/o/northfield/letters/{failed.pk}/retry/").status_code == 302
    client.post(f"/o/northfield/letters/{some_letters['sent'].pk}/retry/")
    with northfield.scope():
        failed.refresh_from_db()
        some_letters["sent"].refresh_from_db()
        assert (failed.status, failed.attempts, some_letters["sent"].status) == ("waiting", 0, "sent")
        assert Event.objects.filter(verb="letter sent again").count() == 1


def test_letters_cost_the_same_however_many(sign_in, northfield):
    client, counts = sign_in(northfield.people["coordinator"]), []
    for round_, more in enumerate((1, 10)):
        with northfield.scope():
            for number in range(more):
                letter(to=f"p{number}@college.example", key=f"{round_}.{number}")
        counts.append(count_queries(client, "/o/northfield/letters/"))
    assert (counts[0] == counts[1], counts[0] <= MOST) == (True, True)


# Drafts


def test_a_draft_is_kept_and_is_its_writers_alone(sign_in, northfield):
    client, mentor = sign_in(northfield.people["mentor"]), northfield.people["mentor"]
    data = {"form_key": "check-in:31", "progress": "half a sent", "topics": ["a", "b"], "password": "x"}
    answer = client.post("/o/northfield/drafts/", data, headers={"HX-Request": "true"})
    assert (answer.status_code, "Saved" in answer.text) == (200, True)
    client.post("/o/northfield/drafts/", {**data, "progress": "half a sentence"}, headers={"HX-Request": "true"})
    with northfield.scope():
        assert Draft.objects.count() == 1
        mine = drafts.load_draft(author_key=f"membership:{mentor.pk}", form_key="check-in:31")
        assert mine == {"progress": "half a sentence", "topics": ["a", "b"]}
        assert list(Draft.objects.visible_to(northfield.people["student"])) == []


@pytest.mark.parametrize("key", ["", "x" * 90, "../etc", "Check-in:1", "a:b", "a\nb"])
def test_a_draft_needs_a_sound_key(sign_in, northfield, key):
    assert sign_in(northfield.people["mentor"]).post("/o/northfield/drafts/", {"form_key": key, "a": "b"}).status_code == 400


def test_a_draft_too_large_says_it_was_not_saved(sign_in, northfield):
    client = sign_in(northfield.people["mentor"])
    answer = client.post("/o/northfield/drafts/", {"form_key": "check-in:1", "a": "x" * 60_000}, headers={"HX-Request": "true"})
    assert answer.status_code == 413
    with northfield.scope():
        assert Draft.objects.count() == 0


@pytest.mark.parametrize(
    ("back", "expected"), [("/o/northfield/me/", "/o/northfield/me/"), ("https://evil.example/", "/o/northfield/"), ("//evil.example", "/o/northfield/")]
)
def test_without_htmx_a_draft_goes_back_inside_the_house(sign_in, northfield, back, expected):
    answer = sign_in(northfield.people["mentor"]).post("/o/northfield/drafts/", {"form_key": "check-in:1", "a": "b", "next": back})
    assert answer["Location"] == expected


# Jobs


@pytest.fixture
def job(northfield):
    register("sleep", "Sleeping")(lambda _job, _progress: {})
    with northfield.scope():
        return start_job("sleep", by=northfield.people["coordinator"])


def test_the_box_asks_again_until_the_job_is_over(sign_in, northfield, job):
    client = sign_in(northfield.people["coordinator"])
    url = f"/o/northfield/jobs/{job.pk}/"
    running = client.get(url)
    assert [part in running.text for part in (f'hx-get="{url}"', "every 1s", "Sleeping", f'action="{url}cancel/"')] == [True] * 4
    assert client.post(f"{url}cancel/")["Location"] == "/o/northfield/"
    over = client.get(url, headers={"HX-Request": "true"})
    assert ("hx-get" in over.text, over["HX-Refresh"]) == (False, "true")
    with northfield.scope():
        assert Job.objects.get().status == "cancelled"


def test_somebody_elses_job_is_not_seen_nor_stopped(sign_in, northfield, riverside, job):
    url = f"jobs/{job.pk}/"
    client = sign_in(northfield.people["mentor"])
    assert [client.get(f"/o/northfield/{url}").status_code, client.post(f"/o/northfield/{url}cancel/").status_code] == [403, 403]
    client = sign_in(riverside.people["coordinator"])
    assert [client.get(f"/o/riverside/{url}").status_code, client.post(f"/o/riverside/{url}cancel/").status_code] == [404, 404]
    with northfield.scope():
        assert Job.objects.get().status == "waiting"


# The poster


def test_the_poster_shows_every_capability_with_its_ticks(sign_in, northfield):
    from organisations.roles import LEAD_CAN, POSTER, Can

    page = sign_in(northfield.people["student"]).get("/o/northfield/roles/")
    assert [row["text"] for row in page.context["rows"]] == [can.value for can in Can]
    ticks = sum(len(sheet.can) for sheet in POSTER.values()) + len(LEAD_CAN)
    assert page.text.count('aria-label="Yes"') == ticks


# A new organisation


def test_a_new_organisation_invites_its_owner(northfield):
    made = organisation_settings.create_organisation(
        name="Hill Sixth Form", slug="hill", owner_email="head@hill.example", owner_name="Ada Hill", by="Alongside"
    )
    from common.tenancy import organisation_scope

    with organisation_scope(made.pk):
        owner = Membership.objects.get()
        assert (owner.name, owner.roles, Letter.objects.get().to_email) == ("Ada Hill", ["owner"], "head@hill.example")


def test_the_command_makes_one_and_refuses_a_second_of_that_address(northfield, capsys):
    from django.core.management import CommandError, call_command

    call_command("add_organisation", "Hill", "hill", "head@hill.example")
    assert "/o/hill/" in capsys.readouterr().out
    for slug, email in (("hill", "x@hill.example"), ("Not a slug", "x@hill.example"), ("vale", "nobody")):
        with pytest.raises(CommandError):
            call_command("add_organisation", "Again", slug, email)
    assert Organisation.objects.order_by("slug").values_list("slug", flat=True).first() == "hill"
    assert Organisation.objects.count() == 2
