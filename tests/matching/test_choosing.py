"""Choosing rounds: who is shown to whom, what people make of it, and what the engine is told."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from matching import words
from matching.models import Candidate, ChoiceSheet, ChoosingRound, Exclusion, MatchRun, Proposal, SpeedMeeting
from matching.run_rules import RunRules, by_choice
from matching.services import choosing, choosing_letters, choosing_listing, choosing_sheets, publishing, runs
from matching.services.chosen import chosen, has_chosen
from matching.services.records import build_pool
from matching.services.refused import Refused
from organisations.enums import Purpose
from organisations.models import Job, SignedLink
from organisations.services import jobs, links
from post.models import Attachment, Letter
from programmes.services.people import withdraw_participant
from tests import factories as make
from tests.matching import people


@pytest.fixture
def coordinator(northfield):
    with northfield.scope():
        yield northfield.people["coordinator"]


def plan(**fields):
    usual = {"sides": "students", "per_person": 3, "closes_on": dt.date.today() + dt.timedelta(days=5)}
    return choosing.Plan(**usual | fields)


def begin(programme, by, rules=None, **fields):
    return choosing.make_round(programme=programme, plan=plan(**fields), rules=rules or RunRules(), by=by)


def sheet_of(person):
    return ChoiceSheet.objects.get(person=person)


def order_of(sheet):
    return [one.person_id for one in choosing_sheets.candidates_of(sheet)[0]]


def one_sheet(by, mentors=3, **fields):
    """A student's open sheet with so many mentors on it, in the order they are shown."""
    programme = people.crowd(1, mentors)
    begin(programme, by, **fields)
    return ChoiceSheet.objects.get(person__programme=programme, person__side="student")


def press(sheet, verb, candidate=None, **fields):
    sheet.refresh_from_db()
    common = {"sheet": sheet, "seen": sheet.version} | fields
    if verb == "done":
        return choosing_sheets.finish(by=sheet.person.membership, **common)
    if verb in {"no", "yes"}:
        return choosing_sheets.rule_out(candidate_id=candidate.pk, is_no=verb == "no", **common)
    return choosing_sheets.move(candidate_id=candidate.pk, step={"up": -1, "down": 1}[verb], **common)


# --- who is shown to whom ---------------------------------------------------------------------


def test_everybody_is_shown_as_many_as_the_cap_allows_and_nobody_more_often(coordinator):
    programme = people.crowd(6, 4, capacity=1)
    for person in programme.participants.mentors()[:1]:  # everybody's favourite
        person.industry, person.years_experience = "digital", 30
        person.save()
    programme.participants.students().update(industry="digital")
    begin(programme, coordinator, per_person=2, shown_to_most=4)
    shown = list(Candidate.objects.values_list("sheet__person_id", "person_id"))
    assert len(shown) == len(set(shown)) == 12
    assert max(sum(mentor == one for _owner, mentor in shown) for one in programme.participants.mentors().values_list("pk", flat=True)) == 4
    assert {sum(owner == one for owner, _mentor in shown) for one in programme.participants.students().values_list("pk", flat=True)} == {2}


def test_nobody_is_shown_whom_the_rules_keep_apart(coordinator):
    programme = people.crowd(2, 2)
    full = people.mentor(programme, capacity=0)
    untrained = make.MentorFactory(programme=programme)
    student, other = programme.participants.students()
    excluded = programme.participants.mentors().first()
    Exclusion.objects.create(programme=programme, student=student, mentor=excluded)
    begin(programme, coordinator)
    assert excluded.pk not in order_of(sheet_of(student))
    assert excluded.pk in order_of(sheet_of(other))
    assert not {full.pk, untrained.pk} & set(Candidate.objects.values_list("person_id", flat=True))


def test_both_sides_see_the_same_pairs(coordinator):
    programme = people.crowd(5, 3)
    begin(programme, coordinator, sides="both", per_person=2)
    seen = {(one.sheet.person_id, one.person_id) for one in Candidate.objects.select_related("sheet")}
    assert seen == {(other, owner) for owner, other in seen}
    assert len(seen) == 20


