"""The engine's codes in words people use. Each function takes a code and its parameters and answers one translated phrase.

Parameters come from the engine or from JSON. ``names``: participant id -> name, for parameters that name a mentor.
"""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.words import day

from .engine import FOR_COORDINATORS, REASONS_FOR
from .fit import FIT_AXES

_DAYS = {
    "mon": {"am": lambda: _("Monday mornings"), "pm": lambda: _("Monday afternoons"), "eve": lambda: _("Monday evenings")},
    "tue": {"am": lambda: _("Tuesday mornings"), "pm": lambda: _("Tuesday afternoons"), "eve": lambda: _("Tuesday evenings")},
    "wed": {"am": lambda: _("Wednesday mornings"), "pm": lambda: _("Wednesday afternoons"), "eve": lambda: _("Wednesday evenings")},
    "thu": {"am": lambda: _("Thursday mornings"), "pm": lambda: _("Thursday afternoons"), "eve": lambda: _("Thursday evenings")},
    "fri": {"am": lambda: _("Friday mornings"), "pm": lambda: _("Friday afternoons"), "eve": lambda: _("Friday evenings")},
    "sat": {"am": lambda: _("Saturday mornings"), "pm": lambda: _("Saturday afternoons"), "eve": lambda: _("Saturday evenings")},
    "sun": {"am": lambda: _("Sunday mornings"), "pm": lambda: _("Sunday afternoons"), "eve": lambda: _("Sunday evenings")},
}  # fmt: skip
_IN_WEEK = {slot: place for place, slot in enumerate(f"{one} {half}" for one in _DAYS for half in ("am", "pm", "eve"))}
SLOTS_MOST = 3
NAMES_MOST = 4


def listing(items) -> str:
    """ "a", "a and b", "a, b and c"."""
    items = [str(one) for one in items]
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s and %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}


def some(names) -> str:
    """Names in a line of text: all of them, of many the first two and how many more."""
    names = list(names)
    if len(names) <= NAMES_MOST:
        return listing(names)
    more = len(names) - 2
    return ngettext("%(names)s and %(n)d other", "%(names)s and %(n)d others", more) % {"names": ", ".join(names[:2]), "n": more}


def others(person, people) -> str:
    """Who is with a participant, for a letter: all by name, of many those across the table and how many more."""
    rest = [one for one in people if one != person]
    if len(rest) <= NAMES_MOST:
        return listing(one.name for one in rest)
    across = [one.name for one in rest if one.side != person.side][:2]
    more = len(rest) - len(across)
    return ngettext("%(names)s and %(n)d other", "%(names)s and %(n)d others", more) % {"names": ", ".join(across), "n": more}


def slot(text) -> str:
    """ "tue am" -> "Tuesday mornings"; what is not such a slot stays as it is."""
    one, _blank, half = text.strip().casefold().partition(" ")
    words = _DAYS.get(one[:3], {}).get(half)
    return words() if words else text


def slots(texts) -> str:
    """Weekly slots in the order of the week, the first few."""
    in_order = sorted(texts, key=lambda text: (_IN_WEEK.get(text.strip().casefold(), 99), text))
    return listing(slot(text) for text in in_order[:SLOTS_MOST])


def axis_labels() -> dict[str, str]:
    """Axis key -> a word short enough to stand under a bar."""
    return {"role": _("Role"), "goals": _("Goals"), "place": _("Place"), "time": _("Time"), "compatibility": _("Fit"), "choice": _("Order")}


def axes(values) -> list[tuple[str, int]]:
    """Scores of the axes as (label, value), in the order they are always shown."""
    return [(label, values[key]) for key, label in axis_labels().items() if key in values]


def axis_names() -> dict[str, str]:
    """Axis key -> its name in full."""
    return {axis.key: str(axis.label) for axis in FIT_AXES}


# --- for and against --------------------------------------------------------------------------

