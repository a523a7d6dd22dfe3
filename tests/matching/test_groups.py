"""Groups and teams: proposed, published whole, answered one by one, begun as one mentorship; joining and leaving."""

import datetime as dt

import pytest

from checkins.services.reminder_asked import proposals_due
from matching.agreement_text import CURRENT_VERSION, GROUP_VERSION
from matching.models import Agreement, ChangeRequest, FitCard, Mentorship, Proposal
from matching.services import agreements, joining, proposals, publishing, silence
from matching.services.agreement_versions import standing_text, text_from
from matching.services.records import build_pool
from matching.services.refused import Refused
from organisations.days import local_today
from post.models import Letter
from programmes.enums import Format, Side
from programmes.models import ReminderRule
from tests import factories as make
from tests.matching import people


@pytest.fixture
def by(northfield):
    with northfield.scope():
        yield northfield.people["coordinator"]


def programme_of(kind=Format.SMALL_GROUP, students=3, mentors=1, capacity=4, **fields):
    programme = people.crowd(students, mentors, capacity=capacity)
    programme.format, programme.students_per_mentor = kind, 10
    programme.save()
    return programme


def out(by, **fields):
    """A group of one mentor that is out: its proposals."""
    programme = programme_of(**fields)
    people.publish(programme, by)
    return list(Proposal.objects.filter(programme=programme).order_by("pk"))


def begun(by, **fields) -> Mentorship:
    rows = out(by, **fields)
    for one in rows:
        people.say(one, "student", "accept")
    people.say(rows[0], "mentor", "accept")
    return Mentorship.objects.get(programme=rows[0].programme)


def mentorships(about):
    """All of the programme of these proposals, or of this mentorship."""
    programme = about.programme if isinstance(about, Mentorship) else about[0].programme
    return list(Mentorship.objects.filter(programme=programme))


def status_of(rows):
    return [Proposal.objects.get(pk=one.pk).status for one in rows]


def test_a_small_group_takes_four_at_most(by):
    programme = programme_of(students=6, mentors=2, capacity=9)
    run = people.run(programme, by)
    groups = {}
    for one in run.proposals.all():
        groups.setdefault(one.group, []).append(one.mentor_id)
    assert sorted(len(one) for one in groups.values()) in ([2, 4], [3, 3])
    assert all(len(set(mentors)) == 1 for mentors in groups.values())


def test_a_large_group_has_seven_at_least(by):
    programme = programme_of(Format.LARGE_GROUP, students=8, mentors=3, capacity=10)
    run = people.run(programme, by)
    assert run.proposals.count() == 8
    assert run.proposals.values("mentor").distinct().count() == 1


def test_a_pair_has_no_group(by):
    assert people.run(people.crowd(2, 1), by).proposals.filter(group__isnull=False).count() == 0


def test_two_mentors_with_six_students_are_one_team(by):
    programme = programme_of(Format.TEAM, students=6, mentors=2, capacity=3)
    run = people.run(programme, by)
    assert run.proposals.values("group").distinct().count() == 1
    assert run.proposals.values("mentor").distinct().count() == 2


def test_nobody_is_put_into_a_team_with_their_line_manager(by):
    programme = programme_of(Format.TEAM, students=4, mentors=2, capacity=2)
    boss = programme.participants.mentors().first()
    for student in programme.participants.students()[:2]:
        manager = student.placements.get().line_manager
        manager.email = boss.membership.email
        manager.save()
    run = people.run(programme, by)
    assert run.proposals.count() == 4
    assert run.proposals.values("group").distinct().count() == 2


def test_publishing_one_of_a_group_publishes_all_of_it(by):
    programme = programme_of(students=6, mentors=2, capacity=3)
    run = people.run(programme, by)
    first = run.proposals.first()
    publishing.publish_run(run=run, by=by, only=[first.pk])
    assert set(run.proposals.filter(status="published").values_list("group", flat=True)) == {first.group}
    assert run.proposals.filter(status="published").count() == 3
    assert run.proposals.filter(status="draft").count() == 3


def test_the_mentor_of_a_group_gets_one_letter_and_each_student_theirs(by):
    rows = out(by)
    assert Letter.objects.filter(name="proposal").count() == 3
    letter = Letter.objects.get(name="proposal_group")
    assert letter.to_email == rows[0].mentor.membership.email
    assert all(one.student.name in letter.text for one in rows)


def test_a_students_letter_names_no_other_student(by):
    rows = out(by)
    for letter in Letter.objects.filter(name="proposal"):
        others = [one.student.name for one in rows if one.student.membership.email != letter.to_email]
        assert "2 other students are asked too" in letter.text
        assert not any(name in letter.text + letter.html for name in others)


