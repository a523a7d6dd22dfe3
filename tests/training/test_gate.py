"""What has to be there before a mentor is matched, what stands in for it, and what closes it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from matching.services.records import build_pool
from tests import factories as make
from tests.queries import MOST, count_queries
from tests.training.making import answer_all, own_checklist, ready, train, url, use
from training.models import CodeVersion, LaterAnswer, ResourceRead, TrainingHours, TrainingOverride, TrainingRules
from training.services.hours import log_training_hours
from training.services.overrides import override_training, withdraw_override
from training.services.points import answer_again, note_need_met
from training.services.refused import TrainingError

GATE = "confidentiality"


def pool_says(house):
    """What the engine is told about the house's mentor: (trained, overridden)."""
    one = build_pool(house.programme).by_id[house.mentor.pk]
    return one.trained, one.training_overridden


def finished_long_ago(mentor, days):
    mentor.checklist_responses.update(finished_at=timezone.now() - timedelta(days=days))


# An open need on what has to be covered


def test_an_open_need_on_confidentiality_keeps_a_mentor_from_being_matched(northfield):
    with northfield.scope():
        train(northfield.mentor, needs=[GATE, "learning"])
        found = ready(northfield.mentor)
        assert (found.trained, found.ready, found.state, found.missing) == (False, False, "held", ["need"])
        assert found.why_not == ["asks for more on: Confidentiality, ethics and difficult situations"]
        assert pool_says(northfield) == (False, False)


def test_needs_on_other_points_do_not(northfield):
    with northfield.scope():
        train(northfield.mentor, needs=["learning", "purpose"])
        assert (ready(northfield.mentor).trained, pool_says(northfield)) == (True, (True, False))


def test_the_mentor_closes_it_by_answering_again_and_the_first_answer_stays(northfield, sign_in):
    with northfield.scope():
        train(northfield.mentor, needs=[GATE])
    client = sign_in(northfield.people["mentor"])
    page = url(northfield, "point", northfield.mentor.pk, GATE)
    html = client.get(page).content.decode()
    assert "What stays between you, and what must not" in html
    assert client.post(page, {"value": "covered", "how": ""}).status_code == 422
    for _double_click in range(2):
        client.post(page, {"value": "covered", "how": "read", "note": "Ask first"})
    with northfield.scope():
        assert ready(northfield.mentor).trained is True
        assert northfield.mentor.checklist_responses.get().answers.get(aspect=GATE).value == "need"
        rows = LaterAnswer.objects.values_list("aspect", "value", "how", "note", "by")
        assert list(rows) == [(GATE, "covered", "read", "Ask first", northfield.people["mentor"].pk)]
        assert ResourceRead.objects.filter(membership=northfield.people["mentor"], resource="what-stays-between-you").count() == 1


def test_a_mentor_may_ask_for_more_after_all_and_is_held_back_again(northfield, sign_in):
    with northfield.scope():
        train(northfield.mentor)
    page = url(northfield, "point", northfield.mentor.pk, GATE)
    sign_in(northfield.people["mentor"]).post(page, {"value": "need", "note": "A case made me unsure"})
    with northfield.scope():
        assert ready(northfield.mentor).missing == ["need"]


def test_a_coordinator_notes_how_it_was_met(northfield, sign_in):
    with northfield.scope():
        train(northfield.mentor, needs=[GATE])
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "need_met", northfield.mentor.pk, GATE)
    today = timezone.localdate()
    refused = client.post(page, {"how": "talked", "on": today.isoformat(), "note": " "})
    assert (refused.status_code, "Say in a few words what was done" in refused.content.decode()) == (422, True)
    late = client.post(page, {"how": "talked", "on": (today + timedelta(days=3)).isoformat(), "note": "Went through both dilemmas"})
    assert (late.status_code, "Went through both dilemmas" in late.content.decode()) == (422, True)
    for _double_click in range(2):
        client.post(page, {"how": "talked", "on": today.isoformat(), "note": "Went through both dilemmas"})
    with northfield.scope():
        row = LaterAnswer.objects.get()
        assert (row.value, row.how, row.on, row.note, row.by) == (
            "covered", "talked", today, "Went through both dilemmas", northfield.people["coordinator"],
        )  # fmt: skip
        assert Event.objects.filter(verb="need noted as met").count() == 1
        assert ready(northfield.mentor).trained is True
    assert "Went through both dilemmas" in client.get(url(northfield, "mentor", northfield.mentor.pk)).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"aspect": "astronomy"}, "This point is not on the checklist that was answered."),
        ({"value": "perhaps"}, "Choose one of the two answers."),
        ({"how": "magic"}, "Choose what helped."),
        ({"on": timezone.localdate() + timedelta(days=2)}, "This day is still to come."),
    ],
)
def test_answering_again_what_cannot_be_is_refused(northfield, changes, words):
    with northfield.scope():
        train(northfield.mentor, needs=[GATE])
        values = {"aspect": GATE, "value": "covered", "how": "read", "by": northfield.people["mentor"]}
        with pytest.raises(TrainingError) as refused:
            answer_again(mentor=northfield.mentor, **(values | changes))
        assert (str(refused.value), LaterAnswer.objects.count()) == (words, 0)