_REASONS = {
    "same_industry": lambda p: _("same line of work: %(industry)s") % p,
    "same_industry_years": lambda p: ngettext(
        "same line of work (%(industry)s), %(years)d year in it", "same line of work (%(industry)s), %(years)d years in it", p["years"]
    ) % p,
    "skills_covered": lambda p: (
        _("can help with %(names)s") if p["covered"] == p["wanted"] else _("can help with %(covered)d of %(wanted)d skills: %(names)s")
    ) % {**p, "names": listing(p["skills"])},
    "goal_shared": lambda p: _("knows the way to: %(goals)s") % {"goals": listing(p["goals"])},
    "same_town": lambda p: _("both in %(town)s") % p,
    "short_journey": lambda p: ngettext("%(minutes)d minute apart", "%(minutes)d minutes apart", p["minutes"]) % p,
    "both_online": lambda _p: _("both prefer to meet online"),
    "shared_slots": lambda p: _("both free on %(slots)s") % {"slots": slots(p["slots"])},
    "same_channel": lambda p: _("both like to keep in touch by %(channel)s") % {"channel": channel(p["channel"])},
    "shared_languages": lambda p: _("both speak %(languages)s") % {"languages": listing(p["languages"])},
    "shared_interests": lambda p: _("both like %(interests)s") % {"interests": listing(p["interests"])},
    "answer_shared": lambda p: _("“%(label)s”: both say %(answers)s") % {**p, "answers": listing(slot(text) for text in p["answers"])},
    "answer_close": lambda p: _("“%(label)s”: close to each other") % p,
    "chose_each_other": lambda _p: _("they chose each other"),
    "student_chose": lambda p: _("the student’s first choice") if p["rank"] == 1 else _("number %(rank)d on the student’s list") % p,
    "mentor_chose": lambda p: _("the mentor’s first choice") if p["rank"] == 1 else _("number %(rank)d on the mentor’s list") % p,
    "training_overridden": lambda _p: _("training is not complete; you made an exception"),
    "lock_despite": lambda p: _("paired by hand, although %(rule)s") % {"rule": rule(p["rule"])},
    "other_industry": lambda p: _("works in %(mentor_industry)s, the student in %(student_industry)s") % p,
    "few_skills": lambda p: (
        _("cannot help with %(names)s") if p["covered"] == 0 else _("can help with only %(covered)d of %(wanted)d skills, not with %(names)s")
    ) % {**p, "names": listing(p["skills"])},
    "goal_not_shared": lambda p: _("other experience than the goal “%(goals)s”") % {"goals": listing(p["goals"])},
    "long_journey": lambda p: ngettext("%(minutes)d minute apart", "%(minutes)d minutes apart", p["minutes"]) % p,
    "online_contact": lambda p: _("%(student_town)s and %(mentor_town)s: would mostly meet online") % p,
    "online_only": lambda _p: _("one of them meets online only"),
    "other_town": lambda p: _("%(student_town)s and %(mentor_town)s, and not both can meet online") % p,
    "cannot_meet": lambda _p: _("one meets online only, the other in person only"),
    "no_common_slot": lambda _p: _("never free at the same time"),
    "other_channel": lambda p: _("the student prefers %(student)s, the mentor %(mentor)s")
    % {"student": channel(p["student_channel"]), "mentor": channel(p["mentor_channel"])},
    "no_common_language": lambda _p: _("no shared language"),
    "no_common_interest": lambda _p: _("no shared interests"),
    "student_chose_others": lambda _p: _("the student chose others"),
    "mentor_chose_others": lambda _p: _("the mentor chose others"),
    "answer_differs": lambda p: _("“%(label)s”: they answer differently") % p,
}  # fmt: skip


def reason(code, params) -> str:
    """A reason for or against a pair, as a phrase."""
    return _REASONS[code](params)


def phrases(found) -> list[str]:
    """The engine's own reasons as phrases."""
    return [reason(one.code, one.params) for one in found]


