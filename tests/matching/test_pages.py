"""The pages of matching: who may, what they show, what they never show, and what they cost."""

import pytest
from django.urls import reverse

from matching.fit import FIT_AXES
from matching.models import Agreement, AgreementSignature, Exclusion, MatchRun, Mentorship, Proposal
from matching.services import proposals, publishing
from organisations.models import Job
from organisations.services import jobs, links
from post.models import Letter
from programmes.models import Participant
from tests import factories as make
from tests.matching import people
from tests.matching.reading import link_in, seen, shown_on
from tests.queries import MOST, count_queries

CANARY = "He shouted at my sister-in-law"
FIVE = {"act": "card"} | {f"fit_{axis.key}": "yes" for axis in FIT_AXES}
LONG = "Wolfeschlegelsteinhausenbergerdorff " * 3


@pytest.fixture
def coordinator(northfield):
    return northfield.people["coordinator"]


def at(name, *args, slug="northfield"):
    return reverse(f"matching:{name}", args=[slug, *args])


def run_open_jobs(house):
    for job in house_jobs(house):
        jobs.run(house.organisation.pk, job)


def house_jobs(house):
    with house.scope():
        return list(Job.objects.filter(status="waiting").values_list("pk", flat=True))


def reload(house, row):
    with house.scope():
        row.refresh_from_db()
    return row


# --- the coordinator's way ---------------------------------------------------------------------


def test_from_nobody_matched_to_published(northfield, coordinator, sign_in):
    with northfield.scope():
        programme = people.crowd(3, 1, capacity=2)
    client = sign_in(coordinator)
    page = at("programme", programme.pk)
    assert "Nobody is matched yet" in seen(client.get(page))
    assert client.post(at("run", programme.pk)).url == page
    assert "Waiting to start" in seen(client.get(page))
    run_open_jobs(northfield)
    shown = seen(client.get(page))
    assert "2 of 3 students have a proposal" in shown
    assert "1 student without a proposal" in shown
    assert "1 · no place left in digital" in shown
    assert "One mentor would fit, and has no place left. One more place with" in shown
    confirm = client.get(at("publish", programme.pk))
    assert "Publish 2 proposals?" in seen(confirm)
    assert "4 letters go out." in seen(confirm)
    with northfield.scope():
        run = MatchRun.objects.get(programme=programme)
        assert not Letter.objects.filter(name="proposal").exists()
    client.post(at("publish", programme.pk), shown_on(confirm))
    run_open_jobs(northfield)
    assert "0 of 2 proposals are agreed" in seen(client.get(page))
    again = client.post(at("publish", programme.pk), {"run": run.pk}, follow=True)
    assert "These proposals are published already. Nobody was written to a second time." in seen(again)
    with northfield.scope():
        assert Letter.objects.filter(name="proposal").count() == 4


def test_publishing_a_draft_nobody_looked_at_is_refused(northfield, coordinator, sign_in):
    with northfield.scope():
        programme = people.crowd(1, 1)
        seen_run, _newer = people.run(programme, coordinator), people.run(programme, coordinator)
    answer = sign_in(coordinator).post(at("publish", programme.pk), {"run": seen_run.pk}, follow=True)
    assert "There is a newer draft by now." in seen(answer)
    assert house_jobs(northfield) == []


def test_rules_are_kept_from_run_to_run_and_wrong_ones_said_by_the_field(northfield, coordinator, sign_in):
    with northfield.scope():
        programme = people.crowd(2, 2)
    client = sign_in(coordinator)
    rules = {f"weight_{axis}": 20 for axis in ("role", "goals", "place", "time", "compatibility")} | {
        "minimum_score": 5,
        "aim": "fairest",
    }
    wrong = client.post(at("rules", programme.pk), rules | {"weight_role": 101, "minimum_score": ""})
    assert wrong.status_code == 200
    assert {field for field, errors in wrong.context["form"].errors.items() if errors} == {"weight_role", "minimum_score"}
    zero = client.post(at("rules", programme.pk), rules | {key: 0 for key in rules if key.startswith("weight")})
    assert zero.context["form"].errors == {"weight_role": ["At least one weight must be above zero."]}
    assert house_jobs(northfield) == []
    client.post(at("rules", programme.pk), rules | {"require_common_slot": "on"})
    run_open_jobs(northfield)
    with northfield.scope():
        kept = MatchRun.objects.get(programme=programme).settings
    assert kept == {
        "weights": dict.fromkeys(("role", "goals", "place", "time", "compatibility"), 20),
        "require_background_check": False, "require_common_language": False, "require_common_slot": True, "require_same_town": False,
        "max_travel_minutes": 60, "minimum_score": 5, "aim": "fairest", "repeat_unanswered": False,
        "rank_weight": 0, "require_ranked": False,
    }  # fmt: skip
    assert client.get(at("rules", programme.pk)).context["form"]["weight_goals"].value() == 20


