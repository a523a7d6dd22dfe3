"""Reminders: what is asked for on a day, once, and silent as soon as it is done."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from checkins.models import CheckIn, ReminderSent
from checkins.services import planning, reminders
from checkins.services.log import log_check_in, miss_check_in
from common.words import day
from matching.models import AgreementSignature, Mentorship, Proposal, ProposalAnswer
from matching.services.mentorships import end_mentorship
from organisations.models import Membership
from post.models import Letter
from programmes.models import Participant, Programme, ReminderRule
from tests import factories as make
from tests.checkins.helpers import answers, check_in, entry, log_url, rule, token_for
from tests.queries import MOST, count_queries

NOON = dt.time(12)


def noon(days=0):
    """Midday of a day from today: an hour at which letters go at once."""
    return dt.datetime.combine(timezone.localdate() + dt.timedelta(days=days), NOON, dt.UTC)


def sweep(house, days=0):
    """Run the sweep of one organisation as if so many days from now; returns the letters it queued."""
    with time_machine.travel(noon(days), tick=False):
        reminders.send_due(house.organisation.pk)
    return letters(house)


def letters(house, status="waiting"):
    with house.scope():
        return sorted(Letter.objects.filter(status=status).values_list("name", "to_email"))


def check_in_rules(house):
    rule(house, "check_in_planned", -1, "mentor", "check_in_due")
    rule(house, "check_in_planned", -1, "student", "check_in_due")
    rule(house, "check_in_planned", 3, "mentor", "check_in_overdue")
    rule(house, "check_in_planned", 10, "mentor", "check_in_overdue")
    rule(house, "check_in_planned", 14, "coordinator", "quiet_coordinator")


DUE = [("check_in_due", "mentor@northfield.example"), ("check_in_due_student", "student@northfield.example")]
LATE = ("check_in_overdue", "mentor@northfield.example")
QUIET = ("quiet_coordinator", "coordinator@northfield.example")


def test_the_clock_of_one_check_in(northfield):
    with northfield.scope():
        check_in_rules(northfield)
        check_in(northfield, days=2)
    course = {days: sweep(northfield, days) for days in (0, 1, 2, 4, 5, 6, 12, 13, 15, 16, 20, 40)}
    first = [*DUE, LATE]
    assert course == {
        0: [],
        1: DUE,
        2: DUE,
        4: DUE,
        5: sorted(first),
        6: sorted(first),
        12: sorted([*first, LATE]),
        13: sorted([*first, LATE]),
        15: sorted([*first, LATE]),
        16: sorted([*first, LATE, QUIET]),
        20: sorted([*first, LATE, QUIET]),
        40: sorted([*first, LATE, QUIET]),
    }


def test_what_the_letters_say(northfield, client):
    with northfield.scope():
        check_in_rules(northfield)
        row = check_in(northfield, days=1)
    sweep(northfield)
    with northfield.scope():
        mentor = Letter.objects.get(name="check_in_due")
        assert "You have a check-in with Student Example on" in mentor.text
        assert "Mentor Example" in Letter.objects.get(name="check_in_due_student").text
        path = next(word for word in mentor.text.split() if "/r/" in word).partition("/r/")[2]
    assert client.get(f"/r/{path}").context["check_in"] == row


def test_twice_the_same_day_changes_nothing(northfield):
    with northfield.scope():
        check_in_rules(northfield)
        check_in(northfield, days=1)
    assert sweep(northfield) == sweep(northfield) == DUE
    with northfield.scope():
        assert ReminderSent.objects.count() == 2


def log_by_service(house, row, sign_in, client):
    with house.scope():
        log_check_in(check_in=row, by=house.people["student"], entry=entry())


def log_by_page(house, row, sign_in, client):
    assert sign_in(house.people["coordinator"]).post(log_url(house, row), answers()).status_code == 302


def log_by_link(house, row, sign_in, client):
    with house.scope():
        _link, token = token_for(house, row)
    assert client.post(reverse("checkins:log_by_link", args=[token]), answers()).status_code == 302


def note_missed(house, row, sign_in, client):
    with house.scope():
        miss_check_in(check_in=row, reason="Ill", by=house.people["mentor"])


def drop_it(house, row, sign_in, client):
    with house.scope():
        planning.drop_check_in(check_in=row, by=house.people["coordinator"])


@pytest.mark.parametrize("done", [log_by_service, log_by_page, log_by_link, note_missed, drop_it])
def test_it_stops_however_it_was_done(northfield, sign_in, client, done):
    with northfield.scope():
        check_in_rules(northfield)
        row = check_in(northfield, days=-2)
        other = make.CheckInFactory(mentorship=northfield.other_mentorship, due_on=row.due_on)  # goes on being chased
    assert sweep(northfield, -3) == sorted([*DUE, *others(northfield, ["check_in_due", "check_in_due_student"])])
    done(northfield, row, sign_in, client)
    assert letters(northfield, "dropped") == DUE
    everything = [sweep(northfield, days) for days in (1, 2, 8, 12)][-1]
    about_other = ["check_in_due", "check_in_due_student", "check_in_overdue", "check_in_overdue"]
    assert everything == sorted([*others(northfield, about_other), QUIET])
    with northfield.scope():
        assert CheckIn.objects.get(pk=other.pk).status == "planned"


def others(house, names):
    """Letters to the mentorship nobody of the cast belongs to."""
    with house.scope():
        seats = house.other_mentorship.members.select_related("participant__membership")
        email = {seat.side: seat.participant.membership.email for seat in seats}
    return [(name, email["student" if name.endswith("student") else "mentor"]) for name in names]


def silence_mentorship(house):
    end_mentorship(mentorship=house.mentorship, status="completed", by=house.people["coordinator"])


def silence_person(house):
    Membership.objects.filter(pk=house.people["mentor"].pk).update(left_at=timezone.now())
    Participant.objects.filter(pk=house.student.pk).update(withdrawn_at=timezone.now())


def silence_programme(house):
    Programme.objects.filter(pk=house.programme.pk).update(closed_at=timezone.now())


def silence_rules(house):
    ReminderRule.objects.update(is_active=False)


@pytest.mark.parametrize("silence", [silence_mentorship, silence_person, silence_programme, silence_rules])
def test_nothing_goes_for_what_is_over(northfield, silence):
    with northfield.scope():
        check_in_rules(northfield)
        check_in(northfield, days=1)
        check_in(northfield, days=-3)
    with northfield.scope():
        silence(northfield)
    assert sweep(northfield) == []


def test_moved_to_another_day_it_is_reminded_of_anew(northfield):
    with northfield.scope():
        rule(northfield, "check_in_planned", -1, "mentor", "check_in_due")
        row = check_in(northfield, days=1)
    assert sweep(northfield) == DUE[:1]
    with northfield.scope():
        planning.move_check_in(check_in=row, due_on=row.due_on + dt.timedelta(days=5), by=northfield.people["mentor"])
    assert letters(northfield) == []
    assert sweep(northfield, 5) == DUE[:1]
    assert letters(northfield, "dropped") == DUE[:1]


def test_a_later_contact_makes_an_older_one_needless(northfield):
    with northfield.scope():
        check_in_rules(northfield)
        check_in(northfield, days=-3)
        Mentorship.objects.filter(pk=northfield.mentorship.pk).update(last_contact_on=timezone.localdate())
        make.CheckInFactory(mentorship=northfield.other_mentorship, due_on=timezone.localdate() - dt.timedelta(days=3))
    assert sweep(northfield) == others(northfield, ["check_in_overdue"])


def test_several_things_of_a_day_come_in_one_letter_with_a_button_each(northfield):
    with northfield.scope():
        rule(northfield, "check_in_planned", 3, "mentor", "check_in_overdue")
        for _n in range(3):
            check_in(northfield, days=-3)
    assert [len(sweep(northfield, days)) for days in (0, 0, 1, 2, 3)] == [1] * 5
    with northfield.scope():
        letter = Letter.objects.get()
        assert (letter.name, ReminderSent.objects.filter(letter_key=letter.dedupe_key).count()) == ("digest", 3)
        assert (letter.html.count(">Note how it went</a>"), letter.text.count("/check-in/")) == (3, 3)


def test_at_most_one_a_person_in_24_hours_and_the_other_waits(northfield):
    with northfield.scope():
        rule(northfield, "check_in_planned", 3, "mentor", "check_in_overdue")
        rule(northfield, "training_asked", 0, "mentor", "training_reminder")
        check_in(northfield, days=-3)
    assert sweep(northfield) == [LATE]
    with northfield.scope():
        Participant.objects.filter(pk=northfield.mentor.pk).update(invited_at=noon())
    assert sweep(northfield) == [LATE]
    assert sweep(northfield, 1) == [LATE, ("training_reminder", "mentor@northfield.example")]


def test_what_would_be_too_late_stands_first(northfield):
    with northfield.scope():
        check_in_rules(northfield)
        check_in(northfield, days=-3)
        ahead = check_in(northfield, days=1)
    assert sweep(northfield) == sorted([("digest", "mentor@northfield.example"), DUE[1]])
    with northfield.scope():
        text = Letter.objects.get(name="digest").text
    assert text.index(f"planned for {day(ahead.due_on)}") < text.index("nothing noted")


def test_one_letter_tells_the_coordinator_of_all_quiet_ones(northfield):
    digest = ("digest", "coordinator@northfield.example")
    with northfield.scope():
        rule(northfield, "check_in_planned", 14, "coordinator", "quiet_coordinator")
        check_in(northfield, days=-14)
        make.CheckInFactory(mentorship=northfield.other_mentorship, due_on=timezone.localdate() - dt.timedelta(days=15))
    assert sweep(northfield) == sweep(northfield, 2) == [digest]
    with northfield.scope():
        assert Letter.objects.get().html.count(">Open</a>") == ReminderSent.objects.count() == 2


def test_old_things_are_left_alone(northfield):
    """A rule switched on late does not write about what is long past."""
    with northfield.scope():
        check_in_rules(northfield)
        check_in(northfield, days=-60)
    assert sweep(northfield) == []


def test_the_first_meeting(northfield):
    with northfield.scope():
        Mentorship.objects.update(started_on=timezone.localdate() - dt.timedelta(days=3))
        Mentorship.objects.exclude(pk=northfield.mentorship.pk).update(last_contact_on=timezone.localdate())
        rule(northfield, "mentorship_started", 3, "mentor", "first_meeting_due")
        rule(northfield, "mentorship_started", 14, "coordinator", "quiet_coordinator")
        row = check_in(northfield, days=5)
    assert sweep(northfield) == [("first_meeting_due", "mentor@northfield.example")]
    assert sweep(northfield, 11) == [("first_meeting_due", "mentor@northfield.example"), QUIET]
    with northfield.scope():
        log_check_in(check_in=row, by=northfield.people["mentor"], entry=entry())
    assert (letters(northfield), len(letters(northfield, "dropped"))) == ([], 2)


def test_a_signature_stops_that_persons_reminder_only(northfield):
    with northfield.scope():
        Mentorship.objects.update(started_on=timezone.localdate() - dt.timedelta(days=3))
        agreement = make.AgreementFactory(mentorship=northfield.mentorship)
        AgreementSignature.objects.create(agreement=agreement, participant=northfield.mentor, signed_name="Mentor Example")
        rule(northfield, "mentorship_started", 3, "respondent", "agreement_to_sign")
    assert sweep(northfield) == [("agreement_to_sign", "student@northfield.example")]


def test_a_proposal_reminds_whoever_has_not_answered(northfield):
    with northfield.scope():
        proposal = make.ProposalFactory(run__programme=northfield.programme, student=northfield.student, mentor=northfield.mentor)
        Proposal.objects.update(status="published", published_at=noon(-3), answer_by=timezone.localdate())
        ProposalAnswer.objects.create(proposal=proposal, side="student", decision="accept")
        make.ProposalFactory(run__programme=northfield.programme)  # a draft: nobody was asked
        rule(northfield, "proposal_published", 3, "respondent", "proposal_reminder")
    assert sweep(northfield) == [("proposal_reminder", "mentor@northfield.example")]


def test_training_reminds_whoever_has_not_finished(northfield):
    with northfield.scope():
        Participant.objects.filter(pk=northfield.mentor.pk).update(invited_at=noon(-3))
        rule(northfield, "training_asked", 3, "mentor", "training_reminder")
    assert sweep(northfield) == [("training_reminder", "mentor@northfield.example")]


def test_a_crooked_rule_stops_nothing_else(northfield):
    with northfield.scope():
        rule(northfield, "check_in_planned", -1, "mentor", "quiet_coordinator")
        rule(northfield, "check_in_planned", -1, "student", "check_in_due")
        check_in(northfield, days=1)
    assert sweep(northfield) == DUE[1:]


def test_the_day_is_the_organisations(northfield):
    """Six in the evening in London is the next day in Auckland; and nobody is written to before eight there."""
    with northfield.scope():
        check_in_rules(northfield)
        check_in(northfield, days=2)
        northfield.organisation.time_zone = "Pacific/Auckland"
        northfield.organisation.save()
    evening = dt.datetime.combine(timezone.localdate(), dt.time(18), dt.UTC)
    with time_machine.travel(evening, tick=False):
        reminders.send_due(northfield.organisation.pk)
    assert letters(northfield) == DUE
    with northfield.scope():
        northfield.organisation.time_zone = "Europe/London"
        northfield.organisation.save()


@time_machine.travel("2026-03-29 00:30:00+00:00", tick=False)  # the night the clocks go forward in London
def test_letters_found_at_night_wait_for_eight_o_clock(northfield):
    with northfield.scope():
        check_in_rules(northfield)
        make.CheckInFactory(mentorship=northfield.mentorship, due_on=dt.date(2026, 3, 30))
    reminders.send_due(northfield.organisation.pk)
    with northfield.scope():
        assert set(Letter.objects.values_list("due_at", flat=True)) == {dt.datetime(2026, 3, 29, 7, tzinfo=dt.UTC)}


def test_each_organisation_has_its_own(northfield, riverside):
    for house in (northfield, riverside):
        with house.scope():
            check_in_rules(house)
            check_in(house, days=1)
    with time_machine.travel(noon(), tick=False):
        assert reminders.send_all() == 4
    assert letters(northfield) == DUE
    assert [email for _name, email in letters(riverside)] == ["mentor@riverside.example", "student@riverside.example"]


def test_one_organisations_trouble_does_not_stop_the_others(northfield, riverside, monkeypatch):
    for house in (northfield, riverside):
        with house.scope():
            check_in_rules(house)
            check_in(house, days=1)
    real = reminders.send_due

    def break_northfield(organisation_id, *, at=None, only=None):
        if organisation_id == northfield.organisation.pk:
            raise RuntimeError("broken")
        return real(organisation_id, at=at, only=only)

    monkeypatch.setattr(reminders, "send_due", break_northfield)
    with time_machine.travel(noon(), tick=False):
        assert reminders.send_all() == 2
    assert (letters(northfield), len(letters(riverside))) == ([], 2)


def test_another_app_may_bring_its_own_event(northfield, monkeypatch):
    monkeypatch.setattr(reminders, "events", dict(reminders.events))
    gone = set()

    def finder(rules, today):
        for one in rules:
            for number, key in enumerate(["line-manager:1", "line-manager:2"]):
                person = reminders.Person(key, f"manager{number}@employers.example", "Mateusz Silva")
                context = {"closes_on": today, "minutes": 5}
                page = "https://alongside.example/x/"
                yield reminders.Due(one, "survey:1", number, person, today - dt.timedelta(days=3), "Not answered", "", context, None, page)

    reminders.register_event("survey_opened", finder, lambda dues: [due for due in dues if due.row_id not in gone])
    with northfield.scope():
        rule(northfield, "survey_opened", 3, "respondent", "survey_reminder")
    gone.add(1)
    assert sweep(northfield) == [("survey_reminder", "manager0@employers.example")]
    gone.clear()
    assert sweep(northfield) == [("survey_reminder", f"manager{n}@employers.example") for n in (0, 1)]


# The preview


def preview_url(house):
    return reverse("checkins:reminders_preview", args=[house.organisation.slug, house.programme.pk])


def test_the_preview_is_what_then_happens(northfield, sign_in):
    with northfield.scope():
        check_in_rules(northfield)
        check_in(northfield, days=2)
        check_in(northfield, days=-2)
    page = sign_in(northfield.people["coordinator"]).get(preview_url(northfield)).context["page"]
    foreseen = sorted((letter_name(letter), letter[0].person.email) for letter in page)
    assert (foreseen, letters(northfield)) == (sorted([("digest", "mentor@northfield.example"), DUE[1]]), [])
    assert sweep(northfield, 1) == foreseen


def letter_name(letter):
    return letter[0].template if len(letter) == 1 else "digest"


def test_the_preview_is_the_coordinators(northfield, riverside, sign_in):
    for role in ("owner", "tutor", "mentor", "student", "lead"):
        assert sign_in(northfield.people[role]).get(preview_url(northfield)).status_code == 403
    client = sign_in(northfield.people["coordinator"])
    assert client.get(preview_url(riverside)).status_code == 404
    assert client.get(f"/o/northfield/programmes/{riverside.programme.pk}/reminders/").status_code == 404
    assert client.post(preview_url(northfield)).status_code == 405


def test_the_preview_costs_the_same_for_many(northfield, sign_in):
    with northfield.scope():
        check_in_rules(northfield)
        check_in(northfield, days=2)
    client = sign_in(northfield.people["coordinator"])
    one = count_queries(client, preview_url(northfield))
    with northfield.scope():
        for _n in range(9):
            make.CheckInFactory(
                mentorship=make.MentorshipFactory(programme=northfield.programme), due_on=timezone.localdate() + dt.timedelta(days=2)
            )
    assert one == count_queries(client, preview_url(northfield)) <= MOST
