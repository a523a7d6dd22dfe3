"""Today, for each role: what needs them, what they may see, and what it costs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from common.tenancy import organisation_scope
from evaluation.models import Survey, SurveyRequest
from home.today import coordinator, member
from home.today.phases import phase_of
from home.today.words import good_day, things_need_you
from matching.models import Candidate, ChoiceSheet, ChoosingRound
from organisations.models import Membership
from programmes.models import ChecklistItem, Programme
from tests import factories as make
from tests.cast import person
from tests.queries import MOST, count_queries

TODAY = timezone.localdate
LONG = "Wolfeschlegelsteinhausen " * 5  # 125 letters


def address(house):
    return reverse("home:today", args=[house.organisation.slug])


def page(client, house, query=""):
    response = client.get(address(house) + query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def words(node):
    return " ".join(node.get_text(" ").split())


def to_do(main):
    """[(title, action)] of the list of needs."""
    return [(row.h3.get_text(strip=True), row.a.contents[0].strip() if row.a else "") for row in main.select("li.att")]


def grow(house, number):
    """``number`` more running mentorships with a goal, an open agreement, an overdue and a planned check-in."""
    with house.scope():
        for _one in range(number):
            mentorship = make.MentorshipFactory(programme=house.programme)
            make.GoalFactory(mentorship=mentorship)
            make.AgreementFactory(mentorship=mentorship)
            make.CheckInFactory(mentorship=mentorship, number=1, due_on=TODAY() - timedelta(days=8))
            make.CheckInFactory(mentorship=mentorship, number=2)


# Everybody


@pytest.mark.parametrize("role", ["owner", "coordinator", "mentor", "student", "tutor", "lead"])
def test_everybody_has_a_page_with_one_heading_and_at_most_one_filled_button(northfield, sign_in, role):
    main = page(sign_in(northfield.people[role]), northfield)
    assert len(main.find_all("h1")) == 1
    assert northfield.people[role].first_name in words(main.h1)
    filled = [a for a in main.select("a.btn, button.btn") if not {"line", "quiet"} & set(a["class"])]
    assert len(filled) <= 1


@pytest.mark.parametrize("role", ["owner", "coordinator", "mentor", "student", "tutor", "lead"])
def test_nobody_sees_another_organisations_day(northfield, riverside, sign_in, role):
    assert sign_in(northfield.people[role]).get(address(riverside)).status_code == 404


def test_signed_out_is_asked_to_sign_in(northfield, client):
    response = client.get(address(northfield))
    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={address(northfield)}")


def test_nothing_is_written_by_a_post(northfield, sign_in):
    assert sign_in(northfield.people["mentor"]).post(address(northfield)).status_code == 405


@pytest.mark.parametrize("role", ["owner", "coordinator", "mentor", "student", "tutor", "lead"])
def test_cost_is_the_same_for_3_and_for_30_mentorships(northfield, sign_in, role):
    client = sign_in(northfield.people[role])
    grow(northfield, 3)
    few = count_queries(client, address(northfield))
    grow(northfield, 27)
    assert (count_queries(client, address(northfield)), few <= MOST) == (few, True)


def test_every_need_is_on_the_page_or_the_next_one(northfield, sign_in):
    with northfield.scope():
        for _one in range(14):
            make.MentorshipFactory(programme=northfield.programme, started_on=TODAY() - timedelta(days=90))
    client = sign_in(northfield.people["coordinator"])
    first, second = page(client, northfield), page(client, northfield, "?page=2")
    total = int(words(first.select_one(".pager")).split(" of ")[1].split()[0])
    found = [row.select_one("a")["href"] for main in (first, second) for row in main.select("li.att")]
    assert (len(first.select("li.att")), len(found), len(set(found))) == (12, total, total)
    assert f"{total} things need you." in words(first.h1)


@pytest.mark.parametrize("role", ["mentor", "tutor"])
def test_cost_is_the_same_for_1_and_for_10_of_ones_own(northfield, sign_in, role):
    client = sign_in(northfield.people[role])

    def add(number):
        with northfield.scope():
            for _one in range(number):
                student = make.StudentFactory(programme=northfield.programme, tutor=northfield.people["tutor"])
                mentorship = make.MentorshipFactory(programme=northfield.programme, student=student, mentor=northfield.mentor)
                make.GoalFactory(mentorship=mentorship)
                make.AgreementFactory(mentorship=mentorship)
                make.CheckInFactory(mentorship=mentorship, number=1, due_on=TODAY() - timedelta(days=1))

    add(1)
    few = count_queries(client, address(northfield))
    add(9)
    assert (count_queries(client, address(northfield)), few <= MOST) == (few, True)


def test_somebody_with_two_roles_changes_between_them(northfield, sign_in):
    with northfield.scope():
        Membership.objects.filter(pk=northfield.people["mentor"].pk).update(roles=["mentor", "tutor"])
    client = sign_in(northfield.people["mentor"])
    tabs = [(a.get_text(strip=True), a.get("aria-current")) for a in page(client, northfield).select(".subnav a")]
    assert tabs == [("Mentor", "page"), ("Tutor", None)]
    assert "You follow 0 mentorships." in words(page(client, northfield, "?as=tutor").h1)
    assert "You follow" not in words(page(client, northfield, "?as=coordinator").h1)


# Coordinator


def test_the_fullest_page_keeps_to_the_limit(northfield, sign_in):
    with northfield.scope():
        for _number in range(2):
            make.StudentFactory(programme=northfield.programme)
            mentor = make.MentorFactory(programme=northfield.programme, check_valid_until=TODAY() + timedelta(days=2))
            make.MentorshipFactory(programme=northfield.programme, mentor=mentor)
            make.ConcernFactory()
        ChecklistItem.objects.create(programme=northfield.programme, phase="during", title="Late", due_on=TODAY() - timedelta(days=1))
        Membership.objects.filter(pk=northfield.people["coordinator"].pk).update(is_safeguarding_lead=True)
    client = sign_in(northfield.people["coordinator"])
    assert len(to_do(page(client, northfield))) >= 5
    assert count_queries(client, address(northfield)) <= MOST


def test_coming_up_by_hand(northfield):
    day = timedelta(days=1)
    with northfield.scope():
        Survey.objects.filter(programme=northfield.programme).delete()
        northfield.programme.organisation = northfield.organisation
        for number, days in enumerate([2, 2, 5, 40, -3], 1):
            make.CheckInFactory(mentorship=northfield.mentorship, number=number, due_on=TODAY() + days * day)
        make.CheckInFactory(mentorship=northfield.other_mentorship, number=1, due_on=TODAY() + 2 * day, status="dropped")
        Survey.objects.create(
            programme=northfield.programme, kind="exit", version="1", opens_on=TODAY() + 3 * day, closes_on=TODAY() + 9 * day
        )
        for title, days in (("Say thank you", 4), ("Late", -1), ("Far away", 60)):
            ChecklistItem.objects.create(programme=northfield.programme, phase="after", title=title, due_on=TODAY() + days * day)
        things = coordinator.dated_things(northfield.programme, TODAY())
        rows = coordinator.coming_up(northfield.programme, things, TODAY())
    assert [((row["day"] - TODAY()).days, row["text"]) for row in rows] == [
        (2, "2 check-ins are due"),
        (3, "Exit survey opens"),
        (4, "Say thank you"),
        (5, "1 check-in is due"),
    ]


def test_first_steps_when_there_is_no_programme(db, sign_in):
    empty = make.OrganisationFactory(slug="hillcrest", name="Hillcrest")
    with organisation_scope(empty.pk):
        coordinator_there = person("ada", "ada@hillcrest.example", roles=["coordinator"])
    response = sign_in(coordinator_there).get(reverse("home:today", args=["hillcrest"]))
    main = BeautifulSoup(response.content, "html.parser").main
    steps = [(li.h3.get_text(strip=True), li.get("aria-current")) for li in main.select(".way li")]
    assert steps == [
        ("Make a programme", "step"),
        ("Bring in the rosters", None),
        ("Train the mentors", None),
        ("Match students with mentors", None),
    ]
    assert [link["href"] for link in main.select(".way a")] == [reverse("programmes:create", args=["hillcrest"])]


def test_next_step_of_a_programme_without_people_is_the_rosters(northfield, sign_in):
    with northfield.scope():
        empty = make.ProgrammeFactory(name="Spring", starts_on=TODAY() + timedelta(days=50), ends_on=TODAY() + timedelta(days=90))
    main = page(sign_in(northfield.people["coordinator"]), northfield, f"?programme={empty.pk}")
    assert [li.h3.get_text(strip=True) for li in main.select(".way li[aria-current=step]")] == ["Bring in the rosters"]


def test_a_running_programme_comes_before_one_that_starts_later_or_is_over(northfield, sign_in):
    with northfield.scope():
        day = timedelta(days=1)
        make.ProgrammeFactory(name="Later", starts_on=TODAY() + 10 * day, ends_on=TODAY() + 90 * day)
        make.ProgrammeFactory(name="Over", starts_on=TODAY() - 90 * day, ends_on=TODAY() - day)
        make.ProgrammeFactory(name="Closed", starts_on=TODAY() - day, ends_on=TODAY() + day, closed_at=timezone.now())
    main = page(sign_in(northfield.people["coordinator"]), northfield)
    options = [(o.get_text(), o.has_attr("selected")) for o in main.select("#programme option")]
    assert options == [(northfield.programme.name, True), ("Later", False), ("Over", False), ("Closed", False)]


def test_another_organisations_programme_cannot_be_chosen(northfield, riverside, sign_in):
    client = sign_in(northfield.people["coordinator"])
    assert client.get(address(northfield), {"programme": riverside.programme.pk}).status_code == 404
    assert client.get(address(northfield), {"programme": "x"}).status_code == 200
    assert client.get(address(northfield), {"programme": "9" * 40}).status_code == 200


def test_numbers_by_hand(northfield, sign_in):
    day = timedelta(days=1)
    with northfield.scope():
        make.StudentFactory(programme=northfield.programme)  # looks for a mentor
        run = make.MatchRunFactory(programme=northfield.programme, status="published", published_at=timezone.now())
        make.ProposalFactory(run=run, status="published")  # asked
        make.ProposalFactory(run=run, status="declined")  # looks again
        make.StudentFactory(programme=northfield.programme, withdrawn_at=timezone.now())  # not counted
        make.StudentFactory()  # another programme's
        here, there = northfield.mentorship, northfield.other_mentorship
        make.CheckInFactory(mentorship=here, number=1, due_on=TODAY() - 3 * day, status="held", held_on=TODAY() - 3 * day)
        make.CheckInFactory(mentorship=there, number=1, due_on=TODAY() - 4 * day, status="missed")
        make.CheckInFactory(mentorship=there, number=2, due_on=TODAY() - 5 * day, status="dropped")  # not asked for
        make.CheckInFactory(mentorship=here, number=2, due_on=TODAY() - 30 * day, status="held")  # before the fortnight
        make.GoalFactory(mentorship=here, percent=80, due_on=TODAY() + 9 * day)
        make.GoalFactory(mentorship=here, percent=10, due_on=TODAY() - day)  # behind
        make.GoalFactory(mentorship=there, percent=0, due_on=None)  # nobody can tell
        make.GoalFactory(mentorship=there, status="dropped", due_on=TODAY() - day)
    main = page(sign_in(northfield.people["coordinator"]), northfield, f"?programme={northfield.programme.pk}")
    found = [words(kpi) for kpi in main.select(".kpi")]
    assert found == [
        "students matched · 1 asked · 2 without a mentor 2 of 5",
        "check-ins held this fortnight 50 % of 2",
        "goals on track 50 % of 2",
        "mentors finished their training 0 of 4",
    ]
    matching = sign_in(northfield.people["coordinator"]).get(reverse("matching:programme", args=["northfield", northfield.programme.pk]))
    assert matching.context["looking"] == {"all": 2, "no_proposal": 0}
    assert "2 students without a mentor" in matching.content.decode()


def test_overdue_lines_of_the_checklist_are_one_need(northfield, sign_in):
    with northfield.scope():
        for days, title in ((3, "Bring the mentors together"), (1, "Send the focus")):
            ChecklistItem.objects.create(
                programme=northfield.programme, phase="during", title=title, due_on=TODAY() - timedelta(days=days)
            )
        ChecklistItem.objects.create(
            programme=northfield.programme, phase="during", title="Done", due_on=TODAY() - timedelta(days=9), done_at=timezone.now()
        )
    titles = [title for title, _action in to_do(page(sign_in(northfield.people["coordinator"]), northfield))]
    assert titles[-1] == "2 lines of your checklist are overdue"


def test_heading_counts_what_stands_in_the_list(northfield, sign_in):
    grow(northfield, 4)
    main = page(sign_in(northfield.people["coordinator"]), northfield)
    assert things_need_you(len(to_do(main))) in words(main.h1)
    assert len(to_do(main)) >= 4


def test_coordinator_does_not_see_that_a_concern_was_raised(northfield, sign_in):
    with northfield.scope():
        make.ConcernFactory(mentorship=northfield.mentorship, text="canary-concern")
    text = page(sign_in(northfield.people["coordinator"]), northfield).get_text().lower()
    assert [word for word in ("canary-concern", "a concern was raised", "waits to be read") if word in text] == []


def test_waiting_on_others_counts_by_hand(northfield):
    with northfield.scope():
        make.AgreementFactory(mentorship=northfield.mentorship)
        make.AgreementFactory(mentorship=northfield.other_mentorship, signed_at=timezone.now())
        make.ProposalFactory(run=make.MatchRunFactory(programme=northfield.programme), status="published")
        survey, _made = Survey.objects.get_or_create(
            programme=northfield.programme, kind="review", defaults={"version": "1", "opens_on": TODAY(), "closes_on": TODAY()}
        )
        asked = {"survey": survey, "mentorship": northfield.mentorship, "asked_at": timezone.now()}
        SurveyRequest.objects.create(**asked, voice="student", participant=northfield.student)
        SurveyRequest.objects.create(**asked, voice="mentor", participant=northfield.mentor, answered_at=timezone.now())
        SurveyRequest.objects.create(**asked, voice="line_manager", line_manager=northfield.placement.line_manager)
        northfield.programme.organisation = northfield.organisation
        numbers = coordinator.counts(northfield.programme, TODAY())
        rows = coordinator.waiting_on_others(northfield.programme, numbers)
    assert [(row["count"], row["text"]) for row in rows] == [
        (1, "proposal not yet answered"),
        (1, "agreement not yet signed by both"),
        (1, "survey not yet answered"),
        (1, "line manager has not answered"),
    ]


def test_long_names_stay_in_the_page(northfield, sign_in):
    with northfield.scope():
        Programme.objects.filter(pk=northfield.programme.pk).update(name=LONG)
        Membership.objects.filter(pk=northfield.people["student"].pk).update(first_name="<script>alert(1)</script>", last_name=LONG)
    for role in ("coordinator", "mentor", "student", "tutor"):
        html = sign_in(northfield.people[role]).get(address(northfield)).content.decode()
        assert "<script>alert(1)" not in html


# Mentor and student


def test_mentors_tasks_stand_in_the_order_of_urgency(northfield, sign_in):
    with northfield.scope():
        make.CheckInFactory(mentorship=northfield.mentorship, number=1, due_on=TODAY() - timedelta(days=1))
        make.AgreementFactory(mentorship=northfield.mentorship)
        make.ProposalFactory(
            run=make.MatchRunFactory(programme=northfield.programme), mentor=northfield.mentor, status="published",
            published_at=timezone.now(), answer_by=TODAY(),
        )  # fmt: skip
    main = page(sign_in(northfield.people["mentor"]), northfield)
    actions = [action for _title, action in to_do(main)]
    assert actions == ["Log it", "See and answer", "Start", "Read and sign", "Write a goal"]
    assert "Five things need you." in words(main.h1)


def test_a_check_in_to_come_is_no_task(northfield, sign_in):
    with northfield.scope():
        make.CheckInFactory(mentorship=northfield.mentorship, number=1, due_on=TODAY() + timedelta(days=1))
    main = page(sign_in(northfield.people["mentor"]), northfield)
    assert "Log it" not in [action for _title, action in to_do(main)]
    assert "tomorrow" in words(main)


def test_student_is_not_asked_to_log(northfield, sign_in):
    with northfield.scope():
        make.CheckInFactory(mentorship=northfield.mentorship, number=1, due_on=TODAY() - timedelta(days=1))
        make.AgreementFactory(mentorship=northfield.mentorship)
    main = page(sign_in(northfield.people["student"]), northfield)
    assert [action for _title, action in to_do(main)] == ["Read and sign", "Write a goal"]


def test_members_see_their_own_and_nobody_elses(northfield, sign_in):
    with northfield.scope():
        make.GoalFactory(mentorship=northfield.mentorship, title="Our own goal")
        make.GoalFactory(mentorship=northfield.other_mentorship, title="canary-goal")
        seats = northfield.other_mentorship.members.select_related("participant__membership")
        names = [seat.participant.membership.first_name for seat in seats]
    assert "Our own goal" in words(page(sign_in(northfield.people["student"]), northfield))
    for role in ("student", "mentor", "tutor"):
        text = words(page(sign_in(northfield.people[role]), northfield)).split()
        assert [word for word in ["canary-goal", *names] if word in text] == [], role


def test_a_signed_agreement_and_an_answered_survey_are_no_tasks(northfield, sign_in):
    with northfield.scope():
        agreement = make.AgreementFactory(mentorship=northfield.mentorship)
        agreement.signatures.create(
            organisation=northfield.organisation, participant=northfield.student, signed_name="Student Example"
        )
        make.GoalFactory(mentorship=northfield.mentorship)
    main = page(sign_in(northfield.people["student"]), northfield)
    assert to_do(main) == []
    assert [a["class"] for a in main.select(".atts")] == []


def test_ended_mentorships_ask_for_nothing(northfield, sign_in):
    with northfield.scope():
        make.CheckInFactory(mentorship=northfield.mentorship, number=1, due_on=TODAY() - timedelta(days=1))
        make.AgreementFactory(mentorship=northfield.mentorship)
        northfield.mentorship.status = "completed"
        northfield.mentorship.save()
    main = page(sign_in(northfield.people["mentor"]), northfield)
    assert [action for _title, action in to_do(main)] == ["Start"]  # the training alone
    assert "No students yet" in words(main)


def test_next_meeting_is_the_nearest_to_come(northfield):
    with northfield.scope():
        late = make.MentorshipFactory(programme=northfield.programme, mentor=northfield.mentor)
        for mentorship, days in ((northfield.mentorship, 5), (late, -1)):
            make.CheckInFactory(mentorship=mentorship, number=1, due_on=TODAY() + timedelta(days=days))
        northfield.people["mentor"].organisation = northfield.organisation
        cards = member.cards_of(northfield.people["mentor"], "mentor", TODAY())
        assert member.next_meeting(cards, TODAY()).mentorship == northfield.mentorship


def test_pages_without_a_programme_keep_to_the_one_opened_last(northfield, riverside, sign_in):
    """The rail and Today; one that is over does not stay, and another organisation's is never meant."""
    with northfield.scope():
        later = make.ProgrammeFactory(name="Later one", starts_on=TODAY() + timedelta(days=30), ends_on=TODAY() + timedelta(days=90))
        over = make.ProgrammeFactory(name="Over", starts_on=TODAY() - timedelta(days=90), ends_on=TODAY() - timedelta(days=30))
    client = sign_in(northfield.people["coordinator"])
    everybody = reverse("organisations:people", args=["northfield"])

    def current(where):
        return client.get(where).context["current_programme"].pk

    assert {current(everybody), current(address(northfield))} == {northfield.programme.pk}
    client.get(reverse("programmes:detail", args=["northfield", later.pk]))
    assert {current(everybody), current(address(northfield))} == {later.pk}
    client.get(reverse("programmes:detail", args=["northfield", over.pk]))
    assert current(everybody) == northfield.programme.pk


