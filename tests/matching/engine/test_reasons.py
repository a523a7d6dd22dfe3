"""Each reason appears when its fact holds, with its values, and the strongest come first."""

from string import Formatter

import pytest

from matching.engine import (
    CODES,
    REASONS_AGAINST,
    REASONS_FOR,
    Criterion,
    Reason,
    Settings,
    Weights,
    score_pair,
    solve,
)
from tests.matching.engine.people import mentor, student


def names(*given):
    return frozenset(given)


TRAVEL = Settings(
    travel_minutes={("Leeds", "York"): 35, ("Leeds", "Hull"): 75},
    rank_weight=20,
    criteria=(
        Criterion("tools", "goals", "overlap", label="Tools"),
        Criterion("pace", "compatibility", "near", label="Pace of work"),
        Criterion("first", "compatibility", "wish", label="First in the family"),
    ),
)
FOR = {
    "same_industry": (
        {"industry": "law"},
        {"industry": "Law "},
        {"industry": "Law"},
    ),
    "same_industry_years": (
        {"industry": "health"},
        {"industry": "health", "years_experience": 14},
        {"industry": "health", "years": 14},
    ),
    "skills_covered": (
        {"wants": names("sql", "python", "design")},
        {"skills": names("python", "SQL", "testing")},
        {"covered": 2, "wanted": 3, "skills": ("python", "SQL")},
    ),
    "goal_shared": (
        {"goals": names("university")},
        {"goals": names("university", "own business")},
        {"goals": ("university",)},
    ),
    "same_town": ({"town": "Leeds"}, {"town": "Leeds"}, {"town": "Leeds"}),
    "short_journey": ({"town": "York"}, {"town": "Leeds"}, {"minutes": 35}),
    "both_online": ({"online_only": True}, {"online_only": True}, {}),
    "shared_slots": (
        {"availability": names("Mon am", "Tue am")},
        {"availability": names("Tue am", "Fri pm")},
        {"slots": ("Tue am",)},
    ),
    "same_channel": ({"channel": "phone"}, {"channel": "phone"}, {"channel": "phone"}),
    "shared_languages": (
        {"languages": names("English", "Welsh")},
        {"languages": names("English", "Welsh", "Polish")},
        {"languages": ("English", "Welsh")},
    ),
    "shared_interests": (
        {"interests": names("chess")},
        {"interests": names("chess")},
        {"interests": ("chess",)},
    ),
    "answer_shared": (
        {"answers": {"tools": names("CAD", "lathe", "mill")}},
        {"answers": {"tools": names("cad", "lathe", "saw")}},
        {"label": "Tools", "answers": ("CAD", "lathe")},
    ),
    "chose_each_other": ({"ranks": (2,)}, {"ranks": (5, 1)}, {}),
    "student_chose": ({"ranks": (7, 2)}, {}, {"rank": 2}),
    "mentor_chose": ({}, {"ranks": (1,)}, {"rank": 1}),
    "answer_close": ({"answers": {"pace": 2}}, {"answers": {"pace": 3}}, {"label": "Pace of work"}),
}
AGAINST = {
    "training_overridden": ({}, {"trained": False, "training_overridden": True}, {}),
    "other_industry": (
        {"industry": "health"},
        {"industry": "media"},
        {"student_industry": "health", "mentor_industry": "media"},
    ),
    "few_skills": (
        {"wants": names("cad", "python", "design")},
        {"skills": names("cad")},
        {"covered": 1, "wanted": 3, "skills": ("design", "python")},
    ),
    "goal_not_shared": (
        {"goals": names("university")},
        {"goals": names("own business")},
        {"goals": ("university",)},
    ),
    "long_journey": ({"town": "Leeds"}, {"town": "Hull"}, {"minutes": 75}),
    "online_contact": (
        {"town": "Halifax"},
        {"town": "Hull"},
        {"student_town": "Halifax", "mentor_town": "Hull"},
    ),
    "online_only": ({"online_only": True}, {"town": "Hull"}, {}),
    "other_town": (
        {"town": "Halifax", "online_ok": False},
        {"town": "Hull"},
        {"student_town": "Halifax", "mentor_town": "Hull"},
    ),
    "cannot_meet": ({"online_only": True}, {"online_ok": False}, {}),
    "no_common_slot": (
        {"availability": names("Mon am")},
        {"availability": names("Tue am")},
        {},
    ),
    "other_channel": (
        {"channel": "phone"},
        {"channel": "chat"},
        {"student_channel": "phone", "mentor_channel": "chat"},
    ),
    "no_common_language": (
        {"languages": names("Welsh")},
        {"languages": names("Polish")},
        {},
    ),
    "no_common_interest": ({"interests": names("chess")}, {"interests": names("art")}, {}),
    "answer_differs": ({"answers": {"tools": names("saw")}}, {"answers": {"tools": names("cad")}}, {"label": "Tools"}),
    "student_chose_others": ({"ranks": (7,)}, {}, {}),
    "mentor_chose_others": ({}, {"ranks": (7,)}, {}),
}


def test_every_reason_has_a_case():
    assert set(FOR) == set(REASONS_FOR)
    assert set(AGAINST) | {"lock_despite"} == set(REASONS_AGAINST)


@pytest.mark.parametrize("code", FOR)
def test_a_reason_for(code):
    left, right, params = FOR[code]
    found = score_pair(student(1, **left), mentor(2, **right), TRAVEL)
    assert found.reasons_for == (Reason(code, params),)
    assert found.reasons_against == ()
    assert found.score > 50