def test_buttons_of_the_list(northfield, coordinator, sign_in):
    with northfield.scope():
        programme = people.crowd(2, 1)
        run = people.run(programme, coordinator)
        first, second = run.proposals.all()
    client = sign_in(coordinator)
    client.post(at("lock", first.pk))
    assert reload(northfield, first).is_locked
    client.post(at("unlock", first.pk))
    assert not reload(northfield, first).is_locked
    back = client.post(at("remove", first.pk), {"next": at("programme", programme.pk) + "?page=1"})
    assert back.url == at("programme", programme.pk) + "?page=1"
    assert client.post(at("remove", first.pk), {"next": "https://elsewhere.example/"}).url == at("programme", programme.pk)
    assert [row["proposal"].pk for row in client.get(at("programme", programme.pk)).context["rows"]] == [second.pk]
    assert [row["proposal"].pk for row in client.get(at("programme", programme.pk) + "?state=removed").context["rows"]] == [
        first.pk
    ]
    client.post(at("put_back", first.pk))
    assert reload(northfield, first).status == "draft"


def test_search_course_and_pages(northfield, coordinator, sign_in):
    with northfield.scope():
        programme = people.crowd(3, 2)
        odd = make.StudentFactory(
            programme=programme,
            course="BA Music",
            membership=make.MembershipFactory(first_name="<b>Zoë</b>", last_name=LONG.strip()),
        )
        people.run(programme, coordinator)
    client = sign_in(coordinator)
    page = at("programme", programme.pk)
    found = client.get(page, {"q": "zoë wolfe"})
    assert [row["student"].pk for row in found.context["rows"]] == [odd.pk]
    assert b"<b>Zo" not in found.content
    assert [row["student"].pk for row in client.get(page, {"course": "BA Music"}).context["rows"]] == [odd.pk]
    assert "No proposal fits what you looked for" in seen(client.get(page, {"q": "nobody of that name"}))
    assert client.get(page, {"page": "99", "state": "nonsense"}).status_code == 200
    scores = [row["proposal"].score for row in client.get(page).context["rows"]]
    assert scores == sorted(scores)


def test_pairing_by_hand_warns_asks_why_and_refuses(northfield, coordinator, sign_in):
    with northfield.scope():
        programme = people.crowd(1, 0)
        student = Participant.objects.get(programme=programme)
        untrained = make.MentorFactory(programme=programme)
        boss = people.mentor(programme)
        student.placements.update(line_manager=make.LineManagerFactory(email=boss.membership.email))
    client = sign_in(coordinator)
    page, chosen = at("pair", programme.pk), {"student": student.pk, "mentor": untrained.pk}
    check = seen(client.get(page, chosen))
    assert "This pair breaks a rule" in check
    assert "the mentor’s training is not complete" in check
    never = seen(client.get(page, chosen | {"mentor": boss.pk}))
    assert "the mentor is the student’s line manager: never possible" in never
    assert "Pair them" not in never
    assert "First a student" in seen(client.get(page, {"student": "x", "mentor": "y"}))
    without = client.post(page, chosen)
    assert without.context["form"].errors == {"reason": ["This pair breaks a rule. Say why you pair them all the same."]}
    refused = client.post(page, chosen | {"mentor": boss.pk, "reason": "I insist"})
    assert refused.context["form"].non_field_errors() == [
        "The mentor is the student’s line manager, and a line manager cannot be the mentor."
    ]
    assert client.post(page, chosen | {"reason": "He starts on Monday"}).status_code == 302
    with northfield.scope():
        made = Proposal.objects.get(programme=programme)
        assert (made.mentor_id, made.by_hand_reason) == (untrained.pk, "He starts on Monday")


