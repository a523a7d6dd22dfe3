"""Every code the engine answers with, and plain English for each; callers translate by code.

Parameters that name a person (`mentor`) hold the id. Lists hold names in alphabetical order.
"""

from collections.abc import Mapping
from typing import Any

# A pair is never made when one of these holds, in this order of telling.
RULES: dict[str, str] = {
    "no_places": "has no places",
    "not_trained": "has not completed the training",
    "mentor_kept_out": "is kept out of this run",
    "check_missing": "has no background check",
    "check_too_short": "has a background check that ends before the placement does",
    "line_manager": "is the student's line manager",
    "excluded": "one of the two has been excluded for the other",
    "declared_conflict": "a conflict of interest was declared",
    "forbidden": "the coordinator ruled this pair out",
    "no_shared_language": "they share no language",
    "no_shared_slot": "they are never free at the same time",
    "out_of_reach": "they can meet neither in person nor online",
    "not_senior": "is not further on than the student",
    "not_junior": "is not junior to the student",
    "criterion_failed": "they answered a question differently on which they have to agree",
    "not_ranked": "one of the two has chosen others only",
    "below_minimum": "the score is below the programme's minimum",
}

REASONS_FOR: dict[str, str] = {
    "same_industry": "same line of work: {industry}",
    "same_industry_years": "same line of work ({industry}), {years} years in it",
    "skills_covered": "can help with {covered} of {wanted} skills: {skills}",
    "goal_shared": "knows the way to: {goals}",
    "same_town": "both in {town}",
    "short_journey": "{minutes} minutes apart",
    "both_online": "both prefer to meet online",
    "shared_slots": "both free: {slots}",
    "same_channel": "both like to keep in touch by {channel}",
    "shared_languages": "both speak {languages}",
    "shared_interests": "shared interests: {interests}",
    "answer_shared": "the same answer to {label}: {answers}",
    "answer_close": "close to each other in {label}",
    "chose_each_other": "they chose each other",
    "student_chose": "the student's choice number {rank}",
    "mentor_chose": "the mentor's choice number {rank}",
}
# Reasons for that are not for the two themselves: what one of them said alone.
FOR_COORDINATORS = frozenset({"student_chose", "mentor_chose"})

REASONS_AGAINST: dict[str, str] = {
    "training_overridden": "training is not finished; a coordinator made an exception",
    "lock_despite": "paired by hand although: {rule}",
    "other_industry": "works in {mentor_industry}, the student in {student_industry}",
    "few_skills": "can help with only {covered} of {wanted} skills; missing: {skills}",
    "goal_not_shared": "other experience than the student's goal: {goals}",
    "long_journey": "{minutes} minutes apart",
    "online_contact": "{student_town} and {mentor_town}: would mostly meet online",
    "online_only": "can only meet online",
    "other_town": "{student_town} and {mentor_town}, and not both can meet online",
    "cannot_meet": "one meets only online, the other only in person",
    "no_common_slot": "no time when both are free",
    "other_channel": "the student likes {student_channel}, the mentor {mentor_channel}",
    "no_common_language": "no shared language",
    "no_common_interest": "no shared interests",
    "answer_differs": "other answers to {label}",
    "student_chose_others": "the student chose others",
    "mentor_chose_others": "the mentor chose others",
}

# Why a student has no mentor.
UNMATCHED: dict[str, str] = {
    "kept_out": "kept out of this run",
    "no_mentors": "there are no mentors in this run",
    "no_place_left": "all places of the mentors who would fit ({mentors}) are taken",
    "nobody_else": "no other mentor would fit",
    "no_group": "those who would fit ({mentors}) lead no group of at least {least} students",
    "nobody_has_places": "no mentor has a place",
    "nobody_trained": "no mentor who would fit has completed the training",
    "nobody_in_run": "every mentor who would fit is kept out",
    "no_check": "no mentor who would fit has a background check",
    "checks_too_short": "every background check ends before the placement does",
    "only_line_manager": "the only mentor who would fit is the line manager",
    "all_excluded": "every mentor who would fit is excluded",
    "all_conflicts": "every mentor who would fit has declared a conflict of interest",
    "all_forbidden": "every mentor who would fit has been ruled out by hand",
    "no_shared_language": "no mentor who would fit shares a language",
    "nobody_free": "no mentor who would fit is free at the same time",
    "nobody_in_reach": "no mentor who would fit is in reach",
    "nobody_senior": "no mentor who would fit is further on",
    "nobody_junior": "no mentor who would fit is junior to the student",
    "all_differ": "every mentor who would fit answered {label} differently",
    "nobody_ranked": "no mentor who would fit is among the choices of both sides",
    "all_below_minimum": "no mentor reaches the minimum score; the best is {score}",
    "several_rules": "each mentor is ruled out, for different reasons; most often: {rules}",
}

# The one thing that would give the student a mentor.
CHANGES: dict[str, str] = {
    "one_more_place": "one more place with {mentor} (score {score})",
    "first_place": "a place with {mentor} (score {score})",
    "smaller_group": "a group of {students} with {mentor} (score {score})",
    "finish_training": "{mentor} finishing the training (score {score})",
    "bring_in": "bringing {mentor} into this run (score {score})",
    "record_check": "a background check for {mentor} until {until} (score {score})",
    "renew_check": "the background check of {mentor} renewed until {until} (score {score})",
    "lift_exclusion": "lifting the exclusion with {mentor} (score {score})",
    "settle_conflict": "settling the conflict of interest with {mentor} (score {score})",
    "allow_pair": "allowing {mentor} again (score {score})",
    "allow_language": "going ahead with {mentor} without a shared language (score {score})",
    "find_slot": "a time when {mentor} is free too (score {score})",
    "travel_longer": "travelling {minutes} minutes longer to {mentor} (score {score})",
    "meet_otherwise": "{mentor} and the student finding a way to meet (score {score})",
    "allow_difference": "going ahead with {mentor} although they differ in {label} (score {score})",
    "widen_choice": "{mentor} and the student being among each other's choices (score {score})",
    "lower_minimum": "a minimum score of {score}, for {mentor}",
    "more_mentors": "more mentors",
}

CODES: dict[str, str] = {**RULES, **UNMATCHED, **REASONS_FOR, **REASONS_AGAINST, **CHANGES}


def in_english(code: str, params: Mapping[str, Any]) -> str:
    """The plain words of a code, for shells and logs. Lists are joined by commas."""
    return CODES[code].format(**{name: _said(value) for name, value in params.items()})


def _said(value: object) -> str:
    if not isinstance(value, tuple):
        return str(value)
    return ", ".join(f"{RULES[one[0]]} ({one[1]})" if isinstance(one, tuple) else one for one in value)