def test_all_yes_make_one_mentorship(by):
    rows = out(by)
    people.say(rows[0], "student", "accept")
    people.say(rows[0], "mentor", "accept")
    assert status_of(rows) == ["published"] * 3
    people.say(rows[1], "student", "accept")
    assert mentorships(rows) == []
    people.say(rows[2], "student", "accept")
    [mentorship] = mentorships(rows)
    assert status_of(rows) == ["accepted"] * 3
    assert set(mentorship.proposals.values_list("pk", flat=True)) == {one.pk for one in rows}
    assert (mentorship.members.filter(side=Side.STUDENT).count(), mentorship.members.filter(side=Side.MENTOR).count()) == (3, 1)
    assert Agreement.objects.filter(mentorship=mentorship).count() == 1
    assert Letter.objects.filter(name="mentorship_started").count() == 4


def test_a_mentor_answers_the_five_questions_once_for_the_group(by):
    rows = out(by)
    people.send_card(rows[1], "mentor", time="unsure")
    assert FitCard.objects.filter(side="mentor").count() == 3
    assert {one.fit["time"] for one in FitCard.objects.filter(side="mentor")} == {"unsure"}


def test_a_students_card_is_not_seen_by_the_other_students(by):
    rows = out(by)
    people.send_card(rows[0], "student", goals="no")
    people.send_card(rows[0], "mentor")
    seen = FitCard.objects.visible_to(rows[1].student.membership)
    assert not seen.filter(proposal=rows[0]).exists()
    assert FitCard.objects.visible_to(rows[0].mentor.membership).filter(proposal=rows[0]).count() == 2


def test_one_student_says_no_and_the_group_goes_on(by):
    rows = out(by)
    people.say(rows[0], "mentor", "accept")
    people.say(rows[0], "student", "decline", reason="CANARY he shouted")
    people.say(rows[1], "student", "accept")
    people.say(rows[2], "student", "accept")
    [mentorship] = mentorships(rows)
    assert status_of(rows) == ["declined", "accepted", "accepted"]
    assert mentorship.members.filter(side=Side.STUDENT).count() == 2
    told = Letter.objects.get(name="proposal_closed")
    assert told.to_email == rows[0].mentor.membership.email
    assert "are not affected" in told.text
    assert Letter.objects.filter(name="declined_coordinator").exists()
    assert not any("CANARY" in one.text + one.html for one in Letter.objects.all())


def test_a_mentor_says_no_and_everybody_is_looked_for_again(by):
    rows = out(by)
    people.say(rows[0], "student", "accept")
    people.say(rows[1], "mentor", "decline")
    assert status_of(rows) == ["declined"] * 3
    assert mentorships(rows) == []
    assert {one.id for one in build_pool(rows[0].programme).students} == {one.student_id for one in rows}
    assert Letter.objects.filter(name="proposal_closed").count() == 3
    assert Letter.objects.filter(name="declined_coordinator").values("to_email").distinct().count() == Letter.objects.filter(name="declined_coordinator").count()


def test_a_team_goes_on_without_the_mentor_who_said_no(by):
    rows = out(by, kind=Format.TEAM, students=4, mentors=2, capacity=2)
    first = rows[0].mentor_id
    for one in rows:
        people.say(one, "student", "accept")
    people.say(next(one for one in rows if one.mentor_id != first), "mentor", "accept")
    assert mentorships(rows) == []
    people.say(rows[0], "mentor", "decline")
    assert mentorships(rows)[0].members.count() == 3
    assert sorted(status_of(rows)) == ["accepted", "accepted", "declined", "declined"]


def test_silence_of_one_begins_the_group_without_them(by):
    rows = out(by)
    people.say(rows[0], "mentor", "accept")
    people.say(rows[0], "student", "accept")
    people.say(rows[1], "student", "accept")
    later = local_today(by.organisation) + dt.timedelta(days=10)
    for one in rows:
        silence.lapse_proposal(one, today=later)
    assert status_of(rows) == ["accepted", "accepted", "lapsed"]
    assert mentorships(rows)[0].members.count() == 3


def test_silence_of_the_mentor_ends_it_for_all(by):
    rows = out(by)
    people.say(rows[0], "student", "accept")
    later = local_today(by.organisation) + dt.timedelta(days=10)
    for one in rows:
        silence.lapse_proposal(one, today=later)
    assert status_of(rows) == ["lapsed"] * 3
    assert mentorships(rows) == []
    letters = Letter.objects.filter(name="proposal_lapsed")
    assert "a group" not in letters.get(to_email=rows[1].student.membership.email).text
    letter = letters.get(to_email=rows[0].mentor.membership.email)  # one, not one for each student
    assert "We had suggested a group to you as its mentor" in letter.text
    assert all(one.student.name in letter.text for one in rows)


def test_a_reminder_to_a_silent_mentor_names_the_whole_group(by):
    rows = out(by)
    rule = ReminderRule.objects.create(
        programme=rows[0].programme, event="proposal_published", offset_days=1, recipient="respondent", letter="proposal_reminder"
    )
    tomorrow = local_today(by.organisation) + dt.timedelta(days=1)
    dues = list(proposals_due([rule], tomorrow))
    assert len(dues) == 4
    [to_mentor] = [due for due in dues if due.person.email == rows[0].mentor.membership.email]
    assert all(one.student.name in to_mentor.context["other_name"] for one in rows)
    to_student = next(due for due in dues if due.person.email == rows[0].student.membership.email)
    assert to_student.context["other_name"] == rows[0].mentor.name
    assert (to_mentor.context["leads_group"], to_student.context["leads_group"]) == (True, False)


