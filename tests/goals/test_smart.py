from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.smart import LETTERS, assess

TODAY = date(2026, 10, 9)
PLACEMENT = {"start": date(2026, 10, 5), "end": date(2026, 12, 18)}
WHY = "So that the desk runs without me"


def codes(title, **given):
    """What each letter lacks, as a dict of letter to code; given a why, two steps and the placement's dates."""
    settings = {"why": WHY, "steps": 2, "today": TODAY, **PLACEMENT, **given}
    return {item.letter: item.code for item in assess(title, **settings).letters if not item.ok}


GOOD = [
    "Brief two colleagues on the new booking form by 27 November",
    "Build a sheet that totals the week’s bookings, by 4 December",
    "Be on time every day for four weeks",
    "Explain the stock system to a new colleague by the end of November",
    "Improve my typing from 30 to 40 words a minute by 20 November",
    "I want to answer ten customer calls on my own by 27/11/2026",
    "By 27 November I will write a one-page guide to the till",
    "Learn the names of twelve colleagues within three weeks",
    "Wire the test board three times without help by week 6",
    "Present my poster to the team before I leave",
    "Ask three people how they got into the trade, by Friday 20 November",
    "Thank Łukasz, Şebnem and Nguyễn Thị Hoà in three letters by 16 December",
    "🚀 Serve twenty guests by 30 November 🎉",
    "Prepare   four\u00a0trays by 1 December",
    "Solder the ten joints on the board by 13 November",
    "Writing the handover notes for four shifts by 13 November",
    "Arrive on time every day in November",
    "Do a presentation about my project to the department by 11 December",
    "Get a reference from my line manager by 11 December",
    "Update my CV and show it to Dafydd by 20 November",
    "Speak up at least once in every team meeting until 4 December",
    "Learn to weld a joint that passes inspection by 4 December",
    "Develop my customer service by answering ten calls by 4 December",
    "Draft two e-mails to suppliers by 13 November",
    "Frobnicate the three sprockets by 13 November",  # not in any word list, but plainly a verb with its object
]


@pytest.mark.parametrize("title", GOOD)
def test_good_goals_are_all_five(title):
    assert codes(title) == {}


@pytest.mark.parametrize(
    ("title", "missing"),
    [
        ("Get better at spreadsheets", {"S": "vague", "M": "no_measure", "T": "no_date"}),
        ("Learn about stock control by 27 November", {"S": "vague", "M": "no_measure"}),
        ("Improve my communication by 27 November", {"S": "vague", "M": "no_measure"}),
        ("Understand the ordering system by 27 November", {"S": "vague", "M": "no_measure"}),
        ("I want to feel more confident by 27 November", {"S": "vague", "M": "no_measure"}),
        ("Gain experience in retail by 27 November", {"S": "vague", "M": "no_measure"}),
        ("Become a better team player by 27 November", {"S": "vague", "M": "no_measure"}),
        ("Communicate better with customers by 27 November", {"S": "vague", "M": "no_measure"}),
        ("Work on three weaknesses by 27 November", {"S": "vague"}),
        ("Try my best by 27 November", {"S": "vague", "M": "no_measure"}),
        ("Master Excel by 27 November", {"S": "vague", "M": "no_measure"}),
        ("Help with customers by 27 November", {"S": "vague", "M": "no_measure"}),
        ("Manage my time better by 27 November", {"S": "vague", "M": "no_measure"}),
        ("Explain how to use the scanner by 27 November", {"M": "no_measure"}),
        ("Make a good impression by 27 November", {"S": "vague"}),
        ("Practise welding by 27 November", {"S": "vague", "M": "no_measure"}),
        ("Confidence", {"S": "no_verb", "M": "no_measure", "T": "no_date"}),
        ("Communication skills by 27 November", {"S": "no_verb", "M": "no_measure"}),
        ("The new booking form by 27 November", {"S": "no_verb", "M": "no_measure"}),
        ("Three spreadsheets by 27 November", {"S": "no_verb"}),
        ("Write by 27 November", {"S": "no_object", "M": "no_measure"}),
        ("Write some stuff by 27 November", {"S": "no_object", "M": "no_measure"}),
        ("Use the till by 27 November", {"M": "no_measure"}),
        ("Reach Level 3 in welding by 27 November", {"M": "no_measure"}),
        ("Thank one of the team by 27 November", {"M": "no_measure"}),
        ("Brief two colleagues on the new booking form", {"T": "no_date"}),
        ("Brief two colleagues every Friday", {"T": "no_date"}),
        ("Brief two colleagues by 31 November", {"T": "impossible_date"}),
        ("Brief two colleagues by 3 January", {"T": "after_end"}),
        ("Brief two colleagues by 6 October", {"T": "past"}),
        ("Never make two mistakes until 27 November", {"S": "negative", "A": "out_of_reach"}),
        ("Write a perfect report by 27 November", {"A": "out_of_reach"}),
        ("", {"S": "empty", "M": "no_measure", "T": "no_date"}),
        ("   ", {"S": "empty", "M": "no_measure", "T": "no_date"}),
        ("🙂🙂", {"S": "empty", "M": "no_measure", "T": "no_date"}),
        ("by 27 November", {"S": "empty", "M": "no_measure"}),
        ("Write a report about it " + "and about it again " * 12 + "by 27 November", {"S": "too_long"}),
        ("ж" * 300, {"M": "no_measure", "T": "no_date"}),
    ],
)
def test_what_is_missing_is_told(title, missing):
    assert codes(title) == missing


