"""The strongest reasons for and against a pair, worked out for many pairs at once.

A reason is as strong as what it adds to (or takes from) the score, measured from the neutral 50.
"""

from typing import Any

import numpy as np

from . import axes
from .asked import asked, choice_reasons
from .candidates import Candidate, Facts, Names, Params, Sides, nothing, strongest
from .result import Reason
from .table import Array

MOST_FOR = 3
MOST_AGAINST = 2
FIRST = 1_000_000  # stronger than any weight: what a coordinator must not overlook


def tell_reasons(facts: Facts) -> tuple[list[tuple[Reason, ...]], list[tuple[Reason, ...]]]:
    """The strongest reasons for, and the strongest against, pair by pair."""
    sides = [
        _role(facts),
        _skills(facts),
        _goal(facts),
        _place(facts),
        _time(facts),
        _company(facts),
        *asked(facts),
        choice_reasons(facts),
    ]
    size = len(facts.view.rows)
    good = [one for side in sides for one in side[0]]
    bad = [_overridden(facts), *[one for side in sides for one in side[1]]]
    return strongest(good, MOST_FOR, size), strongest(bad, MOST_AGAINST, size)


# --- the candidates, axis by axis -----------------------------------------------------------


def _overridden(facts: Facts) -> Candidate:
    return Candidate(
        "training_overridden",
        np.where(facts.view.mentor("overridden"), FIRST, 0),
        nothing,
    )


def _role(facts: Facts) -> Sides:
    return _role_for(facts), _role_against(facts)


def _role_for(facts: Facts) -> list[Candidate]:
    student, mentor = facts.view.student("industry"), facts.view.mentor("industry")
    names, industry = facts.table.names["industry"], student.tolist()
    years = facts.view.mentor("years")
    year_list = years.tolist()
    strength = np.where((student == mentor) & (student >= 0), facts.share["role"] * (facts.axis["role"] - 50), 0)
    return [
        Candidate(
            "same_industry_years",
            np.where(years > 0, strength, 0),
            lambda pair: {"industry": names[industry[pair]], "years": year_list[pair]},
        ),
        Candidate(
            "same_industry",
            np.where(years > 0, 0, strength),
            lambda pair: {"industry": names[industry[pair]]},
        ),
    ]


def _role_against(facts: Facts) -> list[Candidate]:
    student, mentor = facts.view.student("industry"), facts.view.mentor("industry")
    names, theirs, own = facts.table.names["industry"], student.tolist(), mentor.tolist()
    differ = (student != mentor) & (student >= 0) & (mentor >= 0)
    return [
        Candidate(
            "other_industry",
            np.where(differ, facts.share["role"] * 50, 0),
            lambda pair: {
                "student_industry": names[theirs[pair]],
                "mentor_industry": names[own[pair]],
            },
        )
    ]


def _skills(facts: Facts) -> Sides:
    view, one = facts.view, facts.table.sets["skills"]
    wants, has = one.students[view.rows], one.mentors[view.columns]
    shared, wanted = (wants * has).sum(axis=1), wants.sum(axis=1)
    known = (wanted > 0) & (view.mentor_count("skills") > 0)
    lean = (100 * shared / np.maximum(wanted, 1) - 50) * facts.share["goals"] * 3 / 4
    covered, total = shared.astype(int).tolist(), wanted.astype(int).tolist()
    got, missing = Names(one.names, wants * has), Names(one.names, wants * (1 - has))

    def tell(names: Names) -> Params:
        return lambda pair: {
            "covered": covered[pair],
            "wanted": total[pair],
            "skills": names.of(pair),
        }

    return (
        [Candidate("skills_covered", np.where(known & (lean >= 0), lean + 1, 0), tell(got))],
        [Candidate("few_skills", np.where(known & (lean < 0), -lean, 0), tell(missing))],
    )


def _goal(facts: Facts) -> Sides:
    view, one = facts.view, facts.table.sets["goals"]
    if not one.names:
        return [], []
    goals, theirs = one.students[view.rows], one.mentors[view.columns]
    known = goals.any(axis=1) & theirs.any(axis=1)
    shared = (goals * theirs).any(axis=1)
    strength = facts.share["goals"] * 50 / 4
    both, own = Names(one.names, goals * theirs), Names(one.names, goals)
    return (
        [
            Candidate(
                "goal_shared",
                np.where(known & shared, strength, 0),
                lambda pair: {"goals": both.of(pair)},
            )
        ],
        [
            Candidate(
                "goal_not_shared",
                np.where(known & ~shared, strength, 0),
                lambda pair: {"goals": own.of(pair)},
            )
        ],
    )


def _place(facts: Facts) -> Sides:
    return _place_for(facts), _place_against(facts)