def test_before_the_checklist_is_finished_nothing_is_answered_again(northfield, sign_in):
    with northfield.scope():
        answer_all(northfield.mentor, needs=[GATE], finish=False)
        with pytest.raises(TrainingError):
            note_need_met(
                mentor=northfield.mentor, aspect=GATE, how="read", note="x", on=timezone.localdate(), by=northfield.people["coordinator"]
            )
    answer = sign_in(northfield.people["mentor"]).get(url(northfield, "point", northfield.mentor.pk, GATE))
    assert answer.url == url(northfield, "checklist", northfield.mentor.pk)


def test_only_the_points_an_own_checklist_says_hold_anybody_back(northfield):
    with northfield.scope():
        template, version = own_checklist(northfield)
        version.aspects.filter(key=GATE).update(must_be_covered=False)
        version.aspects.filter(key="purpose").update(must_be_covered=True)
        use(northfield, template)
        train(northfield.mentor, needs=[GATE])
        assert ready(northfield.mentor).trained is True
        answer_again(mentor=northfield.mentor, aspect="purpose", value="need", by=northfield.people["mentor"])
        assert [one.key for one in ready(northfield.mentor).blocking] == ["purpose"]


# Training that runs out


def test_training_runs_out_and_a_refresher_renews_it(northfield):
    with northfield.scope():
        train(northfield.mentor)
        finished_long_ago(northfield.mentor, 800)
        found = ready(northfield.mentor)
        assert (found.missing, found.state, pool_says(northfield)) == (["refresher"], "held", (False, False))
        log = {"membership": northfield.people["mentor"], "kind": "refresher", "on": timezone.localdate(), "what": "Evening"}
        log_training_hours(**log, minutes=45, by=northfield.people["coordinator"])
        assert ready(northfield.mentor).missing == ["refresher"]
        log_training_hours(**log, minutes=15, by=northfield.people["coordinator"])
        assert (ready(northfield.mentor).missing, pool_says(northfield)) == ([], (True, False))


@pytest.mark.parametrize(
    ("organisation", "programme", "missing"),
    [
        (None, None, ["refresher"]),
        (0, None, []),
        (36, None, []),
        (36, 12, ["refresher"]),
        (12, 0, []),
        (12, 36, []),
    ],
)
def test_a_programmes_own_validity_comes_before_the_organisations(northfield, organisation, programme, missing):
    with northfield.scope():
        if organisation is not None:
            TrainingRules.objects.create(valid_months=organisation)
        if programme is not None:
            TrainingRules.objects.create(programme=northfield.programme, valid_months=programme)
        train(northfield.mentor)
        finished_long_ago(northfield.mentor, 800)
        assert ready(northfield.mentor).missing == missing


# Decisions


def test_a_decision_covers_what_was_decided_and_nothing_that_turns_up_later(northfield):
    by = northfield.people["coordinator"]
    with northfield.scope():
        override_training(mentor=northfield.mentor, reason="Known for years", by=by)
        found = ready(northfield.mentor)
        assert (found.overridden, [one.what for one in found.decisions], pool_says(northfield)) == (True, ["checklist", "code"], (False, True))
        answer_all(northfield.mentor, needs=[GATE])
        found = ready(northfield.mentor)
        assert (found.ready, found.undecided, pool_says(northfield)) == (False, ["need"], (False, False))
        override_training(mentor=northfield.mentor, reason="Signs up for Tuesday", what=["need"], by=by)
        assert pool_says(northfield) == (False, True)
        withdraw_override(mentor=northfield.mentor, by=by, what=["need"])
        assert ready(northfield.mentor).undecided == ["need"]
        kept = TrainingOverride.objects.order_by("id").values_list("what", "reason")
        assert list(kept) == [("checklist", "Known for years"), ("code", "Known for years"), ("need", "Signs up for Tuesday")]