def reasons(items) -> list[str]:
    """Stored reasons ([{"code", "params"}]) as phrases."""
    return [reason(item["code"], item["params"]) for item in items]


# What somebody chose is told to nobody they might be matched with: not even that both did.
_FOR_BOTH = REASONS_FOR.keys() - FOR_COORDINATORS - {"chose_each_other"}


def reasons_as_sentences(items) -> list[str]:
    """Reasons for, fit for both people to read: each a short sentence."""
    return [as_sentence(reason(item["code"], item["params"])) for item in items if item["code"] in _FOR_BOTH]


def channel(name) -> str:
    return {
        "video": _("video call"),
        "phone": _("phone"),
        "chat": _("chat"),
        "in person": _("meeting in person"),
        "email": _("e-mail"),
    }.get(name.strip().casefold(), name)


def as_sentence(phrase) -> str:
    """A phrase with a capital and a full stop."""
    return phrase[:1].upper() + phrase[1:] + ("" if phrase.endswith((".", "?", "!")) else ".")


# --- hard rules -------------------------------------------------------------------------------

_RULES = {
    "no_places": lambda: _("the mentor has no place left"),
    "not_trained": lambda: _("the mentor’s training is not complete"),
    "mentor_kept_out": lambda: _("the mentor is kept out of this run"),
    "check_missing": lambda: _("the mentor has no background check"),
    "check_too_short": lambda: _("the mentor’s background check ends before the placement does"),
    "line_manager": lambda: _("the mentor is the student’s line manager"),
    "excluded": lambda: _("these two must not be matched"),
    "declared_conflict": lambda: _("a conflict of interest was declared"),
    "forbidden": lambda: _("this pair was removed, declined, not answered or ended before, or one of them said “not this one”"),
    "no_shared_language": lambda: _("they share no language"),
    "no_shared_slot": lambda: _("they are never free at the same time"),
    "out_of_reach": lambda: _("they are in different towns and the rules ask for the same one"),
    "not_senior": lambda: _("the mentor is not further on than the student"),
    "not_junior": lambda: _("the mentor is not junior to the student"),
    "criterion_failed": lambda: _("they differ on a question that has to agree"),
    "not_ranked": lambda: _("one of them chose others only"),
    "below_minimum": lambda: _("the score is below your minimum"),
}


def rule(code) -> str:
    """A hard rule that a pair breaks, as half a sentence."""
    return _RULES[code]()


# --- why nobody, and what would change it -----------------------------------------------------

REMOVED_BY_HAND = "removed_by_hand"  # ours, not the engine's: the coordinator took the proposal away
CAME_BACK = "came_back"  # a proposal was out and came to nothing
LEFT_OUT = "left_out"  # something changed before the proposal went out
NOT_YET_RUN = "not_yet_run"  # the draft was begun by hand; the engine has not looked at this student