def _place_for(facts: Facts) -> list[Candidate]:
    view, names = facts.view, facts.table.names["town"]
    minutes = axes.minutes_apart(view)
    minute_list, town = minutes.tolist(), view.student("town").tolist()
    meet = axes.in_person(view)
    same = meet & (view.student("town") == view.mentor("town")) & axes.towns_known(view)
    near = meet & ~same & (minutes >= 0) & (minutes <= facts.settings.max_travel_minutes)
    both = view.student("online_only") & view.mentor("online_only")
    lean = facts.share["place"] * (facts.axis["place"] - 50)
    return [
        Candidate("same_town", np.where(same, lean, 0), lambda pair: {"town": names[town[pair]]}),
        Candidate("short_journey", np.where(near, lean, 0), lambda pair: {"minutes": minute_list[pair]}),
        Candidate("both_online", np.where(both, lean, 0), nothing),
    ]


def _place_against(facts: Facts) -> list[Candidate]:
    view, names = facts.view, facts.table.names["town"]
    minutes = axes.minutes_apart(view)
    minute_list = minutes.tolist()
    theirs, own = view.student("town").tolist(), view.mentor("town").tolist()
    meet, remote = axes.in_person(view), axes.online(view)
    known = axes.towns_known(view)
    far = meet & (minutes > facts.settings.max_travel_minutes)
    apart = meet & known & (minutes < 0)
    one_side = view.student("online_only") ^ view.mentor("online_only")
    share = facts.share["place"]

    def towns(pair: int) -> dict[str, Any]:
        return {"student_town": names[theirs[pair]], "mentor_town": names[own[pair]]}

    return [
        Candidate(
            "long_journey",
            np.where(far, np.where(remote, share * 10, share * 30), 0),
            lambda pair: {"minutes": minute_list[pair]},
        ),
        Candidate("online_contact", np.where(apart & remote, share * 10, 0), towns),
        Candidate("other_town", np.where(apart & ~remote, share * 30, 0), towns),
        Candidate("online_only", np.where(one_side & remote, share * 10, 0), nothing),
        Candidate("cannot_meet", np.where(~meet & ~remote, share * 50, 0), nothing),
    ]


def _time(facts: Facts) -> Sides:
    view, one = facts.view, facts.table.sets["slots"]
    free, theirs = one.students[view.rows], one.mentors[view.columns]
    known = free.any(axis=1) & theirs.any(axis=1)
    lean = np.where(known, facts.share["time"] * (facts.axis["time"] - 50), 0)
    both = Names(one.names, free * theirs)
    return (
        [Candidate("shared_slots", np.maximum(lean, 0), lambda pair: {"slots": both.of(pair)})],
        [Candidate("no_common_slot", np.maximum(-lean, 0), nothing)],
    )


def _company(facts: Facts) -> Sides:
    return _company_for(facts), _company_against(facts)


def _company_for(facts: Facts) -> list[Candidate]:
    view, share = facts.view, facts.share["compatibility"]
    channels, channel = facts.table.names["channel"], view.student("channel").tolist()
    same = (view.student("channel") == view.mentor("channel")) & (view.student("channel") >= 0)
    languages, interests = _both(facts, "languages"), _both(facts, "interests")
    return [
        Candidate(
            "same_channel",
            np.where(same, share * 25, 0),
            lambda pair: {"channel": channels[channel[pair]]},
        ),
        # One shared language is what everybody needs; a second one is a reason.
        Candidate(
            "shared_languages",
            np.where(view.shared("languages") > 1, share * 15, 0),
            lambda pair: {"languages": languages.of(pair)},
        ),
        Candidate(
            "shared_interests",
            np.where(view.shared("interests") > 0, share * 10, 0),
            lambda pair: {"interests": interests.of(pair)},
        ),
    ]


def _company_against(facts: Facts) -> list[Candidate]:
    view, share = facts.view, facts.share["compatibility"]
    names = facts.table.names["channel"]
    student, mentor = view.student("channel"), view.mentor("channel")
    theirs, own = student.tolist(), mentor.tolist()
    differ = (student != mentor) & (student >= 0) & (mentor >= 0)

    def none_shared(name: str) -> Array:
        return axes.both_answered(view, name) & (view.shared(name) == 0)

    return [
        Candidate(
            "other_channel",
            np.where(differ, share * 10, 0),
            lambda pair: {
                "student_channel": names[theirs[pair]],
                "mentor_channel": names[own[pair]],
            },
        ),
        Candidate(
            "no_common_language",
            np.where(none_shared("languages"), share * 15, 0),
            nothing,
        ),
        Candidate(
            "no_common_interest",
            np.where(none_shared("interests"), share * 6, 0),
            nothing,
        ),
    ]


def _both(facts: Facts, name: str) -> Names:
    view, one = facts.view, facts.table.sets[name]
    return Names(one.names, one.students[view.rows] * one.mentors[view.columns])
