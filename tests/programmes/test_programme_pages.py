"""Programmes, their people and employers, by hand."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from organisations.models import Job, Membership, SignedLink
from organisations.services import jobs
from programmes.models import ChecklistItem, Employer, LineManager, Participant, Placement, Programme, ReminderRule, Site
from programmes.presets import PRESETS
from programmes.services import people as service
from tests import factories as make
from tests.queries import MOST, count_queries

TODAY = dt.date.today()


def url(house, name, *args):
    return reverse(f"programmes:{name}", args=[house.organisation.slug, *args])


def fields_of(client, page):
    """What a form sends when nobody changes anything."""
    form = BeautifulSoup(client.get(page).content, "html.parser").select_one("main form.form-card")
    found = {one["name"]: one.get("value", "") for one in form.select("input[name]") if one["type"] not in ("radio", "checkbox")}
    found |= {one["name"]: one.get("value", "on") for one in form.select("input[name][checked]")}
    found |= {one["name"]: one.text.strip("\r\n") for one in form.select("textarea[name]")}
    found.pop("csrfmiddlewaretoken")
    return found


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_a_programme_is_made_from_each_preset_as_it_stands_and_a_double_click_makes_one(northfield, sign_in, preset):
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "create") + f"?preset={preset.key}"
    data = fields_of(client, page) | {"name": "Spring 2027"}
    for _double_click in range(2):
        answer = client.post(page, data)
        assert answer.status_code == 302, answer.content.decode()
    with northfield.scope():
        made = Programme.objects.get(name="Spring 2027")
        assert (made.preset, made.format, made.check_in_every_days, made.quiet_days) == (
            preset.key,
            preset.format,
            preset.check_in_every_days,
            preset.quiet_days,
        )
        assert ChecklistItem.objects.filter(programme=made).count() == len(preset.coordinator_checklist)
        rules = ReminderRule.objects.filter(programme=made).values_list("event", "offset_days", "recipient", "letter")
        assert sorted(rules) == sorted((r.event, r.offset_days, r.recipient, r.letter) for r in preset.rules)
    assert client.get(url(northfield, "detail", made.pk)).status_code == 200


def test_dates_in_the_wrong_order_are_refused_at_the_field_with_everything_kept(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "create") + "?preset=blank"
    data = fields_of(client, page) | {"name": "Spring <b>2027</b>", "starts_on": "2027-05-01", "ends_on": "2027-04-01"}
    answer = client.post(page, data)
    assert answer.status_code == 422
    html = BeautifulSoup(answer.content, "html.parser")
    assert html.select_one("#id_name")["value"] == "Spring <b>2027</b>"
    assert html.select_one(".error-summary a")["href"] == "#id_ends_on"
    with northfield.scope():
        assert Programme.objects.count() == 1


def test_changing_closing_and_ticking(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "edit", northfield.programme.pk)
    assert client.post(page, fields_of(client, page) | {"name": "Renamed", "quiet_days": "20"}).status_code == 302
    with northfield.scope():
        item = ChecklistItem.objects.create(programme=northfield.programme, phase="before", title="Find mentors", due_on=TODAY)
    client.post(url(northfield, "checklist_toggle", item.pk), {"done": "1"})
    with northfield.scope():
        item.refresh_from_db()
        assert (item.done_at is None, item.done_by) == (False, northfield.people["coordinator"])
    client.post(url(northfield, "checklist_toggle", item.pk))
    client.post(url(northfield, "close", northfield.programme.pk))
    with northfield.scope():
        item.refresh_from_db()
        programme = Programme.objects.get()
        assert (item.done_at, programme.name, programme.quiet_days, programme.closed_at is None) == (None, "Renamed", 20, False)


def test_one_person_by_hand_joins_once_and_somebody_known_is_the_same_person(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "participant_add", northfield.programme.pk)
    new = {"first_name": "Małgorzata", "last_name": "O’Brien 🙂", "email": "Malgorzata@College.example", "availability": ["Mon am"], "languages": "English, Polish;Polish"}
    assert client.post(page, new).status_code == 302
    assert client.post(page, new).status_code == 422
    mentor = {"first_name": "Tutor", "email": "TUTOR@northfield.example", "capacity": "2", "skills": "python"}
    assert client.post(page + "?side=mentor", mentor).status_code == 302
    with northfield.scope():
        student = Participant.objects.get(membership__email="malgorzata@college.example")
        assert (student.name, student.languages, student.availability) == ("Małgorzata O’Brien 🙂", ["English", "Polish"], ["Mon am"])
        tutor = Membership.objects.get(pk=northfield.people["tutor"].pk)
        assert (sorted(tutor.roles), tutor.first_name) == (["mentor", "tutor"], "Tutor")
        assert Participant.objects.get(membership=tutor).capacity == 2


def test_a_capacity_below_nought_is_refused_at_the_field(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    answer = client.post(url(northfield, "participant_edit", northfield.mentor.pk), {"capacity": "-1"})
    assert answer.status_code == 422
    assert BeautifulSoup(answer.content, "html.parser").select_one(".error-summary a")["href"] == "#id_capacity"


def test_withdrawing_keeps_the_reason_for_coordinators(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    client.post(url(northfield, "participant_withdraw", northfield.student.pk), {"reason": "Moved away"})
    with northfield.scope():
        northfield.student.refresh_from_db()
        assert (northfield.student.withdrawn_at is None, northfield.student.withdrawn_reason) == (False, "Moved away")
    assert "Moved away" in client.get(url(northfield, "participant", northfield.student.pk)).content.decode()
    assert sign_in(northfield.people["mentor"]).get(url(northfield, "participant", northfield.student.pk)).status_code == 403


def test_placements_offer_own_sites_only_and_a_line_manager_of_the_same_employer(northfield, riverside, sign_in):
    with northfield.scope():
        other = make.SiteFactory(employer=make.EmployerFactory(name="Calder Pumps"))
        site, manager = northfield.placement.site, northfield.placement.line_manager
    with riverside.scope():
        foreign = make.SiteFactory()
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "placement", northfield.placement.pk)
    offered = {one["value"] for one in BeautifulSoup(client.get(page).content, "html.parser").select("#id_site option[value]")}
    assert offered - {""} == {str(site.pk), str(other.pk)}
    data = {"role": "Tester", "starts_on": "2026-10-01", "ends_on": "2026-12-01", "done_hours": "12"}
    assert client.post(page, data | {"site": foreign.pk}).status_code == 422
    assert client.post(page, data | {"site": other.pk, "line_manager": manager.pk}).status_code == 422
    assert client.post(page, data | {"site": site.pk, "line_manager": manager.pk, "ends_on": "2026-09-01"}).status_code == 422
    assert client.post(page, data | {"site": site.pk, "line_manager": manager.pk}).status_code == 302
    assert client.post(url(northfield, "placement_add", northfield.student.pk), data | {"site": other.pk}).status_code == 302
    with northfield.scope():
        assert list(Placement.objects.order_by("pk").values_list("role", "site", "done_hours")) == [("Tester", site.pk, 12), ("Tester", other.pk, 12)]


def test_employers_are_named_once(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    assert client.post(url(northfield, "employer_add"), {"name": "Ridgeway & Sons"}).status_code == 302
    assert client.post(url(northfield, "employer_add"), {"name": "Ridgeway & Sons"}).status_code == 422
    with northfield.scope():
        employer = Employer.objects.get(name="Ridgeway & Sons")
    for _double_click in range(2):
        client.post(url(northfield, "site_add", employer.pk), {"town": "Hull"})
        client.post(url(northfield, "line_manager_add", employer.pk), {"name": "Ada Byrne", "email": "ADA@employers.example"})
    assert client.post(url(northfield, "line_manager_add", employer.pk), {"name": "Ada", "email": "nobody"}).status_code == 422
    with northfield.scope():
        assert list(Site.objects.filter(employer=employer).values_list("town", flat=True)) == ["Hull"]
        assert list(LineManager.objects.filter(employer=employer).values_list("name", "email")) == [("Ada Byrne", "ada@employers.example")]
    assert "Ridgeway &amp; Sons" in client.get(url(northfield, "employers")).content.decode()


def test_a_second_programme_of_the_same_name_and_dates_says_so(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "create") + f"?preset={PRESETS[0].key}"
    data = fields_of(client, page) | {"name": "Spring 2027"}
    said = [[str(one) for one in client.post(page, data, follow=True).context["messages"]] for _twice in range(2)]
    assert said[0] == ["The programme is made. Next: bring in your students, mentors and placements."]
    assert said[1] == [
        "You have a programme with this name and these dates already: here it is. For a second one, choose another name."
    ]


def invite_as_the_worker_does(house):
    with house.scope():
        job = Job.objects.get(kind=service.INVITE)
    jobs.run(house.organisation.pk, job.pk)


def state_on(client, page, name):
    """What a list of people says about somebody: the words of the last cell in their row."""
    rows = BeautifulSoup(client.get(page).content, "html.parser").select("table.grid tbody tr")
    (row,) = [row for row in rows if name in row.th.get_text()]
    return " ".join(row.select("td")[-1].get_text(" ").split()).removesuffix(" just now").removesuffix(" today")


def test_people_and_everybody_say_the_same_about_an_invitation(northfield, sign_in):
    """Asked to train, invited from Everybody, ran out, taken back: one truth on both pages."""
    client = sign_in(northfield.people["coordinator"])
    with northfield.scope():
        mentor = make.MentorFactory(programme=northfield.programme, membership__user=None, membership__first_name="Zofia")
    pages = [
        url(northfield, "participants", northfield.programme.pk) + "?side=mentor&q=Zofia",
        reverse("organisations:people", args=[northfield.organisation.slug]) + "?q=Zofia",
    ]
    assert {state_on(client, page, "Zofia") for page in pages} == {"Not invited"}
    client.post(reverse("training:invite", args=[northfield.organisation.slug, northfield.programme.pk]))
    with northfield.scope():
        links = SignedLink.objects.filter(purpose="join", target_id=mentor.membership_id)
        assert links.count() == 1
    assert {state_on(client, page, "Zofia").split()[0] for page in pages} == {"Invited"}
    with northfield.scope():
        links.update(expires_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert {" ".join(state_on(client, page, "Zofia").split()[:3]) for page in pages} == {"Invitation ran out"}
    with northfield.scope():
        links.update(revoked_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert {state_on(client, page, "Zofia") for page in pages} == {"Not invited"}


def test_every_student_is_invited_once(northfield, sign_in):
    from post.models import Letter

    client = sign_in(northfield.people["coordinator"])
    with northfield.scope():
        make.StudentFactory.create_batch(2, programme=northfield.programme, membership__user=None)
        expected = set(
            Participant.objects.students().filter(membership__user=None).values_list("membership__email", flat=True)
        )
    page = client.get(url(northfield, "participants", northfield.programme.pk))
    assert f"Invite {len(expected)} students" in page.content.decode()
    for _double_click in range(2):
        client.post(url(northfield, "participants_invite", northfield.programme.pk))
    invite_as_the_worker_does(northfield)
    page = client.get(url(northfield, "participants", northfield.programme.pk))
    assert page.context["waiting"]["students"] == 0
    assert page.context["job"].message == f"{len(expected)} invitations are on their way."
    client.post(url(northfield, "participants_invite", northfield.programme.pk))  # nobody is left: no work, no letter
    with northfield.scope():
        assert Job.objects.filter(kind=service.INVITE).count() == 1
        assert sorted(Letter.objects.filter(name="invitation").values_list("to_email", flat=True)) == sorted(expected)


def test_pages_cost_the_same_for_one_row_and_ten(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    pages = [
        url(northfield, "list"),
        url(northfield, "detail", northfield.programme.pk),
        url(northfield, "participants", northfield.programme.pk),
        url(northfield, "participants", northfield.programme.pk) + "?side=mentor",
        url(northfield, "participant", northfield.student.pk),
        url(northfield, "employers"),
        url(northfield, "employer", northfield.placement.site.employer_id),
    ]
    before = [count_queries(client, page) for page in pages]
    with northfield.scope():
        make.ProgrammeFactory.create_batch(5, starts_on=TODAY - dt.timedelta(days=900), ends_on=TODAY - dt.timedelta(days=800))
        for student in make.StudentFactory.create_batch(9, programme=northfield.programme, tutor=northfield.people["tutor"]):
            make.PlacementFactory(student=student, site=northfield.placement.site)
        make.MentorFactory.create_batch(9, programme=northfield.programme)
        make.EmployerFactory.create_batch(9)
    assert [count_queries(client, page) for page in pages] == before
    assert max(before) <= MOST


def test_strangers_and_mentors_stay_outside(northfield, riverside, sign_in):
    mentor = sign_in(northfield.people["mentor"])
    assert mentor.get(url(northfield, "list")).status_code == 403
    coordinator = sign_in(northfield.people["coordinator"])
    for name, row in [("detail", riverside.programme), ("participant", riverside.student), ("placement", riverside.placement), ("employer", riverside.placement.site.employer)]:
        assert coordinator.get(url(northfield, name, row.pk)).status_code == 404
        assert coordinator.get(url(riverside, name, row.pk)).status_code == 404


def test_somebody_who_left_does_not_stop_the_others_from_being_invited(northfield, sign_in):
    from django.utils import timezone

    from post.models import Letter

    with northfield.scope():
        gone = make.StudentFactory(programme=northfield.programme, membership=make.MembershipFactory(user=None, email="gone@northfield.example"))
        make.StudentFactory(programme=northfield.programme, membership=make.MembershipFactory(user=None, email="here@northfield.example"))
        Membership.objects.filter(pk=gone.membership_id).update(left_at=timezone.now())
    answer = sign_in(northfield.people["coordinator"]).post(url(northfield, "participants_invite", northfield.programme.pk))
    assert answer.status_code == 302
    invite_as_the_worker_does(northfield)
    with northfield.scope():
        invited = set(Letter.objects.filter(name="invitation").values_list("to_email", flat=True))
    assert ("here@northfield.example" in invited, "gone@northfield.example" in invited) == (True, False)


def test_the_same_person_added_in_two_tabs_at_once_is_one_person_and_a_sentence(northfield, sign_in, monkeypatch):
    client = sign_in(northfield.people["coordinator"])
    url = reverse("programmes:participant_add", args=["northfield", northfield.programme.pk]) + "?side=student"
    sent = {"first_name": "Twice", "last_name": "Over", "email": "twice@example.org"}
    assert client.post(url, sent).status_code == 302
    known, looked = service._known, []

    def not_at_first(email):  # as the second tab saw it, before the first had written
        looked.append(email)
        return known(email) if len(looked) > 1 else None

    monkeypatch.setattr(service, "_known", not_at_first)
    page = client.post(url, sent)
    assert (page.status_code, len(looked)) == (422, 2)
    assert "Twice Over takes part already." in page.content.decode()
    with northfield.scope():
        assert Membership.objects.filter(email="twice@example.org").count() == 1


def test_nobody_to_match_is_not_everybody_matched(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    with northfield.scope():
        empty = make.ProgrammeFactory()
    for name in ("matching:unmatched", "matching:pair"):
        page = client.get(reverse(name, args=["northfield", empty.pk]))
        assert (page.status_code, "Every student has a proposal" in page.content.decode()) == (200, False)