def test_exclusions_are_added_listed_and_lifted(northfield, riverside, coordinator, sign_in):
    with riverside.scope():
        foreign = people.mentor(riverside.programme).name
    with northfield.scope():
        programme = people.crowd(1, 1)
        student, mentor = Participant.objects.filter(programme=programme).select_related("membership").order_by("-side")
    client = sign_in(coordinator)
    page = at("exclusions", programme.pk)
    assert "No exclusions" in seen(client.get(page))
    assert client.post(page, {"student": student.name, "mentor": foreign}).status_code == 422
    for _twice in range(2):
        client.post(page, {"student": student.name, "mentor": mentor.name, "reason": "Cousins"})
    with northfield.scope():
        [row] = Exclusion.objects.all()
        assert (row.student_id, row.mentor_id, row.reason, row.by_id) == (student.pk, mentor.pk, "Cousins", coordinator.pk)
    assert "Cousins" in seen(client.get(page))
    client.post(at("exclusion_lift", row.pk))
    with northfield.scope():
        assert not Exclusion.objects.exists()


def test_a_refused_exclusion_keeps_what_was_typed(northfield, coordinator, sign_in):
    client = sign_in(coordinator)
    page = at("exclusions", northfield.programme.pk)
    with northfield.scope():
        people.crowd(1, 1)
    answer = client.post(page, {"student": northfield.student.name, "mentor": northfield.mentor.name, "reason": CANARY})
    assert answer.status_code == 422
    assert "These two have a running mentorship. End it first; then they can be excluded." in seen(answer)
    assert answer.context["form"]["reason"].value() == CANARY
    assert CANARY in answer.content.decode()
    with northfield.scope():
        assert not Exclusion.objects.exists()


def test_why_this_mentor_and_why_none(northfield, coordinator, sign_in):
    with northfield.scope():
        programme = people.crowd(2, 1, capacity=1)
        run = people.run(programme, coordinator)
        matched, without = run.proposals.get(), run.unmatched.get()
        mentor = matched.mentor.name
    client = sign_in(coordinator)
    assert f"With {mentor}, score {matched.score}." in seen(client.get(at("student", programme.pk, matched.student_id)))
    none = seen(client.get(at("student", programme.pk, without.student_id)))
    assert "One mentor would fit, and has no place left." in none
    assert f"One more place with {mentor} would match them (score" in none
    assert client.get(at("student", programme.pk, matched.mentor_id)).status_code in {403, 404}
    listed = client.get(at("unmatched", programme.pk), {"why": "no_place_left"})
    assert [row["student"].pk for row in listed.context["rows"]] == [without.student_id]
    assert [
        row["student"].pk for row in client.get(at("unmatched", programme.pk), {"why": "no_check"}).context["rows"]
    ] == []


# --- the two people ----------------------------------------------------------------------------


def test_both_answer_one_by_link_one_signed_in(northfield, coordinator, sign_in, client):
    with northfield.scope():
        proposal = people.one_out(coordinator)
        letter = Letter.objects.get(name="proposal", to_email=proposal.mentor.membership.email)
        student = proposal.student.membership
        student.user = make.UserFactory()
        student.save()
    address = link_in(letter)
    page = client.get(address)
    assert f"{proposal.student.name} as your student?" in seen(page)
    assert "Do I have time for regular contact?" in seen(page)
    assert client.get(address + "?decision=accept").status_code == 200
    assert reload(northfield, proposal).status == "published"
    with northfield.scope():
        assert not proposal.answers.exists()
    client.post(address, FIVE)
    done = client.post(address, {"decision": "accept"}, follow=True)
    assert "You said yes. Now it is the other side’s turn" in seen(done)
    signed_in = sign_in(student)
    mine = at("answer", proposal.pk)
    assert "Will they have time for me?" in seen(signed_in.get(mine))
    signed_in.post(mine, FIVE)
    assert "You have both said yes. Your mentorship has begun." in seen(
        signed_in.post(mine, {"decision": "accept"}, follow=True)
    )
    assert "You have both said yes." in seen(signed_in.post(mine, {"decision": "decline"}, follow=True))
    assert reload(northfield, proposal).status == "accepted"
    with northfield.scope():
        assert Mentorship.objects.filter(proposals=proposal).count() == 1
    assert "You have both said yes. Your mentorship has begun." in seen(client.get(address))


