"""Invented people for the engine's tests: by hand, and drawn by hypothesis."""

from datetime import date

from hypothesis import strategies as st

from matching.engine import AXES, Criterion, Mentor, Settings, Student, Weights

LATE = date(2030, 1, 1)


def student(key, **given):
    return Student(id=key, **given)


def mentor(key, **given):
    """Trained and checked unless said otherwise."""
    return Mentor(id=key, **{"trained": True, "check_valid_until": LATE, **given})


INDUSTRIES = ("", "digital", "health", " Digital ")
TOWNS = ("", "Leeds", "Hull", "York", "leeds ")
DAYS = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 1, 6)))


def some(*names):
    return st.frozensets(st.sampled_from(names), max_size=4)


SIDES = {
    "industry": st.sampled_from(INDUSTRIES),
    "town": st.sampled_from(TOWNS),
    "channel": st.sampled_from(("", "chat", "phone")),
    "online_ok": st.booleans(),
    "seniority": st.sampled_from([None, 0, 1, 2]),
    "online_only": st.booleans(),
    "languages": some("English", "english ", "Polish", "Welsh", ""),
    "interests": some("chess", "music", "football"),
    "goals": some("university", "apprenticeship"),
    "availability": some("Mon am", "Mon pm", "Tue am", "Fri pm"),
    "answers": st.fixed_dictionaries(
        {},
        optional={
            "listed": some("a", "b", "c", " A"),
            "one": some("x", "y"),
            "scale": st.sampled_from([0, 1, 2.5, -3, 1e308, None]),
            "times": some("Mon am", "Tue am", "Wed am", "Thu am"),
            "not asked": some("z"),
        },
    ),
    "wishes": st.fixed_dictionaries({}, optional={"wished": some("first", "second")}),
    "background": st.fixed_dictionaries({}, optional={"wished": some("first", "SECOND", "third")}),
}
ASKED = {"listed": "overlap", "one": "same", "scale": "near", "times": "slots", "wished": "wish"}
SKILLS = some("python", "testing", "sql", "SQL", "teamwork", "design")


@st.composite
def cases(draw, most_students=7, most_mentors=5):
    """Students, mentors, settings and forbidden pairs, with everything that can be odd."""
    keys = range(draw(st.integers(0, most_students)))
    others = range(100, 100 + draw(st.integers(0, most_mentors)))
    of_mentor = st.frozensets(st.sampled_from(list(others) or [99]), max_size=1)
    of_student = st.frozensets(st.sampled_from(list(keys) or [-1]), max_size=1)
    choosing = draw(st.booleans())
    some_mentors = st.lists(st.sampled_from([*others, 999]), max_size=3 * choosing).map(tuple)
    some_students = st.lists(st.sampled_from([*keys, -9]), max_size=3 * choosing).map(tuple)
    emails = st.frozensets(st.sampled_from([f"m{k}@x.example" for k in others] or ["a@b.example"]))
    students = []
    for key in keys:
        start, end = sorted([draw(DAYS), draw(DAYS)], key=lambda day: day or date.min)
        students.append(
            draw(
                st.builds(
                    Student,
                    id=st.just(key),
                    wants=SKILLS,
                    line_manager_emails=emails if draw(st.booleans()) else st.just(frozenset()),
                    line_manager_ids=of_mentor,
                    excluded_mentors=of_mentor,
                    declared_conflicts=of_mentor,
                    ranks=some_mentors,
                    placement_start=st.just(start),
                    placement_end=st.just(end),
                    **SIDES,
                )
            )
        )
    mentors = [
        draw(
            st.builds(
                Mentor,
                id=st.just(key),
                capacity=st.integers(0, 3),
                years_experience=st.one_of(st.none(), st.integers(0, 30)),
                skills=SKILLS,
                email=st.sampled_from([f"M{key}@x.example ", ""]),
                trained=st.sampled_from([True, True, False]),
                training_overridden=st.booleans(),
                check_valid_until=DAYS,
                excluded_students=of_student,
                declared_conflicts=of_student,
                ranks=some_students,
                **SIDES,
            )
        )
        for key in others
    ]
    settings = draw(settings_strategy())
    pairs = st.tuples(st.sampled_from(list(keys) or [-1]), st.sampled_from(list(others) or [99]))
    forbidden = draw(st.frozensets(pairs, max_size=3)) if keys and others else frozenset()
    return students, mentors, settings, forbidden


@st.composite
def criteria(draw):
    """Some of the questions, anywhere and anyhow."""
    return tuple(
        Criterion(
            key,
            draw(st.sampled_from(AXES)),
            kind,
            weight=draw(st.sampled_from([0, 0.25, 1, 3, 100])),
            label=draw(st.sampled_from(["", f"Question {key}"])),
            hard=kind != "wish" and draw(st.sampled_from([False, False, True])),
            span=draw(st.sampled_from([0.5, 4, 7])),
        )
        for key, kind in ASKED.items()
        if draw(st.booleans())
    )


def settings_strategy():
    weights = st.builds(Weights, *[st.sampled_from([0, 1, 30, 0.5])] * 4, st.just(1))
    minutes = st.integers(0, 120)
    journeys = st.dictionaries(st.sampled_from([("Leeds", "York"), ("Hull", "Leeds"), ("york", "LEEDS")]), minutes)
    return st.builds(
        Settings,
        weights=weights,
        rank_weight=st.sampled_from([0, 0, 0.5, 20]),
        seniority=st.sampled_from(["", "", "peer", "reverse"]),
        require_ranked=st.sampled_from([False, False, True]),
        criteria=st.one_of(st.just(()), criteria()),
        require_training=st.booleans(),
        require_background_check=st.booleans(),
        require_common_language=st.booleans(),
        require_common_slot=st.booleans(),
        require_reachable=st.booleans(),
        max_travel_minutes=st.sampled_from([1, 45, 60]),
        travel_minutes=journeys,
        minimum_score=st.sampled_from([0, 0, 40]),
        students_per_group=st.sampled_from([None, None, 1, 0]),
        check_from=DAYS,
    )
