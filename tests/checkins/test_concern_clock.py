"""Who is asked first, and what happens when nobody confirms in time."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from checkins.enums import Level
from checkins.models import Absence, Concern, ConcernShare, Safeguarding
from checkins.services import concerns as service
from checkins.services import escalation
from organisations.models import Membership
from post.models import Letter
from tests import factories as make

CANARY = "KANARIE-51ad"


@pytest.fixture
def deputy(northfield):
    with northfield.scope():
        Membership.objects.filter(pk=northfield.people["tutor"].pk).update(is_safeguarding_deputy=True)
        return Membership.objects.get(pk=northfield.people["tutor"].pk)


def raised(house, role="student", **fields):
    fields = {"urgency": "now", "category": "safety", "text": CANARY, "mentorship": house.mentorship, **fields}
    return service.raise_concern(by=house.people[role], **fields)


def letters():
    return list(Letter.objects.order_by("id").values_list("name", "to_email"))


def reads(house, role, row):
    one = Membership.objects.get(pk=house.people[role].pk)
    return Concern.objects.visible_to(one).filter(pk=row.pk).exists()


def test_the_lead_is_asked_and_has_as_long_as_the_urgency_says(northfield):
    now = timezone.now()
    with northfield.scope():
        Safeguarding.objects.create(hours_soon=5)
        hours = {}
        for urgency in ("now", "soon", "when_you_can"):
            row = raised(northfield, urgency=urgency, text=urgency, at=now)
            hours[urgency] = (row.answer_by - now) / dt.timedelta(hours=1)
        assert hours == {"now": 1, "soon": 5, "when_you_can": 72}
        assert set(letters()) == {("concern_raised", "lead@northfield.example")}


def test_not_confirmed_in_time_it_goes_to_the_deputy_then_to_the_owners_then_stops(northfield, deputy):
    now = timezone.now()
    with northfield.scope():
        row = raised(northfield, at=now)
        assert not reads(northfield, "tutor", row)
    assert escalation.escalate_all(at=now + dt.timedelta(minutes=59)) == 0
    assert [escalation.escalate_all(at=now + dt.timedelta(minutes=61)) for _twice in range(2)] == [1, 0]
    with northfield.scope():
        row.refresh_from_db()
        assert (row.level, reads(northfield, "tutor", row), reads(northfield, "owner", row)) == (Level.DEPUTY, True, False)
        assert letters()[-1] == ("concern_waits", "tutor@northfield.example")
    assert escalation.escalate_all(at=now + dt.timedelta(hours=3)) == 1
    with northfield.scope():
        row.refresh_from_db()
        assert (row.level, reads(northfield, "owner", row)) == (Level.OWNER, True)
        assert letters()[-1] == ("concern_waits", "owner@northfield.example")
    assert escalation.escalate_all(at=now + dt.timedelta(days=9)) == 0
    with northfield.scope():
        row.refresh_from_db()
        assert row.answer_by is None
        steps = [note.text for note in row.notes.filter(is_step=True)]
        assert [step.split(":")[0] for step in steps] == [
            "Went to the named lead",
            "Not confirmed in time. Went to the deputy",
            "Not confirmed in time. Went to the owners",
            "Not confirmed in time. There is nobody further to ask.",
        ]
        assert [one for one in Letter.objects.all() if CANARY in one.text + one.html + one.subject] == []
        assert [one for one in Event.objects.all() if CANARY in str(one.data)] == []


def test_confirmed_or_closed_it_stays_where_it_is(northfield, deputy):
    now = timezone.now()
    with northfield.scope():
        one, two = raised(northfield, text="one", at=now), raised(northfield, text="two", at=now)
        service.acknowledge_concern(concern=one, by=northfield.lead)
        service.close_concern(concern=two, outcome="A mistake", by=northfield.lead)
    assert escalation.escalate_all(at=now + dt.timedelta(days=9)) == 0
    with northfield.scope():
        assert ConcernShare.objects.count() == 0


def test_while_the_lead_is_away_the_deputy_is_asked_and_the_lead_still_reads_it(northfield, deputy):
    today = timezone.localdate()
    with northfield.scope():
        Absence.objects.create(membership=northfield.lead, starts_on=today, ends_on=today + dt.timedelta(days=3))
        row = raised(northfield)
        assert letters() == [("concern_waits", "tutor@northfield.example")]
        assert (row.level, reads(northfield, "tutor", row), reads(northfield, "lead", row)) == (Level.DEPUTY, True, True)
        Absence.objects.update(ends_on=today - dt.timedelta(days=1), starts_on=today - dt.timedelta(days=2))
        assert raised(northfield, text="later").level == Level.LEAD


def test_what_may_be_about_the_lead_goes_past_the_lead(northfield, deputy, sign_in):
    with northfield.scope():
        row = raised(northfield, not_for_lead=True)
        assert [reads(northfield, role, row) for role in ("lead", "tutor", "owner")] == [False, True, False]
        assert letters() == [("concern_waits", "tutor@northfield.example")]
    client = sign_in(northfield.lead)
    assert client.get(reverse("checkins:concern", args=["northfield", row.pk])).status_code == 403
    assert client.get(reverse("checkins:concerns", args=["northfield"])).context["page"].paginator.count == 0


def test_a_lead_reads_nothing_about_a_mentorship_of_their_own(northfield):
    with northfield.scope():
        Membership.objects.filter(pk=northfield.people["mentor"].pk).update(is_safeguarding_lead=True)
        row, other = raised(northfield), raised(northfield, text="other", mentorship=None)
        assert [reads(northfield, role, row) for role in ("mentor", "lead")] == [False, True]
        assert reads(northfield, "mentor", other)
        note = make.NoteFactory(mentorship=northfield.mentorship, author=northfield.people["student"], visibility="lead")
        readers = [
            role
            for role in ("mentor", "lead")
            if type(note).objects.visible_to(Membership.objects.get(pk=northfield.people[role].pk)).filter(pk=note.pk).exists()
        ]
        assert readers == ["lead"]
        assert ("concern_raised", "mentor@northfield.example") not in letters()[:1]


def test_a_deputy_works_on_what_is_theirs_and_on_nothing_else(northfield, deputy, sign_in):
    now = timezone.now()
    with northfield.scope():
        mine, other = raised(northfield, at=now - dt.timedelta(hours=2)), raised(northfield, text="other", urgency="when_you_can")
    escalation.escalate_all(at=now)
    client = sign_in(deputy)
    url = reverse("checkins:concern", args=["northfield", mine.pk])
    assert CANARY in client.get(url).content.decode()
    assert client.get(reverse("checkins:concern", args=["northfield", other.pk])).status_code == 403
    assert [row.pk for row in client.get(reverse("checkins:concerns", args=["northfield"])).context["page"]] == [mine.pk]
    assert client.post(url, {"acknowledge": "1"}).status_code == 302
    assert client.post(url, {"note": "1", "text": "Rang her mother"}).status_code == 302
    with northfield.scope():
        mine.refresh_from_db()
        assert mine.acknowledged_by_id == deputy.pk
        assert mine.notes.filter(is_step=False).values_list("text", flat=True).get() == "Rang her mother"


def test_owners_set_the_clock_and_name_deputies_but_not_themselves(northfield, sign_in):
    client = sign_in(northfield.people["owner"])
    url = reverse("checkins:safeguarding", args=["northfield"])
    sent = {"emergency_number": "112", "phone": "01632 960 001", "hours_now": 2, "hours_soon": 24, "hours_later": 72}
    assert northfield.people["owner"] not in client.get(url).context["form"].fields["deputies"].queryset
    assert client.post(url, sent | {"deputies": [northfield.people["owner"].pk]}).status_code == 200
    assert list(client.post(url, sent | {"hours_now": 0, "phone": "<b>"}).context["form"].errors) == ["phone", "hours_now"]
    assert client.post(url, sent | {"deputies": [northfield.people["tutor"].pk]}).status_code == 302
    with northfield.scope():
        assert Safeguarding.objects.get().hours_now == 2
        assert list(Membership.objects.filter(is_safeguarding_deputy=True)) == [northfield.people["tutor"]]
    page = sign_in(northfield.people["student"]).get(reverse("checkins:concern_raise", args=["northfield"])).content.decode()
    assert ('href="tel:112"' in page, "01632 960 001" in page) == (True, True)


def test_a_coordinator_may_not_change_a_deputys_address(northfield, deputy):
    """It would be a way into the deputy's pages."""
    from organisations.rights import may_change

    with northfield.scope():
        assert may_change(northfield.people["coordinator"], deputy) is False
        assert may_change(northfield.people["owner"], deputy) is True


def test_days_away_are_ones_own_and_in_order(northfield, sign_in):
    today = timezone.localdate()
    client, url = sign_in(northfield.lead), reverse("checkins:away", args=["northfield"])
    wrong = {"starts_on": today, "ends_on": today - dt.timedelta(days=1)}
    assert list(client.post(url, wrong).context["form"].errors) == ["ends_on"]
    for _twice in range(2):
        assert client.post(url, {"starts_on": today, "ends_on": today}).status_code == 302
    with northfield.scope():
        row = Absence.objects.get()
    assert sign_in(northfield.people["owner"]).post(reverse("checkins:away_drop", args=["northfield", row.pk])).status_code == 403
    assert client.post(reverse("checkins:away_drop", args=["northfield", row.pk])).status_code in (302, 403)
    assert sign_in(northfield.lead).post(reverse("checkins:away_drop", args=["northfield", row.pk])).status_code in (302, 404)
    with northfield.scope():
        assert Absence.objects.count() == 0