def test_no_answer_is_said_by_the_field_and_what_was_typed_stays(northfield, coordinator, client):
    with northfield.scope():
        proposal = people.one_out(coordinator)
        address = link_in(Letter.objects.get(name="proposal", to_email=proposal.student.membership.email))
    wrong = client.post(address, {"reason": CANARY})
    assert wrong.context["form"].errors == {"decision": ["Choose yes or no."]}
    assert CANARY in wrong.text
    assert client.post(address, {"decision": "perhaps"}).context["form"].errors["decision"]


def test_the_reason_of_a_no_reaches_coordinators_only(northfield, coordinator, sign_in, client):
    with northfield.scope():
        proposal = people.one_out(coordinator)
        addresses = {
            side: link_in(Letter.objects.get(name="proposal", to_email=person.membership.email))
            for side, person in (("student", proposal.student), ("mentor", proposal.mentor))
        }
        mentor = proposal.mentor.membership
        mentor.user = make.UserFactory()
        mentor.save()
    client.post(addresses["student"], {"decision": "decline", "reason": CANARY})
    client.cookies.clear()  # the mentor sits at another machine
    others = [client.get(addresses["mentor"]), sign_in(mentor).get(at("answer", proposal.pk))]
    for page in others:
        assert "This suggestion goes no further." in seen(page)
        assert CANARY not in page.text
        assert "said no" not in seen(page)
    with northfield.scope():
        assert not [one for one in Letter.objects.all() if CANARY in one.text + one.html + one.subject]
    assert CANARY in seen(sign_in(coordinator).get(at("student", proposal.programme_id, proposal.student_id)))


@pytest.mark.parametrize("harm", ["altered", "expired", "revoked", "other purpose"])
def test_links_that_no_longer_work(northfield, coordinator, client, harm):
    with northfield.scope():
        proposal = people.one_out(coordinator)
        link, token = links.make_link("proposal", proposal.pk, membership=proposal.student.membership)
        address = reverse("matching:answer_by_link", args=[token])
        if harm == "expired":
            type(link).objects.filter(pk=link.pk).update(expires_at="2026-01-01T00:00Z")
        if harm == "revoked":
            links.revoke_links("proposal", proposal.pk)
    assert_works = client.get(address).status_code == 200
    if harm == "altered":
        address = address.replace(token, token[:-2] + ("aa" if token[-2:] != "aa" else "bb"))
    if harm == "other purpose":
        address = reverse("matching:agreement_by_link", args=[token])
    expected = {"altered": 404, "expired": 410, "revoked": 410, "other purpose": 404}[harm]
    assert assert_works is (harm in {"altered", "other purpose"})
    assert [client.get(address).status_code, client.post(address, {"decision": "accept"}).status_code] == [expected] * 2
    with northfield.scope():
        assert not proposal.answers.exists()


def test_a_link_for_somebody_else_opens_nothing(northfield, coordinator, client):
    with northfield.scope():
        proposal, other = people.one_out(coordinator), people.one_out(coordinator)
        _link, token = links.make_link("proposal", proposal.pk, membership=other.student.membership)
    assert client.get(reverse("matching:answer_by_link", args=[token])).status_code == 404


# --- the agreement -----------------------------------------------------------------------------