@pytest.mark.parametrize(
    ("measure", "missing"),
    [
        ("", {"M": "no_measure"}),
        ("!!", {"M": "no_measure"}),
        ("I will feel happier with it", {"M": "feeling"}),
        ("I'll know", {"M": "feeling"}),
        ("It works", {"M": "feeling"}),
        ("My line manager watches two sales", {}),
        ("A signed checklist", {}),
        ("Ten sales", {}),
        ("The drawer adds up at closing time", {}),
    ],
)
def test_the_measure_counts_when_others_could_see_it(measure, missing):
    assert codes("Use the till by 27 November", measure=measure) == missing


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"why": ""}, {"R": "no_why"}),
        ({"why": "…"}, {"R": "no_why"}),
        ({"why": "dunno"}, {"R": "weak_why"}),
        ({"why": "Because I have to."}, {"R": "weak_why"}),
        ({"why": "My tutor said so"}, {"R": "weak_why"}),
        ({"why": "It’s important"}, {"R": "weak_why"}),
        ({"why": "I want to run the desk alone"}, {}),
        ({"why": "", "objective": "Handle customer bookings"}, {}),
        ({"steps": 0}, {"A": "no_steps"}),
        ({"steps": 1}, {}),
    ],
)
def test_why_objective_and_steps(given, missing):
    assert codes("Brief two colleagues on the new booking form by 27 November", **given) == missing


def test_a_reason_in_the_title_counts():
    assert codes("Brief two colleagues by 27 November so that I can leave at five", why="") == {}


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"due": date(2026, 11, 27)}, {}),
        ({"due": date(2026, 10, 8)}, {"T": "past"}),
        ({"due": date(2026, 12, 19)}, {"T": "after_end"}),
        ({"due": date(2026, 12, 18)}, {}),
        ({"due": date(2026, 10, 9), "steps": 1}, {}),
        ({"due": date(2026, 10, 9), "steps": 2}, {"A": "too_little_time"}),
        ({"due": date(2026, 9, 30), "set_on": date(2026, 9, 28)}, {"T": "before_start"}),
        ({"due": date(2030, 1, 1), "start": None, "end": None}, {}),
    ],
)
def test_the_date_chosen(given, missing):
    assert codes("Brief two colleagues", **given) == missing


def test_a_date_chosen_that_contradicts_the_words_is_told():
    title = "Brief two colleagues by 27 November"
    assert codes(title, due=date(2026, 12, 4)) == {"T": "dates_differ"}
    assert codes(title, due=date(2026, 11, 27)) == {}
    assert codes("Prepare two stalls for the fair on 5 December", due=date(2026, 12, 4)) == {}


def test_a_goal_already_running_is_not_blamed_for_the_passing_of_time():
    title, later = "Brief two colleagues by Friday", date(2026, 12, 1)
    running = assess(title, why=WHY, steps=2, today=later, set_on=TODAY, **PLACEMENT)
    assert (running.ok, running.due) == (True, date(2026, 10, 16))
    assert assess(title, why=WHY, steps=2, today=later, **PLACEMENT).due == date(2026, 12, 4)


def test_the_letters_come_in_order_with_one_piece_of_advice():
    found = assess("Get better at spreadsheets", steps=1, today=TODAY, **PLACEMENT)
    assert [item.letter for item in found.letters] == list(LETTERS)
    assert found.missing == ("S", "M", "R", "T")
    assert found.advice == found["S"]
    assert found["S"].hint == "What will you do that someone could watch?"
    assert found["M"].hint == "What would you show someone to prove it?"
    assert found["M"].example == "Build a sheet that totals the week’s bookings, by 30 October"
    assert (found["A"].ok, found["A"].code, found["A"].hint, found["A"].example) == (True, "", "", "")


def test_nothing_to_advise_when_all_is_well():
    found = assess(GOOD[0], why=WHY, steps=2, today=TODAY, **PLACEMENT)
    assert (found.ok, found.missing, found.advice, found.due) == (True, (), None, date(2026, 11, 27))


@given(
    title=st.text(max_size=300),
    measure=st.text(max_size=300),
    why=st.text(max_size=300),
    due=st.none() | st.dates(),
    start=st.none() | st.dates(),
    end=st.none() | st.dates(),
    steps=st.integers(0, 50),
    today=st.dates(),
)
def test_any_input_gives_the_same_five_letters_twice(title, **given):
    first, second = assess(title, **given), assess(title, **given)
    assert first == second
    assert [item.letter for item in first.letters] == list(LETTERS)
    assert all(bool(item.code) == bool(item.hint) == (not item.ok) for item in first.letters)
    assert not any(item.ok and item.example for item in first.letters)


WORDS = (
    *("by", "in", "on", "the", "a", "two", "27", "november", "may", "friday", "week", "3", "end", "of", "my", "placement"),
    *("write", "get", "better", "at", "learn", "about", "every", "so", "that", "31/11", "within", "weeks", "for", "never"),
    *("Łukasz", "🙂", "-", ",", ".", "2026-02-30", "christmas"),
)


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join), st.dates())
def test_words_of_the_kind_people_write_never_break_it(title, today):
    assert assess(title, today=today) == assess(title, today=today)
