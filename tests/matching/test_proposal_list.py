"""Looking through a run's proposals: words, states, orders, and what the database does for it."""

import pytest
from django.db import connection

from matching.models import Proposal, UnmatchedStudent
from matching.proposal_list import proposals_of, wanted_from
from matching.services import publishing
from matching.services.records import build_pool
from tests import factories as make
from tests.matching import people
from tests.matching.test_pages import at, seen
from tests.queries import count_queries


@pytest.fixture
def coordinator(northfield):
    with northfield.scope():
        yield northfield.people["coordinator"]


@pytest.fixture
def run(coordinator):
    """Three pairs: Amara of music at a studio, with Zoë of Kestrel; two others."""
    run = make.MatchRunFactory()
    amara = make.StudentFactory(
        programme=run.programme, course="BA Music", membership=make.MembershipFactory(first_name="Amara", last_name="Obi")
    )
    make.PlacementFactory(student=amara, site=make.SiteFactory(employer=make.EmployerFactory(name="Foundry Lane Studios")))
    zoe = make.MentorFactory(
        programme=run.programme,
        employer_name="Kestrel IT Support",
        membership=make.MembershipFactory(first_name="Zoë", last_name="Aldous"),
    )
    make.ProposalFactory(run=run, student=amara, mentor=zoe, score=55)
    for name, score in (("Bronagh", 90), ("Kofi", 70)):
        pair = {
            "student": make.StudentFactory(programme=run.programme, membership=make.MembershipFactory(first_name=name)),
            "mentor": make.MentorFactory(programme=run.programme, membership=make.MembershipFactory(first_name=f"Mentor of {name}")),
        }
        make.ProposalFactory(run=run, score=score, **pair)
    return run


def found(run, coordinator, **query):
    return [one.student.membership.first_name for one in proposals_of(run, coordinator, wanted_from(query))]


def test_one_word_finds_people_employers_and_courses(run, coordinator):
    for words in ("amara", "OBI", "zoë aldous", "kestrel", "foundry", "music", "obi foundry kestrel"):
        assert (words, found(run, coordinator, q=words)) == (words, ["Amara"])
    assert found(run, coordinator, q="hallam") == ["Kofi", "Bronagh"]  # the other mentors' employer
    assert found(run, coordinator, q="amara bronagh") == []


def test_a_word_of_another_programme_finds_nobody_here(run, coordinator):
    make.PlacementFactory(student=make.StudentFactory(course="Sculpture"))
    assert found(run, coordinator, q="sculpture") == []


def test_states_courses_and_orders(run, coordinator):
    Proposal.objects.filter(run=run, score=70).update(is_locked=True)
    assert found(run, coordinator) == ["Amara", "Kofi", "Bronagh"]
    assert found(run, coordinator, order="best") == ["Bronagh", "Kofi", "Amara"]
    assert found(run, coordinator, order="student") == ["Amara", "Bronagh", "Kofi"]
    assert found(run, coordinator, order="mentor") == ["Bronagh", "Kofi", "Amara"]
    assert found(run, coordinator, order="nonsense", state="nonsense") == ["Amara", "Kofi", "Bronagh"]
    assert found(run, coordinator, state="locked") == ["Kofi"]
    assert found(run, coordinator, state="low") == ["Amara"]
    assert found(run, coordinator, course="BA Music") == ["Amara"]
    assert found(run, coordinator, state="removed") == []


def test_the_page_says_the_order_and_keeps_what_was_asked_for(run, coordinator, sign_in):
    client = sign_in(coordinator)
    page = client.get(at("programme", run.programme_id), {"q": "hallam", "order": "best"})
    assert [row["student"].membership.first_name for row in page.context["rows"]] == ["Bronagh", "Kofi"]
    assert "2 proposals Highest score first" in seen(page)
    assert 'value="hallam"' in page.content.decode()
    assert "BA Music" in page.context["courses"]


def test_students_without_a_mentor_are_found_by_name_and_course(run, coordinator, sign_in):
    for course in ("BA Music", "T Level Health"):
        UnmatchedStudent.objects.create(run=run, student=make.StudentFactory(programme=run.programme, course=course), code="no_mentors")
    client = sign_in(coordinator)
    rows = client.get(at("unmatched", run.programme_id), {"q": "music", "why": "no_mentors"}).context["rows"]
    assert [row["student"].course for row in rows] == ["BA Music"]
    assert "Nobody here fits what you are looking for." in seen(client.get(at("unmatched", run.programme_id), {"q": "nobody"}))


def test_a_search_costs_the_same_for_one_and_for_three(coordinator, sign_in):
    costs = []
    for size in (1, 3):
        run = make.MatchRunFactory()
        for _n in range(size):
            make.PlacementFactory(student=make.ProposalFactory(run=run).student)
        client = sign_in(coordinator)
        queries = ("q=hallam", "order=student", "order=mentor&state=low", "course=T+Level+Digital+Production")
        costs.append([count_queries(client, f"{at('programme', run.programme_id)}?{query}") for query in queries])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 20


def plan_of(rows):
    """How PostgreSQL would read these rows where there are too many to read and sort them all."""
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("set local enable_bitmapscan = off")
        cursor.execute("set local enable_sort = off")
    return rows.explain()


def test_the_lists_are_read_in_their_own_order_from_an_index(run, coordinator):
    draft = proposals_of(run, coordinator, wanted_from({}))[:50]
    best = proposals_of(run, coordinator, wanted_from({"order": "best"}))[:50]
    without = UnmatchedStudent.objects.filter(run=run)[:50]
    for rows, index, way in (
        (draft, "proposal_of_run", "Index Scan using"),
        (best, "proposal_of_run", "Index Scan Backward using"),
        (without, "unmatched_of_run", "Index Scan using"),
    ):
        plan = plan_of(rows)
        assert f"{way} {index}" in plan
        assert "Sort" not in plan


def test_who_said_no_and_found_somebody_else_does_not_stop_the_next_run(coordinator):
    out = people.one_out(coordinator)
    people.say(out, "student", "decline")
    other = people.mentor(out.programme)
    publishing.publish_run(run=people.run(out.programme, coordinator), by=coordinator)
    second = Proposal.objects.get(programme=out.programme, mentor=other)
    for side in ("student", "mentor"):
        people.say(second, side, "accept")
    make.PlacementFactory(student=make.StudentFactory(programme=out.programme))
    assert build_pool(out.programme).forbidden == frozenset()
    assert people.run(out.programme, coordinator).totals["matched"] == 1
