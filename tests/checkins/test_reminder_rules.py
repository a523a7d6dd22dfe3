"""Reminder rules as a coordinator edits them: in sentences, checked, never reaching back unasked, many letters asked about first."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from checkins.models import ReminderSent
from checkins.services import reminder_rules as service
from checkins.services import reminders
from checkins.services.reminder_rules import ManyLettersError, RuleError, Wanted
from organisations.models import Organisation
from post.models import Letter
from programmes.enums import Recipient
from programmes.models import ReminderRule
from programmes.reminder_kinds import BY_KEY, KINDS, kind_of, letter_of, places_of, sentence
from programmes.reminder_rules import STANDARD_RULES
from tests import factories as make
from tests.checkins.helpers import check_in, rule
from tests.checkins.test_reminders import sweep
from tests.queries import count_queries

OPEN = BY_KEY["check_in_open"]


def url(house, name, *args):
    return reverse(f"checkins:{name}", args=[house.organisation.slug, *args])


def sent(row, **changed):
    """What the form of a rule sends when nothing but the given is touched."""
    known = {
        "days": abs(row.offset_days), "recipient": row.recipient, "begins": "today", "subject": row.subject,
        "opening": row.opening, "version": row.version,
    }  # fmt: skip
    return known | ({"is_active": "on"} if row.is_active else {}) | changed


def nudge(house, **fields):
    return rule(house, "check_in_planned", 3, "mentor", "check_in_overdue", **fields)


def reread(house, row):
    with house.scope():
        return ReminderRule.objects.get(pk=row.pk)


# Sentences


def test_each_rule_of_the_presets_reads_as_a_sentence_of_its_own():
    said = [sentence(ReminderRule(event=one.event, offset_days=one.offset_days, recipient=one.recipient, letter=one.letter)) for one in STANDARD_RULES]
    assert "3 days after a check-in that nobody logged, remind the mentor; stop when it is logged." in said
    assert "1 day before a planned check-in, remind the student; stop when it is logged, moved or dropped." in said
    assert "14 days after the start of a mentorship whose people have not met, tell the coordinators; stop when they have met." in said
    assert len(set(said)) == len(STANDARD_RULES)


def test_a_kind_is_known_by_its_rules_and_its_letters_exist():
    from post.rendering import letter_keys

    for kind in KINDS:
        for recipient in kind.audience:
            row = ReminderRule(event=kind.event, recipient=recipient, letter=letter_of(kind, recipient), offset_days=1)
            assert kind_of(row) == kind, (kind.key, recipient)
            frame = {"first_name", "programme", "organisation"}
            known = set(letter_keys(row.letter)) | frame | ({"days"} if recipient in {Recipient.TUTOR, Recipient.LEAD, Recipient.LINE_MANAGER, Recipient.COORDINATOR} else set())
            assert set(places_of(kind, recipient).values()) <= known, (kind.key, recipient)


def test_the_list_says_each_rule_in_a_sentence_and_costs_the_same_for_many(northfield, sign_in):
    with northfield.scope():
        row = nudge(northfield, subject="Ours")
    client = sign_in(northfield.people["coordinator"])
    page = client.get(url(northfield, "rules", northfield.programme.pk))
    html = BeautifulSoup(page.content, "html.parser").select_one(".atts")
    assert html.h3.text == sentence(row)
    assert [tag.text.strip() for tag in html.select(".tag")] == ["Added by you", "Your own words"]
    one = count_queries(client, url(northfield, "rules", northfield.programme.pk))
    with northfield.scope():
        for days in (4, 5, 6):
            rule(northfield, "check_in_planned", days, "mentor", "check_in_overdue")
    assert one == count_queries(client, url(northfield, "rules", northfield.programme.pk)) <= 20


# Changing one


def test_one_rule_is_changed_on_one_page(northfield, sign_in):
    with northfield.scope():
        row = nudge(northfield)
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "rule", row.pk)
    assert client.get(page).status_code == 200
    data = sent(row, days=5, recipient="both", subject="A word from {organisation}", opening="Hello {first_name},\nhow was {day} with {names}?")
    assert client.post(page, data).status_code == 302
    now = reread(northfield, row)
    assert (now.offset_days, now.recipient, now.letter, now.subject, now.version) == (5, "both", "check_in_overdue", "A word from {organisation}", 2)
    assert (now.opening, now.counts_from) == ("Hello {first_name}, how was {day} with {names}?", timezone.localdate())


def test_its_own_words_stand_in_the_letter_with_the_facts_put_in(northfield):
    with northfield.scope():
        nudge(northfield, subject="Did {day} work out?", opening="{first_name}, <i>how</i> was it with {names}? {unknown}")
        check_in(northfield, days=-3)
    assert sweep(northfield) == [("check_in_overdue", "mentor@northfield.example")]
    with northfield.scope():
        letter = Letter.objects.get()
        mentor, student = northfield.people["mentor"], northfield.people["student"]
    on = timezone.localdate() - dt.timedelta(days=3)
    assert letter.subject == f"Did {on:%A} {on.day} {on:%B} work out?"
    assert f"{mentor.first_name}, <i>how</i> was it with {student.name}? {{unknown}}" in letter.text
    assert "&lt;i&gt;how&lt;/i&gt;" in letter.html
    assert "Note how it went" in letter.text
    assert "Nothing is noted yet" not in letter.text
    assert "You get this because: Check-in planned for" in letter.text


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("opening", "Hello {frist_name}", "{frist_name} cannot be filled in here"),
        ("opening", "Hello {first_name.__class__}", "{first_name.__class__} cannot be filled in here"),
        ("opening", "Hello {first_name", "A brace has no partner"),
        ("opening", "Hello {{ first_name }}", "cannot be filled in here"),
        ("subject", "About {names}", "{names} cannot be filled in here"),
        ("subject", "x" * 79, "At most 78 characters; this has 79."),
        ("opening", "x" * 601, "At most 600 characters; this has 601."),
        ("days", "121", "120"),
        ("days", "-1", "0"),
        ("days", "", ""),
        ("recipient", "respondent", ""),
    ],
)
def test_what_will_not_do_is_said_by_the_field_with_everything_kept(northfield, sign_in, field, text, says):
    with northfield.scope():
        row = nudge(northfield)
    answer = sign_in(northfield.people["coordinator"]).post(url(northfield, "rule", row.pk), sent(row, opening="Kept words.") | {field: text})
    html = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert html.select_one(".error-summary a")["href"].startswith(f"#id_{field}")
    assert says in html.select_one(".error-summary").text
    kept = html.select_one("#id_opening").text.strip()
    assert kept == (text if field == "opening" else "Kept words.")
    assert reread(northfield, row).version == 1


def test_a_second_rule_for_the_same_day_and_people_is_refused(northfield):
    with northfield.scope():
        row = nudge(northfield)
        rule(northfield, "check_in_planned", 10, "mentor", "check_in_overdue")
        with pytest.raises(RuleError, match="already"):
            service.change_rule(rule=row, wanted=Wanted(10, "mentor"), version=1, by=northfield.people["coordinator"])


def test_a_rule_that_would_stop_itself_is_refused(northfield):
    northfield.programme.answer_days = 3
    with northfield.scope():
        by = northfield.people["coordinator"]
        with pytest.raises(RuleError, match="A proposal is over after 3 days"):
            service.add_rule(programme=northfield.programme, kind=BY_KEY["proposal"], wanted=Wanted(4, "respondent"), by=by)
        with pytest.raises(RuleError, match="The programme is over by then"):
            northfield.programme.ends_on = northfield.programme.starts_on + dt.timedelta(days=30)
            service.add_rule(programme=northfield.programme, kind=BY_KEY["first_meeting"], wanted=Wanted(31, "mentor"), by=by)
        with pytest.raises(RuleError, match="14 days at the earliest"):
            service.add_rule(programme=northfield.programme, kind=OPEN, wanted=Wanted(13, "lead"), by=by)
        assert service.add_rule(programme=northfield.programme, kind=OPEN, wanted=Wanted(14, "lead"), by=by).pk


def test_of_two_people_who_change_it_at_once_the_second_is_told_and_keeps_what_was_typed(northfield, sign_in):
    with northfield.scope():
        row = nudge(northfield)
    client = sign_in(northfield.people["coordinator"])
    assert client.post(url(northfield, "rule", row.pk), sent(row, days=4)).status_code == 302
    answer = client.post(url(northfield, "rule", row.pk), sent(row, days=6, opening="My words."))
    html = BeautifulSoup(answer.content, "html.parser")
    assert (answer.status_code, html.select_one("#id_days")["value"], html.select_one("#id_opening").text.strip()) == (422, "6", "My words.")
    assert "Somebody changed this rule while you did" in html.select_one(".error-summary").text
    assert reread(northfield, row).offset_days == 4
    assert client.post(url(northfield, "rule", row.pk), sent(row, days=4)).status_code == 302  # the same twice is once
    assert reread(northfield, row).version == 2


# What it sends


def test_a_changed_rule_begins_today_unless_it_is_told_to_reach_back(northfield):
    with northfield.scope():
        row = rule(northfield, "check_in_planned", 10, "mentor", "check_in_overdue")
        check_in(northfield, days=-5)
        service.change_rule(rule=row, wanted=Wanted(3, "mentor"), version=1, by=northfield.people["coordinator"])
    assert sweep(northfield) == []
    with northfield.scope():
        row.refresh_from_db()
        service.change_rule(rule=row, wanted=Wanted(4, "mentor", reach_back=True), version=2, by=northfield.people["coordinator"])
    assert sweep(northfield) == [("check_in_overdue", "mentor@northfield.example")]


def test_switching_on_does_not_reach_back_and_switching_off_is_at_once(northfield, sign_in):
    with northfield.scope():
        row = nudge(northfield, is_active=False)
        check_in(northfield, days=-5)
        check_in(northfield, days=-2)
    client = sign_in(northfield.people["coordinator"])
    assert client.post(url(northfield, "rule_switch", row.pk), {"on": "1"}).status_code == 302
    assert (sweep(northfield), reread(northfield, row).is_active) == ([], True)
    client.post(url(northfield, "rule_switch", row.pk))
    assert (sweep(northfield, 1), reread(northfield, row).is_active) == ([], False)


def test_many_letters_at_once_are_asked_about_first_with_the_number(northfield, sign_in, monkeypatch):
    monkeypatch.setattr(service, "FEW", 2)
    with northfield.scope():
        row = nudge(northfield, is_active=False)
        for _n in range(3):
            make.CheckInFactory(
                mentorship=make.MentorshipFactory(programme=northfield.programme), due_on=timezone.localdate() - dt.timedelta(days=3)
            )
        make.CheckInFactory(mentorship=northfield.mentorship, due_on=timezone.localdate() - dt.timedelta(days=4))
        with pytest.raises(ManyLettersError) as asked:
            service.switch_rule(rule=row, on=True, by=northfield.people["coordinator"])
    assert asked.value.number == 3
    client = sign_in(northfield.people["coordinator"])
    client.post(url(northfield, "rule_switch", row.pk), {"on": "1"})
    assert reread(northfield, row).is_active is False
    page = url(northfield, "rule", row.pk)
    answer = client.post(page, sent(row, is_active="on", begins="week"))
    assert (answer.status_code, "This would send 4 letters today." in answer.content.decode()) == (422, True)
    html = BeautifulSoup(answer.content, "html.parser")
    assert html.select_one("#id_sure")["type"] == "checkbox"
    assert [one["value"] for one in html.select("[name=begins][checked]")] == ["week"]
    assert client.post(page, sent(row, is_active="on", begins="week", sure="on")).status_code == 302
    assert len(sweep(northfield)) == 4


def test_letters_make_no_rule_ask_for_more(northfield):
    """No circle: once everything of a day is sent, the day is silent, whatever the rules are."""
    with northfield.scope():
        for spec in STANDARD_RULES:
            rule(northfield, spec.event, spec.offset_days, spec.recipient, spec.letter)
        for kind in KINDS:
            for recipient in kind.audience:
                ReminderRule.objects.get_or_create(
                    programme=northfield.programme, event=kind.event, offset_days=-1 if kind.before else 14,
                    recipient=recipient, letter=letter_of(kind, recipient),
                )  # fmt: skip
        check_in(northfield, days=-14)
    first = len(sweep(northfield))
    assert first >= 4
    assert [len(sweep(northfield)) for _again in range(3)] == [first] * 3


def test_everybody_who_may_be_told_is_told(northfield):
    with northfield.scope():
        northfield.student.tutor = northfield.people["tutor"]
        northfield.student.save()
        manager = make.LineManagerFactory(email="lm@works.example")
        placement = make.PlacementFactory(student=northfield.student, line_manager=manager)
        type(northfield.mentorship).objects.filter(pk=northfield.mentorship.pk).update(placement=placement)
        for recipient in OPEN.audience:
            rule(northfield, "check_in_planned", 14, recipient, letter_of(OPEN, recipient))
        check_in(northfield, days=-14)
    told = sweep(northfield)
    assert told == sorted([
        ("check_in_overdue", "mentor@northfield.example"), ("check_in_overdue", "student@northfield.example"),
        ("quiet_coordinator", "coordinator@northfield.example"), ("told_of", northfield.lead.email),
        ("told_of", "lm@works.example"), ("told_of", "tutor@northfield.example"),
    ])  # fmt: skip
    with northfield.scope():
        pages = dict(Letter.objects.values_list("to_email", "text"))
    assert "/letters/" in pages["lm@works.example"].split("Open:")[1].split("What happens")[0]
    assert "/concerns/" in pages[northfield.lead.email]
    assert northfield.mentorship.get_absolute_url() in pages["tutor@northfield.example"]


def test_a_stage_that_lasts_is_asked_about_and_stops_when_it_moves_on(northfield):
    with northfield.scope():
        since = timezone.localdate() - dt.timedelta(days=21)
        type(northfield.mentorship).objects.filter(pk=northfield.mentorship.pk).update(stage="direction", stage_since=since)
        type(northfield.mentorship).objects.filter(pk=northfield.other_mentorship.pk).update(stage="progression", stage_since=since)
        rule(northfield, "stage_began", 21, "mentor", "stage_long")
        rule(northfield, "stage_began", 22, "both", "stage_long")
    assert sweep(northfield) == [("stage_long", "mentor@northfield.example")]
    with northfield.scope():
        type(northfield.mentorship).objects.filter(pk=northfield.mentorship.pk).update(stage="progression", stage_since=timezone.localdate())
    assert len(sweep(northfield, 1)) == 1


# Back to the preset


def test_a_rule_and_all_rules_go_back_to_the_preset(northfield, sign_in):
    with northfield.scope():
        for spec in STANDARD_RULES[:4]:
            rule(northfield, spec.event, spec.offset_days, spec.recipient, spec.letter, preset_key=spec.key)
        first, second = ReminderRule.objects.filter(event="training_asked").order_by("offset_days")
        type(northfield.programme).objects.filter(pk=northfield.programme.pk).update(preset="industry_placement")
        ReminderRule.objects.filter(pk=first.pk).update(offset_days=99)
        ReminderRule.objects.filter(pk=second.pk).update(offset_days=first.offset_days, is_active=False, opening="Ours")
        ReminderRule.objects.filter(pk=first.pk).update(offset_days=second.offset_days)  # the two have changed places
        own = nudge(northfield, subject="Mine")
        ReminderRule.objects.filter(pk=own.pk).update(offset_days=7)
    client = sign_in(northfield.people["coordinator"])
    assert client.post(url(northfield, "rule_reset", own.pk)).status_code == 302
    assert reread(northfield, own).subject == "Mine"
    assert client.get(url(northfield, "rules_reset", northfield.programme.pk)).status_code == 200
    assert reread(northfield, second).opening == "Ours"
    assert client.post(url(northfield, "rules_reset", northfield.programme.pk)).status_code == 302
    with northfield.scope():
        rows = ReminderRule.objects.exclude(pk=own.pk).values_list("event", "offset_days", "recipient", "letter", "is_active", "opening")
        assert sorted(rows) == sorted((one.event, one.offset_days, one.recipient, one.letter, True, "") for one in STANDARD_RULES)
        assert reread(northfield, own).subject == "Mine"
        assert set(ReminderRule.objects.exclude(pk=own.pk).filter(event="training_asked").values_list("counts_from", flat=True)) == {timezone.localdate()}


def test_a_rule_is_added_once_and_removed_unless_it_has_sent(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "rule_add", northfield.programme.pk)
    assert "check_in_open" in client.get(page).content.decode()
    data = {"days": "5", "recipient": "tutor", "is_active": "on", "begins": "today"}
    for _twice in range(2):
        assert client.post(page + "?kind=check_in_open", data).status_code == 302
    with northfield.scope():
        row = ReminderRule.objects.get()
        assert (row.letter, row.offset_days, row.counts_from) == ("told_of", 5, timezone.localdate())
        ReminderSent.objects.create(rule=row, target="checkins.checkin:1", recipient="membership:1", letter_key="x")
    client.post(url(northfield, "rule_remove", row.pk))
    assert reread(northfield, row).is_active is False
    with northfield.scope():
        ReminderSent.objects.all().delete()
    client.post(url(northfield, "rule_remove", row.pk))
    with northfield.scope():
        assert ReminderRule.objects.count() == 0


# Hours


def test_hours_are_kept_and_a_day_without_any_is_refused(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "rules_hours", northfield.programme.pk)
    for first, last in (("08:00", "08:00"), ("20:00", "08:00"), ("08:00", "09:00"), ("x", "")):
        answer = client.post(page, {"letters_from": first, "letters_until": last})
        assert answer.status_code == 422
        assert BeautifulSoup(answer.content, "html.parser").select_one("#id_letters_from")["value"] == first
    assert client.post(page, {"letters_from": "09:30", "letters_until": "18:00"}).status_code == 302
    house = Organisation.objects.get(pk=northfield.organisation.pk)
    assert (house.letters_from, house.letters_until) == (dt.time(9, 30), dt.time(18))


@pytest.mark.parametrize(("found", "goes"), [("07:10", "08:00"), ("12:00", "12:00"), ("20:00", "08:00+1"), ("23:59", "08:00+1")])
def test_quiet_hours_hold_a_letter_until_the_morning(northfield, found, goes):
    day = dt.date(2026, 1, 15)
    time, _plus, later = goes.partition("+")
    at = dt.datetime.combine(day, dt.time.fromisoformat(found), dt.UTC)
    expected = dt.datetime.combine(day + dt.timedelta(days=int(later or 0)), dt.time.fromisoformat(time), dt.UTC)
    assert reminders.earliest(northfield.organisation, at) == expected