# Tutor, owner, lead


def test_tutor_reads_along_without_forms(northfield, sign_in):
    with northfield.scope():
        make.StudentFactory(
            programme=northfield.programme, tutor=northfield.people["tutor"], membership__first_name="Waiting"
        )
    main = page(sign_in(northfield.people["tutor"]), northfield)
    assert "You follow 1 mentorship." in words(main.h1)
    assert list(main.find_all("form")) == []
    assert "Waiting Example" in words(main)


def test_owner_is_told_what_is_not_set_up(northfield, sign_in):
    client = sign_in(northfield.people["owner"])
    assert [title for title, _action in to_do(page(client, northfield))] == ["Letters have no contact address"]
    with northfield.scope():
        Membership.objects.update(is_safeguarding_lead=False)
        Membership.objects.filter(pk=northfield.people["coordinator"].pk).update(left_at=timezone.now())
    assert [title for title, _action in to_do(page(client, northfield))] == [
        "Nobody is named to receive concerns",
        "There is no coordinator yet",
        "Letters have no contact address",
    ]


def test_owner_sees_numbers_and_no_conversations(northfield, sign_in):
    with northfield.scope():
        make.GoalFactory(mentorship=northfield.mentorship, title="canary-goal")
        make.NoteFactory(mentorship=northfield.mentorship, author=northfield.people["mentor"], text="canary-note")
    main = page(sign_in(northfield.people["owner"]), northfield)
    assert [word for word in ("canary-goal", "canary-note", "Student Example") if word in words(main)] == []
    assert [words(kpi) for kpi in main.select(".kpi")] == [
        "students 2",
        "mentors 2",
        "mentorships running 2",
        "check-ins held so far 0",
    ]