def test_mentors_choose_among_students(coordinator):
    programme = people.crowd(6, 2)
    begin(programme, coordinator, sides="mentors", per_person=4)
    assert set(ChoiceSheet.objects.values_list("person__side", flat=True)) == {"mentor"}
    assert [one.candidates.count() for one in ChoiceSheet.objects.all()] == [4, 4]


def test_who_has_nobody_to_choose_is_named_with_the_reason_and_not_written_to(coordinator):
    programme = people.crowd(1, 1)
    programme.participants.update(languages=["Polish"])
    lonely = make.StudentFactory(programme=programme, languages=["Welsh"])
    made = begin(programme, coordinator)
    assert [one.person for one in choosing_listing.empty_sheets(made)] == [lonely]
    assert sheet_of(lonely).without["code"] == "no_shared_language"
    assert choosing_listing.counts(made) == {"all": 2, "done": 0, "empty": 1, "single": 1}
    assert not Letter.objects.filter(to_email=lonely.membership.email).exists()
    assert Letter.objects.filter(name="choosing_asked").count() == 1


@pytest.mark.parametrize(
    ("students", "mentors", "capacity", "words"),
    [(0, 2, 2, "no student"), (2, 0, 2, "No mentor has a place"), (2, 2, 0, "No mentor has a place")],
)
def test_nobody_to_choose(coordinator, students, mentors, capacity, words):
    programme = people.crowd(students, mentors, capacity=capacity)
    with pytest.raises(Refused, match=words):
        begin(programme, coordinator)
    assert not ChoosingRound.objects.exists()
    assert not SignedLink.objects.exists()


def test_nobody_feasible_and_closing_before_it_opens(coordinator):
    programme = people.crowd(2, 2)
    with pytest.raises(Refused, match="close before it opens"):
        begin(programme, coordinator, opens_at=timezone.now() + dt.timedelta(days=9))
    programme.participants.mentors().update(check_valid_until=None)
    with pytest.raises(Refused, match="Nobody could be shown anybody"):
        begin(programme, coordinator)
    assert not ChoosingRound.objects.exists()


def test_one_round_at_a_time(coordinator):
    programme = people.crowd(2, 2)
    first = begin(programme, coordinator)
    with pytest.raises(Refused, match="A round is open until"):
        begin(programme, coordinator)
    choosing.close_round(choosing=first, by=coordinator)
    with pytest.raises(Refused, match="closed already"):
        choosing.close_round(choosing=first, by=coordinator)
    assert begin(programme, coordinator).number == 2
    later = timezone.now() + dt.timedelta(days=7)
    third = choosing.make_round(
        programme=programme, plan=plan(closes_on=later.date() + dt.timedelta(days=3)), rules=RunRules(), by=coordinator, at=later
    )
    assert third.number == 3  # the second was over by then


def test_a_round_is_begun_in_the_worker_once(coordinator, django_capture_on_commit_callbacks):
    programme = people.crowd(2, 2)
    started = [choosing.start_round(programme=programme, plan=plan(), by=coordinator) for _ in range(2)]
    assert started[0].pk == started[1].pk
    jobs.run(coordinator.organisation_id, started[0].pk)
    job = Job.objects.get(pk=started[0].pk)
    assert (job.status, ChoosingRound.objects.count()) == ("done", 1)
    with pytest.raises(Refused, match="A round is open"):
        choosing.start_round(programme=programme, plan=plan(), by=coordinator)


def test_a_plan_goes_to_the_worker_and_comes_back():
    one = plan(meets_at=timezone.now(), meeting_minutes=8, place="Room 4")
    assert choosing.Plan.from_json(one.as_json()) == one


# --- what people make of it -------------------------------------------------------------------


def test_up_and_down_are_kept_at_each_press_and_end_at_the_ends(coordinator):
    sheet = one_sheet(coordinator)
    first, second, third = choosing_sheets.candidates_of(sheet)[0]
    press(sheet, "up", third)
    assert order_of(sheet) == [first.person_id, third.person_id, second.person_id]
    press(sheet, "up", first)
    press(sheet, "down", second)
    assert order_of(sheet) == [first.person_id, third.person_id, second.person_id]
    assert sheet_of(sheet.person).version == 1


