"""What the engine says when it is asked something it cannot answer."""

from typing import Any

INPUT_ERRORS: dict[str, str] = {
    "duplicate_student": "student {student} is listed twice",
    "duplicate_mentor": "mentor {mentor} is listed twice",
    "bad_capacity": "mentor {mentor} has a number of places that is not a whole number: {value}",
    "negative_capacity": "mentor {mentor} has a number of places below zero: {value}",
    "bad_years": "mentor {mentor} has years of experience that are not a number from 0 up: {value}",
    "bad_placement_dates": "the placement of student {student} ends before it starts",
    "bad_weight": "the weight of {axis} must be a number from 0 up, not {value}",
    "weights_all_zero": "at least one weight must be above zero",
    "bad_setting": "the setting {setting} cannot be {value}",
    "bad_seniority": "{person} has a seniority that is not a whole number: {value}",
    "formats_apart": "{setting} cannot be combined with {other}",
    "too_many_for_aim": "the aim {aim} cannot be computed exactly for so many people at once",
    "bad_travel_time": "the journey from {start} to {end} cannot take {value} minutes",
    "bad_criterion": "the criterion {key} cannot have the {field} {value}",
    "duplicate_criterion": "the criterion {key} is listed twice",
    "bad_answer": "the answer of {person} to {key} cannot be {value}",
    "unknown_student": "student {student} is named but not on the list",
    "unknown_mentor": "mentor {mentor} is named but not on the list",
    "locked_twice": "student {student} is locked to mentors {first} and {second}",
    "lock_is_forbidden": "student {student} and mentor {mentor} are both locked and forbidden",
    "lock_is_kept_out": "student {student} and mentor {mentor} are locked, but one is kept out",
    "lock_breaks_rule": "student {student} and mentor {mentor} are locked against the rule {rule}",
    "lock_breaks_capacity": "mentor {mentor} has {places} places and {locked} locked students",
}


class EngineInputError(ValueError):
    """The records or settings contradict themselves; `code` is a key of INPUT_ERRORS."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params
        super().__init__(INPUT_ERRORS[code].format(**params))