@pytest.mark.parametrize(("role", "sees"), [("lead", True), ("owner", False), ("coordinator", False), ("mentor", False)])
def test_only_the_lead_learns_that_a_concern_waits(northfield, sign_in, role, sees):
    with northfield.scope():
        make.ConcernFactory(mentorship=northfield.mentorship, text="canary-concern")
    text = words(page(sign_in(northfield.people[role]), northfield))
    assert ("1 concern waits to be read" in text, "canary-concern" in text) == (sees, False)


# Words and phases


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [(0, "Good morning, Ruth."), (11, "Good morning, Ruth."), (12, "Good afternoon, Ruth."), (17, "Good afternoon, Ruth."),
     (18, "Good evening, Ruth.")],
)  # fmt: skip
def test_greeting_goes_by_the_clock(hour, greeting):
    with timezone.override("UTC"):
        assert good_day("Ruth", datetime(2026, 11, 22, hour, tzinfo=UTC)) == greeting


@pytest.mark.parametrize(
    ("count", "sentence"),
    [(0, "Nothing needs you right now."), (1, "One thing needs you."), (10, "Ten things need you."), (11, "11 things need you.")],
)
def test_counts_in_words(count, sentence):
    assert things_need_you(count) == sentence


@pytest.mark.parametrize(
    ("day", "people", "mentorships", "closed", "expected"),
    [
        (date(2026, 9, 1), False, 0, False, ("identify", 50)),
        (date(2026, 9, 1), True, 0, False, ("match", 50)),
        (date(2026, 9, 1), True, 0.8, False, ("prepare", 80)),
        (date(2026, 10, 5), True, 1, False, ("support", 0)),
        (date(2026, 11, 3), True, 1, False, ("support", 48)),
        (date(2026, 12, 4), True, 1, False, ("review", 0)),
        (date(2026, 12, 18), True, 1, False, ("review", 100)),
        (date(2027, 1, 1), True, 1, False, ("close", 50)),
        (date(2028, 1, 1), True, 1, False, ("close", 100)),
        (date(2026, 11, 3), True, 1, True, ("done", 100)),
    ],
)
def test_phase(day, people, mentorships, closed, expected):
    found = phase_of(
        starts_on=date(2026, 10, 5), ends_on=date(2026, 12, 18), today=day, people=people, mentorships=mentorships, closed=closed
    )
    assert found == expected