def test_signing_by_link(northfield, coordinator, sign_in, client):
    with northfield.scope():
        mentorship = people.together(coordinator)
        names = {seat.side: seat.participant.name for seat in mentorship.members.all()}
        addresses = {
            seat.side: link_in(Letter.objects.get(name="agreement_to_sign", to_email=seat.participant.membership.email))
            for seat in mentorship.members.all()
        }
    client.get(addresses["student"])
    with northfield.scope():
        assert not AgreementSignature.objects.exists()  # mail scanners open links
    wrong = client.post(addresses["student"], {"act": "sign", "signed_name": "Mickey Mouse"})
    assert wrong.context["sign"].errors == {
        "signed_name": [f"Please type your own full name as we know it: {names['student']}."]
    }
    client.post(addresses["student"], {"act": "sign", "signed_name": names["student"].upper()})
    client.post(addresses["mentor"], {"act": "sign", "signed_name": names["mentor"]})
    client.post(addresses["mentor"], {"act": "sign", "signed_name": names["mentor"]})
    with northfield.scope():
        agreement = Agreement.objects.get(mentorship=mentorship)
        assert agreement.signed_at is not None
        assert sorted(agreement.signatures.values_list("signed_name", "by_link")) == sorted(
            [(names["student"].upper(), True), (names["mentor"], True)]
        )
    read = sign_in(coordinator).get(at("agreement", mentorship.pk))
    assert names["student"].upper() in seen(read)
    assert (read.context["sign"], read.context["amend"]) == (None, None)


@pytest.mark.parametrize("act", [{"act": "sign", "signed_name": "Tutor Example"}, {}])
@pytest.mark.parametrize("role", ["tutor", "coordinator"])
def test_those_outside_read_the_agreement_and_change_nothing(northfield, sign_in, role, act):
    with northfield.scope():
        agreement = make.AgreementFactory(mentorship=northfield.mentorship, version="2026-1")
    client = sign_in(northfield.people[role])
    address = at("agreement", northfield.mentorship.pk)
    assert client.get(address).status_code == 200
    assert client.post(address, act).status_code == 403
    reload(northfield, agreement)
    with northfield.scope():
        assert agreement.signatures.count() == 0


# --- stage and end -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status", "stage"),
    [
        ("student", 302, "direction"),
        ("mentor", 302, "direction"),
        ("coordinator", 302, "direction"),
        ("tutor", 403, "rapport"),
    ],
)
def test_who_may_move_the_stage(northfield, sign_in, role, status, stage):
    client = sign_in(northfield.people[role])
    assert client.post(at("stage", northfield.mentorship.pk), {"stage": "direction"}).status_code == status
    assert reload(northfield, northfield.mentorship).stage == stage


def test_the_page_of_a_mentorship_is_where_letters_say(northfield, sign_in):
    answer = sign_in(northfield.people["mentor"]).post(at("stage", northfield.mentorship.pk), {"stage": "direction"})
    assert answer.url == f"/o/northfield/mentorships/{northfield.mentorship.pk}/"


def test_ending(northfield, coordinator, sign_in):
    client = sign_in(coordinator)
    address = at("end", northfield.mentorship.pk)
    assert client.post(address, {"reason": "typed"}).context["form"].errors == {
        "status": ["Choose how the mentorship ended."]
    }
    assert reload(northfield, northfield.mentorship).status == "active"
    client.post(address, {"status": "completed_early", "reason": "Found a job"})
    assert reload(northfield, northfield.mentorship).status == "completed_early"
    client.post(address, {"status": "no_show"})
    assert reload(northfield, northfield.mentorship).status == "completed_early"
    assert "It has ended already: completed early." in seen(client.get(address))


# --- who may -----------------------------------------------------------------------------------

COORDINATORS_GET = ["programme", "rules", "publish", "unmatched", "pair", "pair_cost", "exclusions"]
COORDINATORS_POST = ["run", "rules", "publish", "pair", "exclusions"]


@pytest.mark.parametrize("role", ["student", "mentor", "tutor", "owner", "lead"])
def test_others_do_not_match(northfield, sign_in, role):
    with northfield.scope():
        programme = northfield.programme
        draft = make.ProposalFactory(run__programme=programme, student=northfield.student, mentor=northfield.mentor)
        exclusion = Exclusion.objects.create(programme=programme, student=northfield.student, mentor=northfield.mentor)
    client = sign_in(northfield.people[role])
    gets = [client.get(at(name, programme.pk)).status_code for name in COORDINATORS_GET]
    posts = [client.post(at(name, programme.pk)).status_code for name in COORDINATORS_POST]
    small = [
        client.post(at(name, draft.pk)).status_code for name in ("lock", "unlock", "remove", "put_back", "allow", "withdraw")
    ]
    more = [
        client.get(at("student", programme.pk, northfield.student.pk)).status_code,
        client.post(at("exclusion_lift", exclusion.pk)).status_code,
        client.post(at("end", northfield.mentorship.pk), {"status": "completed"}).status_code,
        client.get(at("answer", draft.pk)).status_code,  # not published: theirs not to see
    ]
    assert set(gets + posts + small + more) == {403}
    assert reload(northfield, draft).status == "draft"
    assert house_jobs(northfield) == []