def test_our_order_counts_for_nothing_until_it_is_theirs(coordinator):
    sheet = one_sheet(coordinator)
    programme = sheet.person.programme
    first, second, _third = choosing_sheets.candidates_of(sheet)[0]
    assert (chosen(programme).ranks, has_chosen(programme)) == ({}, False)
    press(sheet, "no", first)
    assert chosen(programme).ranks == {}
    assert chosen(programme).noes == {(sheet.person_id, first.person_id)}
    press(sheet, "down", second)
    assert chosen(programme).ranks == {sheet.person_id: tuple(order_of(sheet))}
    assert has_chosen(programme)


def test_no_goes_last_and_comes_back_last(coordinator):
    sheet = one_sheet(coordinator)
    first, second, third = choosing_sheets.candidates_of(sheet)[0]
    for _twice in range(2):
        press(sheet, "no", first)
    assert order_of(sheet) == [second.person_id, third.person_id]
    press(sheet, "yes", first)
    assert order_of(sheet) == [second.person_id, third.person_id, first.person_id]
    assert chosen(sheet.person.programme).noes == frozenset()


def test_a_second_window_does_not_undo_the_first(coordinator):
    sheet = one_sheet(coordinator)
    first, second, _third = choosing_sheets.candidates_of(sheet)[0]
    press(sheet, "up", second)
    for verb, one in (("up", first), ("no", first), ("done", None)):
        with pytest.raises(choosing_sheets.ChangedMeanwhile):
            press(sheet, verb, one, seen=0)
    assert order_of(sheet)[:2] == [second.person_id, first.person_id]
    assert sheet_of(sheet.person).done_at is None


def test_after_closing_nothing_is_kept(coordinator):
    sheet = one_sheet(coordinator)
    second = choosing_sheets.candidates_of(sheet)[0][1]
    before = order_of(sheet)
    later = timezone.now() + dt.timedelta(days=6)
    with pytest.raises(Refused, match="Choosing has closed"):
        press(sheet, "up", second, at=later)
    choosing.close_round(choosing=sheet.round, by=coordinator)
    for verb in ("up", "no", "done"):
        with pytest.raises(Refused, match="Choosing has closed"):
            press(sheet, verb, second)
    assert (order_of(sheet), chosen(sheet.person.programme).noes) == (before, frozenset())


def test_done_takes_the_reminder_back_and_is_once(coordinator):
    sheet = one_sheet(coordinator)
    assert Letter.objects.filter(name="choosing_reminder", status="waiting").count() == 1
    press(sheet, "done")
    done_at = sheet_of(sheet.person).done_at
    press(sheet, "done")
    assert sheet_of(sheet.person).done_at == done_at is not None
    assert not Letter.objects.filter(name="choosing_reminder", status="waiting").exists()
    second = choosing_sheets.candidates_of(sheet)[0][1]
    press(sheet, "up", second)  # a change of mind
    assert chosen(sheet.person.programme).ranks[sheet.person_id][0] == second.person_id


def test_a_mentor_who_leaves_is_no_longer_shown(coordinator):
    sheet = one_sheet(coordinator, mentors=2)
    first, second = choosing_sheets.candidates_of(sheet)[0]
    withdraw_participant(participant=first.person, reason="", by=coordinator)
    assert order_of(sheet) == [second.person_id]
    with pytest.raises(Refused, match="cannot be chosen any more"):
        press(sheet, "down", first)
    press(sheet, "done")
    pool = build_pool(sheet.person.programme)
    assert second.person_id in pool.by_id[sheet.person_id].ranks
    run = runs.make_run(programme=sheet.person.programme, rules=by_choice(RunRules()), by=coordinator)
    assert Proposal.objects.get(run=run).mentor == second.person
    withdraw_participant(participant=second.person, reason="", by=coordinator)
    assert [one.person for one in choosing_listing.empty_sheets(sheet.round)] == [sheet.person]


def test_who_leaves_gets_no_letter_and_chooses_no_more(coordinator):
    sheet = one_sheet(coordinator)
    second = choosing_sheets.candidates_of(sheet)[0][1]
    withdraw_participant(participant=sheet.person, reason="", by=coordinator)
    assert set(Letter.objects.filter(to_email=sheet.person.membership.email, name__startswith="choosing").values_list("status", flat=True)) == {"dropped"}
    with pytest.raises(Refused, match="You have left"):
        press(sheet, "up", second)


# --- letters ----------------------------------------------------------------------------------


