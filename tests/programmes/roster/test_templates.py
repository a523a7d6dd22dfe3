from pathlib import Path

import pytest

import programmes
from programmes.roster import KINDS, RosterError, describe_columns, inspect, parse, template_csv, template_xlsx
from tests.programmes.roster.making import TODAY

SAMPLES = Path(programmes.__file__).parent / "samples" / "northfield"


@pytest.mark.parametrize("kind", KINDS)
def test_the_template_has_the_headers_of_the_sample(kind):
    assert template_csv(kind).decode("utf-8-sig") == (SAMPLES / f"{kind}.csv").read_text().splitlines()[0] + "\r\n"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("make", [template_csv, template_xlsx])
def test_a_template_sent_back_unfilled_is_recognised_and_said_to_be_empty(kind, make):
    assert inspect(make(kind)).kind == kind
    with pytest.raises(RosterError) as caught:
        parse(kind, make(kind), today=TODAY)
    assert (caught.value.code, caught.value.message) == ("no_rows", "This file has headers and no rows below them.")


def test_the_help_says_what_is_needed():
    lines = {line.header: line for line in describe_columns("mentors")}
    assert [line.header for line in lines.values() if line.needed] == ["first_name", "email", "capacity"]
    assert (lines["capacity"].label, lines["capacity"].hint) == (
        "students they can take",
        "How many students the mentor can take, 1 or more.",
    )
