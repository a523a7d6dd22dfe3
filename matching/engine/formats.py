"""The formats of mentoring as settings: how many of one side go with how many of the other."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from .records import Settings

# The field's ratios. What a format leaves open keeps its value in Settings.
FORMATS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "one_to_one": {},
        "small_group": {"students_per_group": 4},
        "team": {"mentors_per_student": 2, "students_per_group": 4},
        "large_group": {"students_per_group": 10, "least_per_group": 7, "mentors_per_group": 2},
        "peer": {"students_per_group": 4, "seniority": "peer"},
        "reverse": {"seniority": "reverse"},
    }
)


def settings_for(kind: str, **given: Any) -> Settings:
    """Settings for a format (a key of FORMATS, else KeyError); what is given besides comes first."""
    return Settings(**{**FORMATS[kind], **given})