def test_letters_open_the_sheet_and_remind_once_a_day(coordinator):
    sheet = one_sheet(coordinator)
    made = sheet.round
    asked = Letter.objects.get(name="choosing_asked")
    assert asked.due_at <= timezone.now()
    near = Letter.objects.get(name="choosing_reminder")
    assert timezone.localtime(near.due_at).date() == made.closes_on - dt.timedelta(days=1)
    assert choosing_letters.nudge(choosing=made, by=coordinator) == 0  # asked today
    tomorrow = timezone.now() + dt.timedelta(hours=25)
    assert [choosing_letters.nudge(choosing=made, by=coordinator, at=tomorrow) for _ in range(2)] == [1, 0]
    near.refresh_from_db()
    assert near.status == "dropped"
    press(sheet, "done")
    assert choosing_letters.nudge(choosing=made, by=coordinator, at=tomorrow + dt.timedelta(hours=25)) == 0


def test_closing_early_takes_letters_back(coordinator):
    sheet = one_sheet(coordinator, opens_at=timezone.now() + dt.timedelta(days=1))
    assert sheet.round.state() == "coming"
    choosing.close_round(choosing=sheet.round, by=coordinator)
    assert set(Letter.objects.values_list("status", flat=True)) == {"dropped"}


# --- speed meetings ---------------------------------------------------------------------------


def meets(days=2):
    return (timezone.now() + dt.timedelta(days=days)).replace(hour=10, minute=0, second=0, microsecond=0)


def test_speed_meetings_make_a_timetable_and_then_open_the_sheets(coordinator):
    programme = people.crowd(6, 4)
    at = meets()
    made = begin(programme, coordinator, per_person=2, meets_at=at, meeting_minutes=10, place="Room 4")
    rows = list(SpeedMeeting.objects.all())
    assert {(one.student_id, one.mentor_id) for one in rows} == set(Candidate.objects.values_list("sheet__person_id", "person_id"))
    for side in ("student_id", "mentor_id"):
        taken = [(getattr(one, side), one.slot) for one in rows]
        assert len(taken) == len(set(taken))
    slots = 1 + max(one.slot for one in rows)
    assert slots == max(sum(one.mentor_id == mentor for one in rows) for mentor in programme.participants.mentors().values_list("pk", flat=True))
    assert made.opens_at == at + dt.timedelta(minutes=10 * slots)
    assert (made.state(), made.state(made.opens_at)) == ("coming", "open")


def test_each_gets_their_times_with_a_calendar_file_and_only_students_are_asked(coordinator):
    programme = people.crowd(2, 2)
    begin(programme, coordinator, per_person=2, meets_at=meets())
    letters = Letter.objects.filter(name="speed_meetings")
    assert letters.count() == Attachment.objects.count() == 4
    student = programme.participants.students().select_related("membership").first()
    text = letters.get(to_email=student.membership.email).text
    for one in SpeedMeeting.objects.filter(student=student).select_related("mentor__membership"):
        assert f"{timezone.localtime(one.round.time_of(one.slot)):%H:%M} {one.mentor.membership.first_name}" in text
        assert one.mentor.membership.last_name not in text
    assert "put them in your order" in text
    mentor = programme.participants.mentors().select_related("membership").first()
    assert "put them in your order" not in letters.get(to_email=mentor.membership.email).text
    asked = Letter.objects.filter(name="choosing_asked")
    assert {one.to_email for one in asked} == {one.membership.email for one in programme.participants.students()}
    assert {one.due_at for one in asked} == {ChoosingRound.objects.get().opens_at}


def test_times_in_the_letter_are_on_the_readers_own_clock(coordinator):
    programme = people.crowd(1, 1)
    student, mentor = programme.participants.students().get(), programme.participants.mentors().get()
    type(mentor.membership).objects.filter(pk=mentor.membership_id).update(time_zone="Asia/Tokyo")
    at = dt.datetime(2027, 1, 12, 10, tzinfo=dt.UTC)
    begin(programme, coordinator, meets_at=at, closes_on=dt.date(2027, 1, 20))
    letters = Letter.objects.filter(name="speed_meetings")
    assert "10:00 " in letters.get(to_email=student.membership.email).text
    assert "19:00 " in letters.get(to_email=mentor.membership.email).text