# Events


def test_a_mentor_sees_the_next_event_answers_it_and_is_asked_again_what_it_covered(northfield, sign_in):
    from training.services.checklist import answer_aspect, response_for

    with northfield.scope():
        answer_aspect(response=response_for(northfield.mentor), aspect="functions", value="need", by=northfield.people["mentor"])
        answer_aspect(response=response_for(northfield.mentor), aspect="purpose", value="need", by=northfield.people["mentor"])
        later = make.GatheringFactory(programme=northfield.programme, title="Later")
        sooner = make.GatheringFactory(programme=northfield.programme, title="Sooner", starts_at=timezone.now() + timedelta(hours=5))
        declined = make.GatheringFactory(programme=northfield.programme, title="Declined", starts_at=timezone.now() + timedelta(hours=4))
        for gathering, answer in ((later, "yes"), (sooner, ""), (declined, "no")):
            make.GuestFactory(gathering=gathering, mentor=northfield.mentor, answer=answer)
        make.GuestFactory(gathering=make.GatheringFactory(programme=northfield.programme, title="Somebody else’s"))
    main = page(sign_in(northfield.people["mentor"]), northfield)
    assert ("Will you come? Sooner", "Answer") in to_do(main)
    assert "Next event Sooner" in words(main.aside)
    assert ("Declined" in words(main), "Somebody else’s" in words(main)) == (False, False)
    with northfield.scope():
        type(sooner).objects.filter(pk=sooner.pk).update(starts_at=timezone.now() + timedelta(minutes=10))
        sooner.guests.update(attended_at=timezone.now())
    main = page(sign_in(northfield.people["mentor"]), northfield)
    assert ("Is it covered now?", "Look again") in to_do(main)
    assert ("What a mentor does" in words(main), "What mentoring is for" in words(main)) == (True, False)