def test_the_agreement_of_a_group_speaks_of_all_of_them(by):
    agreement = begun(by).agreement
    text = str(standing_text(agreement))
    assert agreement.version == GROUP_VERSION
    assert "both of us" not in text.lower()
    assert "either of us" not in text.lower()
    assert "All of us keep to these" in text
    assert "Both of us keep to these" in str(text_from(CURRENT_VERSION, at=agreement.made_at, settled={}))


def test_taking_one_back_begins_the_rest(by):
    rows = out(by)
    people.say(rows[0], "mentor", "accept")
    people.say(rows[0], "student", "accept")
    people.say(rows[1], "student", "accept")
    proposals.withdraw_proposal(proposal=rows[2], by=by)
    assert status_of(rows) == ["accepted", "accepted", "withdrawn"]


def test_a_further_student_joins_the_running_group(by):
    mentorship = begun(by)
    newcomer = make.StudentFactory(programme=mentorship.programme)
    make.PlacementFactory(student=newcomer)
    people.publish(mentorship.programme, by)
    proposal = Proposal.objects.get(student=newcomer)
    people.say(proposal, "student", "accept")
    people.say(proposal, "mentor", "accept")
    assert mentorships(mentorship) == [mentorship]
    assert mentorship.members.filter(side=Side.STUDENT).count() == 4
    assert Letter.objects.filter(name="group_changed").count() == 4


def test_a_full_group_takes_nobody(by):
    mentorship = begun(by, students=4)
    newcomer = make.StudentFactory(programme=mentorship.programme)
    with pytest.raises(Refused, match="full"):
        joining.join_group(mentorship=mentorship, participant=newcomer, by=by)
    assert people.run(mentorship.programme, by).proposals.count() == 0


def test_joining_re_opens_the_agreement_for_one_name(by):
    mentorship = begun(by)
    for seat in mentorship.members.all():
        sign(mentorship.agreement, seat.participant)
    mentorship.agreement.refresh_from_db()
    assert mentorship.agreement.signed_at
    newcomer = make.StudentFactory(programme=mentorship.programme)
    joining.join_group(mentorship=mentorship, participant=newcomer, by=by)
    assert joining.join_group(mentorship=mentorship, participant=newcomer, by=by).participant == newcomer
    mentorship.agreement.refresh_from_db()
    assert mentorship.agreement.signed_at is None
    sign(mentorship.agreement, newcomer)
    mentorship.agreement.refresh_from_db()
    assert mentorship.agreement.signed_at


def test_leaving_needs_no_fault_and_leaves_the_group_whole(by):
    mentorship = begun(by)
    leaver, *others = [seat.participant for seat in mentorship.members.filter(side=Side.STUDENT)]
    mentor = mentorship.members.get(side=Side.MENTOR).participant
    for person in [*others, mentor]:
        sign(mentorship.agreement, person)
    joining.leave_group(mentorship=mentorship, participant=leaver, by=by, reason="CANARY")
    mentorship.agreement.refresh_from_db()
    assert mentorship.members.count() == 3
    assert mentorship.agreement.signed_at
    pool = build_pool(mentorship.programme)
    assert [one.id for one in pool.students] == [leaver.pk]
    assert (leaver.pk, mentor.pk) in pool.forbidden
    assert Letter.objects.get(name="mentorship_over").to_email == leaver.membership.email
    assert not any("CANARY" in one.text + one.html for one in Letter.objects.all())
    assert not ChangeRequest.objects.visible_to(mentor.membership).exists()


def test_who_stops_is_not_looked_for(by):
    mentorship = begun(by)
    leaver = mentorship.members.filter(side=Side.STUDENT).first().participant
    joining.leave_group(mentorship=mentorship, participant=leaver, by=by, looks_again=False)
    assert build_pool(mentorship.programme).students == ()


def test_the_last_of_a_side_cannot_leave(by):
    mentorship = begun(by)
    mentor = mentorship.members.get(side=Side.MENTOR).participant
    with pytest.raises(Refused, match="Nobody would be left"):
        joining.leave_group(mentorship=mentorship, participant=mentor, by=by)


def test_a_person_may_mentor_in_one_group_and_learn_in_another(by):
    programme = programme_of(Format.PEER, students=2, mentors=1)
    older = programme.participants.mentors().get()
    as_student = make.StudentFactory(programme=programme, membership=older.membership)
    mentor = people.mentor(programme, capacity=1)
    run = people.run(programme, by)
    assert run.proposals.count() == 3
    assert run.proposals.get(student=as_student).mentor == mentor


def sign(agreement, participant):
    agreements.sign_agreement(agreement=agreement, participant=participant, signed_name=participant.name, by=participant.membership)