_UNMATCHED = {
    REMOVED_BY_HAND: ("", lambda: _("you removed the proposal"), lambda _p: _("The proposal was removed. Choose somebody else, or match again.")),
    CAME_BACK: (
        "warn",
        lambda: _("back after a suggestion"),
        lambda _p: _("A suggestion came to nothing. Match again, or choose somebody else."),
    ),
    LEFT_OUT: (
        "warn",
        lambda: _("left out when publishing"),
        lambda _p: _("Something had changed before the proposal went out. Choose somebody else, or match again."),
    ),
    NOT_YET_RUN: ("", lambda: _("not matched yet"), lambda _p: _("Matching has not run since this student started looking.")),
    "kept_out": ("", lambda: _("kept out of this run"), lambda _p: _("Kept out of this run.")),
    "no_mentors": ("bad", lambda: _("there are no mentors"), lambda _p: _("There are no mentors in this programme yet.")),
    "no_place_left": (
        "warn",
        lambda: _("no place left"),
        lambda p: ngettext(
            "One mentor would fit, and has no place left.", "%(mentors)d mentors would fit, and all their places are taken.", p["mentors"]
        ) % p,
    ),
    "nobody_else": ("warn", lambda: _("nobody else fits"), lambda _p: _("No other mentor would fit.")),
    "no_group": (
        "warn",
        lambda: _("no group large enough"),
        lambda p: ngettext(
            "One mentor would fit, and leads no group of at least %(least)d.",
            "%(mentors)d mentors would fit, and lead no group of at least %(least)d that has a place.",
            p["mentors"],
        ) % p,
    ),
    "nobody_senior": ("warn", lambda: _("nobody further on"), lambda _p: _("Nobody who would fit is further on than they are.")),
    "nobody_junior": ("warn", lambda: _("nobody junior to them"), lambda _p: _("Nobody who would fit is junior to them.")),
    "nobody_has_places": ("warn", lambda: _("no mentor who fits has places"), lambda _p: _("Nobody who would fit has a place to give.")),
    "nobody_trained": ("warn", lambda: _("training not complete"), lambda _p: _("Nobody who would fit has completed the training.")),
    "nobody_in_run": ("", lambda: _("mentors kept out"), lambda _p: _("Everybody who would fit is kept out of this run.")),
    "no_check": ("warn", lambda: _("no background check"), lambda _p: _("Nobody who would fit has a background check.")),
    "checks_too_short": (
        "warn",
        lambda: _("background checks end too early"),
        lambda _p: _("The background check of everybody who would fit ends before the placement does."),
    ),
    "only_line_manager": (
        "bad",
        lambda: _("only their line manager fits"),
        lambda _p: _("The only mentor who would fit is the student’s line manager, and a line manager cannot be the mentor."),
    ),
    "all_excluded": ("bad", lambda: _("excluded"), lambda _p: _("Everybody who would fit must not be matched with this student.")),
    "all_conflicts": ("bad", lambda: _("conflict of interest"), lambda _p: _("Everybody who would fit declared a conflict of interest.")),
    "all_forbidden": (
        "warn",
        lambda: _("everybody who fits was removed or declined"),
        lambda _p: _("Everybody who would fit was removed by you, or one of the two said no or did not answer."),
    ),
    "no_shared_language": ("bad", lambda: _("no shared language"), lambda _p: _("Nobody who would fit speaks a language of theirs.")),
    "nobody_free": ("bad", lambda: _("nobody free when they are"), lambda _p: _("Nobody who would fit is free at the same time.")),
    "nobody_in_reach": ("bad", lambda: _("nobody in their town"), lambda _p: _("Nobody who would fit is in the same town.")),
    "all_differ": (
        "warn",
        lambda: _("other answers on a question that has to agree"),
        lambda p: _("Everybody who would fit answers differently on %(label)s.") % p,
    ),
    "nobody_ranked": (
        "warn",
        lambda: _("nobody they chose, who chose them"),
        lambda _p: _("Nobody who would fit is on their list and has them on theirs."),
    ),
    "all_below_minimum": (
        "warn",
        lambda: _("below your minimum score"),
        lambda p: _("Nobody reaches your minimum score; the best is %(score)d.") % p,
    ),
    "several_rules": (
        "bad",
        lambda: _("several rules at once"),
        lambda p: _("Each mentor is ruled out by two rules or more; most often %(rule)s.") % {"rule": rule(p["rules"][0][0])},
    ),
}  # fmt: skip