def test_a_coordinator_sees_events_among_what_comes(northfield, sign_in):
    with northfield.scope():
        make.GatheringFactory(programme=northfield.programme, title="Listening first")
        make.GatheringFactory(programme=northfield.programme, title="Off", cancelled_at=timezone.now())
        make.GatheringFactory(title="Another programme’s")
    text = words(page(sign_in(northfield.people["coordinator"]), northfield, f"?programme={northfield.programme.pk}"))
    assert ("Listening first" in text, "Off" in text, "Another programme’s" in text) == (True, False, False)


# Training that was finished once


def test_a_mentor_is_told_the_one_thing_that_has_come_open(northfield, sign_in):
    from tests.training.making import train

    with northfield.scope():
        train(northfield.mentor, needs=["confidentiality"])
    tasks = [title for title, _action in to_do(page(sign_in(northfield.people["mentor"]), northfield))]
    assert tasks[0] == "Close what is open: Confidentiality, ethics and difficult situations"


def test_the_end_checklist_stands_on_the_mentors_day_once_it_is_open(northfield, sign_in):
    from tests.training.making import answer_all, train
    from training.services.rules import open_end_checklist

    client = sign_in(northfield.people["mentor"])
    asked = ("What has changed for you?", "Answer")
    with northfield.scope():
        train(northfield.mentor)
    assert asked not in to_do(page(client, northfield))
    with northfield.scope():
        open_end_checklist(programme=northfield.programme, by=northfield.people["coordinator"])
    assert asked in to_do(page(client, northfield))
    with northfield.scope():
        answer_all(northfield.mentor, moment="end")
    assert asked not in to_do(page(client, northfield))