def test_a_decision_on_one_need_is_none_on_the_next(northfield):
    by, mentor = northfield.people["coordinator"], northfield.mentor
    with northfield.scope():
        template, version = own_checklist(northfield)
        version.aspects.update(must_be_covered=True)
        use(northfield, template)
        train(mentor, needs=[GATE])
        [first] = override_training(mentor=mentor, reason="Signs up for Tuesday", what=["need"], by=by)
        assert pool_says(northfield) == (False, True)
        answer_again(mentor=mentor, aspect="purpose", value="need", by=mentor.membership)
        found = ready(mentor)
        assert (found.undecided, found.decisions, pool_says(northfield)) == (["need"], [], (False, False))
        [second] = override_training(mentor=mentor, reason="Both on Tuesday", what=["need"], by=by)
        assert (ready(mentor).decisions, pool_says(northfield)) == ([second], (False, True))
        first.refresh_from_db()
        assert first.withdrawn_at is not None
        assert override_training(mentor=mentor, reason="Again", what=["need"], by=by) == [second]


def test_a_decision_on_a_need_that_was_met_does_not_cover_it_when_it_opens_again(northfield):
    by, mentor = northfield.people["coordinator"], northfield.mentor
    with northfield.scope():
        train(mentor, needs=[GATE])
        override_training(mentor=mentor, reason="Signs up for Tuesday", what=["need"], by=by)
        answer_again(mentor=mentor, aspect=GATE, value="covered", how="read", by=mentor.membership)
        assert pool_says(northfield) == (True, False)
        answer_again(mentor=mentor, aspect=GATE, value="need", by=mentor.membership)
        assert pool_says(northfield) == (False, False)


def test_a_decision_on_the_code_is_none_on_a_newer_one(northfield):
    by, mentor = northfield.people["coordinator"], northfield.mentor
    with northfield.scope():
        answer_all(mentor)
        override_training(mentor=mentor, reason="Signs on Monday", what=["code"], by=by)
        assert pool_says(northfield) == (False, True)
        CodeVersion.objects.create(number=1)  # a draft changes nothing
        assert pool_says(northfield) == (False, True)
        CodeVersion.objects.update(published_at=timezone.now())
        assert (ready(mentor).undecided, pool_says(northfield)) == (["code"], (False, False))
        override_training(mentor=mentor, reason="Signs the new one on Monday", what=["code"], by=by)
        assert pool_says(northfield) == (False, True)


def test_a_decision_on_training_that_ran_out_is_none_when_it_runs_out_again(northfield):
    by, mentor = northfield.people["coordinator"], northfield.mentor
    with northfield.scope():
        train(mentor)
        finished_long_ago(mentor, 1900)
        [made] = override_training(mentor=mentor, reason="Refresher in May", what=["refresher"], by=by)
        assert pool_says(northfield) == (False, True)
        TrainingOverride.objects.filter(pk=made.pk).update(at=timezone.now() - timedelta(days=900))
        assert pool_says(northfield) == (False, True)  # it had run out by then
        refreshed = timezone.localdate() - timedelta(days=850)
        log_training_hours(membership=mentor.membership, kind="refresher", minutes=60, on=refreshed, what="Evening", by=by)
        assert (ready(mentor).ran_out, pool_says(northfield)) == (True, (False, False))


def test_deciding_on_what_is_not_missing_is_refused(northfield):
    by = northfield.people["coordinator"]
    with northfield.scope():
        with pytest.raises(TrainingError):
            override_training(mentor=northfield.mentor, reason="x", what=["refresher"], by=by)
        train(northfield.mentor)
        with pytest.raises(TrainingError):
            override_training(mentor=northfield.mentor, reason="x", by=by)
        assert TrainingOverride.objects.count() == 0


