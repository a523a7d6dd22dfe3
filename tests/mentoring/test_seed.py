"""The demo's data: the same however often it is seeded, alive on any day, and nothing waits to be sent."""

from collections import Counter
from datetime import date, timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from checkins.models import CheckIn, Concern
from common.tenancy import organisation_scope
from goals.models import Goal
from matching.models import Mentorship, MentorshipMember, Proposal, QuestionnaireResponse
from mentoring.demo import accounts, northfield, riverside
from organisations.models import Membership, Organisation
from post.models import Letter
from programmes.models import Participant, Programme


@pytest.fixture
def seeded(db):
    call_command("seed_demo", stdout=StringIO())


def row_counts():
    """Rows of every table of ours, as each organisation sees them."""
    found = Counter()
    for organisation in Organisation.objects.all():
        with organisation_scope(organisation.pk):
            for model in apps.get_models():
                if model._meta.managed and not model._meta.proxy:
                    found[organisation.slug, model._meta.label] = model._default_manager.count()
    return found


def in_house(slug):
    return organisation_scope(Organisation.objects.get(slug=slug).pk)


def test_twice_gives_the_same_rows(seeded):
    before = row_counts()
    call_command("seed_demo", stdout=StringIO())
    assert row_counts() == before
    assert before["northfield", "matching.Mentorship"] == 41  # one of them was handed over, so it counts twice
    assert before["riverside", "matching.Mentorship"] == 9


def test_everybody_listed_can_sign_in(seeded, client):
    addresses = [f"{role}@{slug}.example" for slug in ("northfield", "riverside") for role in accounts.NORTHFIELD]
    for email in [*addresses, accounts.OPERATOR]:
        user = User.objects.get(email=email)
        assert (user.check_password(accounts.PASSWORD), EmailAddress.objects.get(user=user).verified) == (True, True), email
    staff = User.objects.filter(is_staff=True).values_list("email", "is_superuser")
    assert list(staff) == [(accounts.OPERATOR, True)]


@pytest.mark.parametrize("slug", ["northfield", "riverside"])
def test_roles_are_what_the_address_says(seeded, slug):
    with in_house(slug):
        for role in accounts.NORTHFIELD:
            person = Membership.objects.get(email=f"{role}@{slug}.example")
            expected = ([], True) if role == "lead" else ([role], False)
            assert (person.roles, person.is_safeguarding_lead) == expected


@pytest.mark.parametrize("slug", ["northfield", "riverside"])
def test_the_two_who_sign_in_are_a_pair_and_the_tutor_is_the_students(seeded, slug):
    with in_house(slug):
        student = Participant.objects.get(membership__email=f"student@{slug}.example")
        mentorship = Mentorship.objects.get(members__participant=student)
        mentor = MentorshipMember.objects.get(mentorship=mentorship, side="mentor").participant
        found = (mentor.membership.email, student.tutor.email, mentorship.status)
        assert found == (f"mentor@{slug}.example", f"tutor@{slug}.example", "active")
        coming = CheckIn.objects.filter(mentorship=mentorship, status="planned", due_on__gte=timezone.localdate())
        assert coming.exists()


def test_northfield_shows_every_stage_and_trouble(seeded):
    today = timezone.localdate()
    with in_house("northfield"):
        running = Programme.objects.get(starts_on__lte=today)
        assert running.ends_on > today
        coming = Programme.objects.get(starts_on__gt=today)
        assert Counter(coming.participants.values_list("side", flat=True)) == {"student": 9, "mentor": 6}
        answered = QuestionnaireResponse.objects.filter(participant__programme=coming).exclude(answered_at=None)
        assert set(answered.values_list("participant__side", flat=True)) == {"student", "mentor"}
        waiting = QuestionnaireResponse.objects.get(participant__membership__email="mentor@northfield.example")
        assert (waiting.asked_at is not None, waiting.answered_at) == (True, None)
        mentorships = Mentorship.objects.filter(programme=running)
        stages = set(mentorships.filter(status="active").values_list("stage", flat=True))
        assert stages == {"rapport", "direction", "progression", "winding_down", "moving_on"}
        assert {"active", "completed_early", "ended_by_agreement", "no_show"} == set(mentorships.values_list("status", flat=True))
        overdue = CheckIn.objects.planned().filter(due_on__lt=today - timedelta(days=14))
        assert overdue.count() >= 2
        assert set(CheckIn.objects.values_list("mood", flat=True)) >= {1, 2, 3, 4, 5}
        assert {"open", "done"} == set(Goal.objects.values_list("status", flat=True))
        assert Concern.objects.open().count() == 1
        assert Proposal.objects.filter(status="published").count() == 2


def test_nothing_waits_to_be_sent(seeded):
    for slug in ("northfield", "riverside"):
        with in_house(slug):
            letters = Counter(Letter.objects.exclude(organisation_id=None).values_list("status", flat=True))
            assert (letters["waiting"], letters["failed"]) == (0, 1 if slug == "northfield" else 0)


@pytest.mark.parametrize("today", [date(2027, 2, 28), date(2027, 6, 7), date(2028, 12, 31)])
def test_it_is_alive_on_any_day(db, today, monkeypatch):
    for house in (northfield, riverside):
        monkeypatch.setattr(house, "send_in_the_past", lambda *args, **kwargs: 0)  # that goes by the real clock
        assert house.seed(today) is True
        with in_house(house.SLUG):
            running = Programme.objects.get(starts_on__lte=today, ends_on__gt=today, format="one_to_one")
            pairs = Mentorship.objects.filter(programme=running)
            assert CheckIn.objects.filter(mentorship__in=pairs, status="held", held_on__gt=today).count() == 0
            assert pairs.exclude(last_contact_on=None).exists()


def test_riverside_has_a_group_with_somebody_away(seeded):
    with in_house("riverside"):
        group = Mentorship.objects.get(programme__format="small_group")
        assert Counter(group.members.values_list("side", flat=True)) == {"student": 4, "mentor": 1}
        assert group.agreement.signed_at is None
        assert group.agreement.signatures.count() == 4
        last = group.check_ins.filter(status="held").last()
        assert Counter(last.attendances.values_list("was_there", flat=True)) == {True: 4, False: 1}
        assert Goal.objects.filter(mentorship=group, owner=None).count() == 1
        assert Goal.objects.filter(mentorship=group).exclude(owner=None).count() == 2