@pytest.mark.parametrize("role", ["coordinator", "student", "mentor", "tutor"])
def test_the_other_organisations_rows_are_not_there(northfield, riverside, sign_in, role):
    with riverside.scope():
        out = people.one_out(riverside.people["coordinator"])
        exclusion = Exclusion.objects.create(programme=out.programme, student=out.student, mentor=out.mentor)
        make.AgreementFactory(mentorship=riverside.mentorship, version="2026-1")
    client = sign_in(northfield.people[role])
    theirs = riverside.mentorship.pk
    answers = [
        client.get(at("answer", out.pk)).status_code,
        client.post(at("answer", out.pk), {"decision": "decline"}).status_code,
        client.get(at("agreement", theirs)).status_code,
        client.post(at("agreement", theirs), {"act": "sign", "signed_name": "Student Example"}).status_code,
        client.post(at("stage", theirs), {"stage": "direction"}).status_code,
        client.get(at("answer", out.pk, slug="riverside")).status_code,
    ]
    assert answers == [404] * 6
    if role == "coordinator":
        pages = [client.get(at(name, out.programme_id)).status_code for name in COORDINATORS_GET]
        posts = [client.post(at(name, out.programme_id)).status_code for name in COORDINATORS_POST]
        posts += [
            client.post(at(name, out.pk)).status_code
            for name in ("lock", "unlock", "remove", "put_back", "allow", "withdraw")
        ]
        posts += [
            client.post(at("exclusion_lift", exclusion.pk)).status_code,
            client.post(at("end", theirs), {"status": "completed"}).status_code,
        ]
        assert set(pages + posts) == {404}
    assert reload(riverside, out).status == "published"


def test_a_tutor_answers_for_nobody(northfield, sign_in):
    with northfield.scope():
        proposal = make.ProposalFactory(
            run__programme=northfield.programme, student=northfield.student, mentor=northfield.mentor,
            status="published", published_at="2026-01-01T00:00Z", answer_by="2026-01-04",
        )  # fmt: skip
    client = sign_in(northfield.people["tutor"])
    assert client.get(at("answer", proposal.pk)).status_code == 403
    assert client.post(at("answer", proposal.pk), {"decision": "accept"}).status_code == 403
    assert (
        sign_in(northfield.people["coordinator"]).post(at("answer", proposal.pk), {"decision": "accept"}).status_code == 403
    )
    with northfield.scope():
        assert not proposal.answers.exists()


# --- what pages cost ---------------------------------------------------------------------------


def test_pages_cost_the_same_for_three_and_for_thirty(northfield, coordinator, sign_in):
    costs, reading_all = {}, {}
    for size in (3, 30):
        with northfield.scope():
            programme = people.crowd(size, size)
            lonely = [make.StudentFactory(programme=programme, languages=["Welsh"]) for _ in range(size)]
            run = people.run(programme, coordinator)
            for proposal in run.proposals.all()[: size // 3]:
                proposals.remove_proposal(proposal=proposal, by=coordinator)
        client = sign_in(coordinator)
        pages = [at(name, programme.pk) for name in ("programme", "rules", "publish", "unmatched", "pair", "exclusions")]
        costs[size] = [count_queries(client, page) for page in pages]
        reading_all[size] = count_queries(client, at("student", programme.pk, lonely[0].pk))
        with northfield.scope():
            publishing.publish_run(run=run, by=coordinator)
        costs[size].append(count_queries(client, at("programme", programme.pk)))
    assert costs[3] == costs[30]
    assert max(costs[3]) <= MOST, costs[3]
    assert reading_all[3] == reading_all[30] <= MOST