def test_the_mentor_sees_who_decided_what_and_why(northfield, sign_in):
    with northfield.scope():
        override_training(mentor=northfield.mentor, reason="Known for years", what=["code"], by=northfield.people["coordinator"])
    html = sign_in(northfield.people["mentor"]).get(url(northfield, "my_training")).content.decode()
    assert f"{northfield.people['coordinator'].name} decided on" in html
    assert "Known for years" in html


def test_the_form_asks_what_and_why_and_keeps_what_was_typed(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "override", northfield.mentor.pk)
    refused = client.post(page, {"reason": "Twenty years a mentor"})
    assert (refused.status_code, "Twenty years a mentor" in refused.content.decode()) == (422, True)
    client.post(page, {"what": ["code"], "reason": "Twenty years a mentor"})
    with northfield.scope():
        assert list(TrainingOverride.objects.values_list("what", flat=True)) == ["code"]


# Background checks, in words


@pytest.mark.parametrize(
    ("days_after_the_end", "words", "matchable"),
    [(10, "Background check valid to", True), (-1, "before any placement does", False), (None, "No background check", False)],
)
def test_the_background_check_is_judged_by_the_placements(northfield, sign_in, days_after_the_end, words, matchable):
    with northfield.scope():
        train(northfield.mentor)
        ends = northfield.placement.ends_on
        until = None if days_after_the_end is None else ends + timedelta(days=days_after_the_end)
        type(northfield.mentor).objects.filter(pk=northfield.mentor.pk).update(check_valid_until=until)
    client = sign_in(northfield.people["coordinator"])
    html = client.get(url(northfield, "mentor", northfield.mentor.pk)).content.decode()
    assert (words in html, "Can be matched: nothing is missing." in html) == (True, matchable)


# Hours


def test_hours_are_noted_on_a_page_once_for_two_presses(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "hours_add", northfield.mentor.pk)
    html = client.get(page).content.decode()
    token = html.split('name="token" value="')[1][:16]
    today = timezone.localdate().isoformat()
    data = {"kind": "refresher", "what": "Evening", "on": today, "minutes": "90", "token": token}
    wrong = client.post(page, data | {"minutes": "0"})
    assert (wrong.status_code, 'value="Evening"' in wrong.content.decode()) == (422, True)
    for _double_click in range(2):
        client.post(page, data)
    with northfield.scope():
        row = TrainingHours.objects.get()
        assert (row.kind, row.minutes, row.is_by_hand) == ("refresher", 90, True)
    client.post(url(northfield, "hours_remove", northfield.mentor.pk, row.pk))
    with northfield.scope():
        assert TrainingHours.objects.count() == 0


def test_hours_counted_from_attendance_are_not_removed_by_hand(northfield, sign_in):
    with northfield.scope():
        row = log_training_hours(
            membership=northfield.people["mentor"], kind="initial", minutes=60, on=timezone.localdate(), what="Evening",
            by=northfield.people["coordinator"], source="event:3",
        )  # fmt: skip
        other = make.MentorFactory(programme=northfield.programme)
    client = sign_in(northfield.people["coordinator"])
    client.post(url(northfield, "hours_remove", northfield.mentor.pk, row.pk))
    assert client.post(url(northfield, "hours_remove", other.pk, row.pk)).status_code == 404
    with northfield.scope():
        assert TrainingHours.objects.count() == 1


def test_pages_cost_the_same_with_much_on_them(northfield, sign_in):
    mentor, by = northfield.mentor, northfield.people["coordinator"]
    with northfield.scope():
        train(mentor, needs=[GATE])
    pages = [
        (by, url(northfield, "mentor", mentor.pk)),
        (mentor.membership, url(northfield, "my_training")),
    ]
    few = [count_queries(sign_in(who), page) for who, page in pages]
    with northfield.scope():
        for value in ("covered", "need", "covered", "need"):
            answer_again(mentor=mentor, aspect=GATE, value=value, how="read", by=mentor.membership)
        for _number in range(3):
            override_training(mentor=mentor, reason="x", by=by)
            withdraw_override(mentor=mentor, by=by)
            log_training_hours(membership=mentor.membership, kind="initial", minutes=5, on=timezone.localdate(), what="x", by=by)
    assert [count_queries(sign_in(who), page) for who, page in pages] == few
    assert max(few) <= MOST