_CHANGES = {
    "one_more_place": lambda p: _("One more place with %(mentor)s would match them (score %(score)d).") % p,
    "smaller_group": lambda p: ngettext(
        "A group of %(students)d with %(mentor)s would match them (score %(score)d).",
        "A group of %(students)d with %(mentor)s would match them (score %(score)d).",
        p["students"],
    ) % p,
    "first_place": lambda p: _("A place with %(mentor)s would match them (score %(score)d).") % p,
    "finish_training": lambda p: _("If %(mentor)s completes the training, they match (score %(score)d).") % p,
    "bring_in": lambda p: _("Bringing %(mentor)s into the run would match them (score %(score)d).") % p,
    "record_check": lambda p: _("A background check for %(mentor)s%(until)s would match them (score %(score)d).") % p,
    "renew_check": lambda p: _("A renewed background check for %(mentor)s%(until)s would match them (score %(score)d).") % p,
    "lift_exclusion": lambda p: _("Only lifting the exclusion with %(mentor)s would match them (score %(score)d).") % p,
    "settle_conflict": lambda p: (
        _("Settling the conflict of interest with %(mentor)s would match them (score %(score)d).") % p
    ),
    "allow_pair": lambda p: _("Allowing %(mentor)s again would match them (score %(score)d).") % p,
    "allow_language": lambda p: _("%(mentor)s would fit (score %(score)d), but they share no language.") % p,
    "find_slot": lambda p: _("A time when %(mentor)s is free too would match them (score %(score)d).") % p,
    "travel_longer": lambda p: _("A longer journey to %(mentor)s would match them (score %(score)d).") % p,
    "meet_otherwise": lambda p: _("Meeting %(mentor)s online would match them (score %(score)d).") % p,
    "allow_difference": lambda p: (
        _("%(mentor)s would fit (score %(score)d), but they differ on %(label)s, which has to agree.") % p
    ),
    "widen_choice": lambda p: _("If they and %(mentor)s choose each other too, they match (score %(score)d).") % p,
    "lower_minimum": lambda p: _("A minimum score of %(score)d would match them with %(mentor)s.") % p,
    "more_mentors": lambda _p: _("More mentors in this line of work would help."),
}


def unmatched_label(code) -> tuple[str, str]:
    """(kind of tag, short label) for a group of students without a mentor."""
    kind, label, _why = _UNMATCHED[code]
    return kind, label()


def unmatched_why(code, params) -> str:
    """Why one student has no mentor, as a sentence."""
    return _UNMATCHED[code][2](params)


def change(code, params, names) -> str:
    """The change that would give a student a mentor, as a sentence."""
    filled = {**params, "mentor": names.get(params.get("mentor"), _("a mentor")), "until": _until(params)}
    return _CHANGES[code](filled)


def _until(params):
    if not params.get("until"):
        return ""
    return " " + _("until %(day)s") % {"day": day(date.fromisoformat(params["until"]))}


# --- what the engine refuses ------------------------------------------------------------------

_PEOPLE = ("student", "mentor", "first", "second")  # parameters of a refusal that are ids of participants


def people_in(error) -> list:
    """Ids of the participants that a refusal of the engine names."""
    return [value for key, value in error.params.items() if key in _PEOPLE]


def input_error(error, names) -> str:
    """What stops a run, in words a coordinator can act on."""
    params = {key: names.get(value, value) if key in _PEOPLE else value for key, value in error.params.items()}
    if error.code == "lock_breaks_rule":
        params["rule"] = rule(error.params["rule"])
    sentences = {
        "lock_breaks_rule": _(
            "%(student)s and %(mentor)s are locked, but %(rule)s. Unlock them, or pair them by hand with a reason."
        ),
        "lock_breaks_capacity": _(
            "%(mentor)s has %(places)s places left and %(locked)s locked students. Unlock one, or give more places."
        ),
        "locked_twice": _("%(student)s is locked to both %(first)s and %(second)s. Unlock one of them."),
        "lock_is_forbidden": _(
            "%(student)s and %(mentor)s are locked, but this pair was removed or declined before. Unlock them."
        ),
        "bad_answer": _("The answer of %(person)s to %(key)s cannot be read. Correct it, then match again."),
        "weights_all_zero": _("At least one weight must be above zero."),
        "bad_weight": _("Each weight must be a number from 0 to 100."),
        "bad_placement_dates": _("The placement of %(student)s ends before it starts. Correct its dates, then match again."),
    }
    text = sentences.get(error.code, _("Something in the people or the rules contradicts itself: %(error)s."))
    return text % {**params, "error": str(error)}