def test_a_student_meets_three_at_most_when_mentors_choose(coordinator):
    programme = people.crowd(2, 6)
    begin(programme, coordinator, sides="mentors", meets_at=meets())
    assert max(SpeedMeeting.objects.filter(student=one).count() for one in programme.participants.students()) == 3


# --- clearing ---------------------------------------------------------------------------------


def test_the_run_goes_by_their_choices_and_says_so_to_the_coordinator_alone(coordinator):
    programme = people.crowd(2, 2, capacity=1)
    begin(programme, coordinator, per_person=2, shown_to_most=2)
    ada, ben = programme.participants.students()
    wanted = {}
    for student, place in ((ada, 0), (ben, 1)):
        sheet, mentors = sheet_of(student), list(programme.participants.mentors().order_by("pk"))
        wanted[student.pk] = mentors[place].pk
        first = sheet.candidates.get(person=mentors[place])
        press(sheet, "up", first)
        press(sheet, "done")
    run = runs.make_run(programme=programme, rules=by_choice(RunRules()), by=coordinator)
    proposals = {one.student_id: one for one in run.proposals.all()}
    assert {student: one.mentor_id for student, one in proposals.items()} == wanted
    for one in proposals.values():
        assert "the student’s first choice" in words.reasons(one.reasons_for)
        assert not any("choice" in line or "list" in line for line in words.reasons_as_sentences(one.reasons_for))


def test_neither_letter_nor_page_tells_the_other_side_who_chose(coordinator, client):
    programme = people.crowd(1, 1)
    begin(programme, coordinator, sides="both", per_person=2)
    for sheet in ChoiceSheet.objects.all():
        press(sheet, "done")
    run = runs.make_run(programme=programme, rules=by_choice(RunRules()), by=coordinator)
    proposal = run.proposals.get()
    assert "they chose each other" in words.reasons(proposal.reasons_for)
    publishing.publish_run(run=run, by=coordinator)
    texts = [one.text + one.html for one in Letter.objects.filter(name="proposal")]
    for side in (proposal.student, proposal.mentor):
        _link, token = links.make_link(Purpose.PROPOSAL, proposal.pk, membership=side.membership)
        texts.append(client.get(reverse("matching:answer_by_link", args=[token])).text)
    assert len(texts) == 4
    assert [one for one in texts if "chose" in one.lower() or "first choice" in one.lower()] == []


def test_not_this_one_is_never_proposed(coordinator):
    sheet = one_sheet(coordinator, mentors=2)
    first, second = choosing_sheets.candidates_of(sheet)[0]
    press(sheet, "no", first)
    run = runs.make_run(programme=sheet.person.programme, rules=RunRules(), by=coordinator)
    assert run.proposals.get().mentor == second.person
    press(sheet, "no", second)  # after the draft was made, before it goes out
    assert ["not this one" in one.words for one in publishing.foresee(run, sheet.person.programme).values()] == [True]
    run = runs.make_run(programme=sheet.person.programme, rules=RunRules(), by=coordinator)
    assert run.unmatched.get().code == "all_forbidden"


def test_rules_without_choices_stay_as_they_were(coordinator):
    programme = people.crowd(3, 2)
    run = runs.make_run(programme=programme, rules=RunRules(), by=coordinator)
    assert "choice" not in run.proposals.first().axes
    assert MatchRun.objects.get(pk=run.pk).settings["rank_weight"] == 0


def test_who_may_see_a_sheet_and_a_meeting(coordinator, northfield):
    programme = people.crowd(2, 2)
    begin(programme, coordinator, sides="both", per_person=2, meets_at=meets())
    student, other = (one.membership for one in programme.participants.students().select_related("membership"))
    mentor = programme.participants.mentors().select_related("membership").first().membership
    assert ChoiceSheet.objects.visible_to(coordinator).count() == 4
    assert [one.person.membership for one in ChoiceSheet.objects.visible_to(student)] == [student]
    assert {one.sheet.person.membership for one in Candidate.objects.visible_to(mentor)} == {mentor}
    assert SpeedMeeting.objects.visible_to(other).count() == 2
    assert not SpeedMeeting.objects.visible_to(northfield.people["tutor"]).exists()
    assert not ChoosingRound.objects.visible_to(student).exists()