@pytest.mark.parametrize("code", AGAINST)
def test_a_reason_against(code):
    left, right, params = AGAINST[code]
    found = score_pair(student(1, **left), mentor(2, **right), TRAVEL)
    assert found.reasons_against == (Reason(code, params),)
    assert found.reasons_for == ()
    assert found.score <= 50


@pytest.mark.parametrize("code", [*FOR, *AGAINST])
def test_the_words_name_every_value(code):
    params = {**FOR, **AGAINST}[code][2]
    assert {name for _, name, _, _ in Formatter().parse(CODES[code]) if name} == set(params)


def merged(table, side):
    return {key: value for case in table.values() for key, value in case[side].items()}


def test_the_three_strongest_and_the_two_strongest_against():
    """Everything at once: what weighs most is told, the coordinator's exception before all."""
    wanted = student(
        1,
        **merged({k: FOR[k] for k in ("same_industry_years", "same_town", "shared_slots")}, 0),
        channel="phone",
        interests=names("chess"),
    )
    given = mentor(
        2,
        **merged({k: FOR[k] for k in ("same_industry_years", "same_town", "shared_slots")}, 1),
        channel="chat",
        interests=names("art"),
        trained=False,
        training_overridden=True,
    )
    found = score_pair(wanted, given)
    assert [one.code for one in found.reasons_for] == [
        "same_industry_years",
        "same_town",
        "shared_slots",
    ]
    assert [one.code for one in found.reasons_against] == ["training_overridden", "other_channel"]
    place_first = score_pair(wanted, given, Settings(weights=Weights(1, 1, 50, 1, 1)))
    assert place_first.reasons_for[0].code == "same_town"
    no_place = score_pair(wanted, given, Settings(weights=Weights(1, 0, 0, 0, 0)))
    assert [one.code for one in no_place.reasons_for] == ["same_industry_years"]


def test_a_run_tells_the_same_reasons_as_the_single_pair():
    people = [student(k, **case[0]) for k, case in enumerate([*FOR.values(), *AGAINST.values()])]
    others = [mentor(k, **case[1]) for k, case in enumerate([*FOR.values(), *AGAINST.values()])]
    result = solve(people, others, TRAVEL)
    assert len(result.matches) >= len(FOR)
    for match in result.matches:
        alone = score_pair(people[match.student_id], others[match.mentor_id], TRAVEL)
        assert (match.score, match.points, match.axes) == (alone.score, alone.points, alone.axes)
        assert match.reasons_for == alone.reasons_for
        assert match.reasons_against == alone.reasons_against


def test_the_best_alternative_and_its_least_cost():
    """Student 2 could have mentor 10 (100, not 68); student 1 would then fall from 88 to 36."""
    weights = Settings(weights=Weights(1, 0, 0, 0, 0))
    people = [student(1, industry="a"), student(2, industry="a")]
    others = [
        mentor(10, industry="a", years_experience=10),
        mentor(11, industry="a", years_experience=2),
        mentor(12, industry="b"),
    ]
    result = solve(people, others, weights)
    assert result.total == 16_800
    by_mentor = {one.mentor_id: one for one in result.matches}
    strong, weak = by_mentor[10].alternative, by_mentor[11].alternative
    assert (strong.mentor_id, strong.score, strong.difference, strong.full) == (11, 68, 32, True)
    assert (weak.mentor_id, weak.score, weak.difference, weak.full) == (10, 100, -32, True)
    assert (strong.costs_at_least, weak.costs_at_least) == (0, 0)  # they would only swap
    assert not strong.loses_a_student and not weak.loses_a_student
    lone = solve(people[:1], others[1:], weights).matches[0].alternative
    assert (lone.mentor_id, lone.difference, lone.costs_at_least, lone.full) == (12, 68, 68, False)


@pytest.mark.parametrize("seed", range(4))
def test_what_an_alternative_costs_and_a_place_is_worth_against_solving_again(seed):
    import random

    pick = random.Random(seed)
    words = ["a", "b", "c", "d", "e", "f"]
    people = [
        student(k, industry=pick.choice("xy"), wants=names(*pick.sample(words, 3)), online_ok=False, town=pick.choice("PQ"))
        for k in range(12)
    ]
    others = [
        mentor(
            k,
            industry=pick.choice("xy"),
            skills=names(*pick.sample(words, 3)),
            town=pick.choice("PQ"),
            capacity=pick.randint(1, 3),
        )
        for k in range(6)
    ]
    settings = Settings(require_reachable=True)
    result = solve(people, others, settings)
    for match in result.matches:
        if match.alternative is None:
            continue
        again = solve(people, others, settings, [(match.student_id, match.alternative.mentor_id)])
        fewer = len(result.matches) - len(again.matches)
        assert fewer >= int(match.alternative.loses_a_student)
        if fewer == 0:
            assert result.total - again.total >= 100 * match.alternative.costs_at_least
    for full in result.full_mentors:
        more = [
            mentor(m.id, industry=m.industry, skills=m.skills, town=m.town, capacity=m.capacity + (m.id == full.mentor_id))
            for m in others
        ]
        again = solve(people, more, settings)
        gained = (len(again.matches) - len(result.matches), again.total - result.total)
        assert (full.more_matched, full.more_points) == gained