# Choosing rounds


def test_a_round_asks_for_an_order_until_it_is_there(northfield, sign_in):
    with northfield.scope():
        student = make.StudentFactory(programme=northfield.programme, membership__user=make.UserFactory(), membership__roles=["student"])
        mentor = make.MentorFactory(programme=northfield.programme)
        choosing = ChoosingRound.objects.create(
            programme=northfield.programme, number=1, shown_to_most=3, opens_at=timezone.now() + timedelta(hours=1),
            meets_at=timezone.now(), closes_on=TODAY() + timedelta(days=2),
        )  # fmt: skip
        sheet = ChoiceSheet.objects.create(round=choosing, person=student)
        Candidate.objects.create(sheet=sheet, person=mentor, position=1)
    browser = sign_in(student.membership)

    def asked():
        return [title for title, _action in to_do(page(browser, northfield)) if "Whom you meet" in title or "suit you best" in title]

    assert [title[:14] for title in asked()] == ["Whom you meet "]
    with northfield.scope():
        ChoosingRound.objects.update(opens_at=timezone.now())
    assert asked() == ["Say which mentor would suit you best"]
    with northfield.scope():
        type(mentor).objects.filter(pk=mentor.pk).update(withdrawn_at=timezone.now())
    assert asked() == []
    with northfield.scope():
        type(mentor).objects.filter(pk=mentor.pk).update(withdrawn_at=None)
        ChoiceSheet.objects.update(done_at=timezone.now())
    assert asked() == []
