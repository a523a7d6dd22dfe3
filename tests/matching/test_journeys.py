"""The table of journeys: entered, brought in from a file, used by the engine."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from matching.models import JourneyTime
from matching.run_rules import RunRules
from matching.services import journeys as service
from matching.services import runs
from matching.services.criteria import travel_minutes
from matching.services.refused import Refused
from tests import factories as make
from tests.matching import people
from tests.queries import MOST, count_queries

PAGE = "/o/northfield/journeys/"


@pytest.fixture
def by(northfield):
    with northfield.scope():
        yield northfield.people["coordinator"]


@pytest.fixture
def client_in(northfield, sign_in):
    return sign_in(northfield.people["coordinator"])


def known():
    return list(JourneyTime.objects.values_list("start", "end", "minutes"))


def file(text, name="journeys.csv"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode(), "text/csv")


def test_either_direction_is_one_journey_and_the_last_counts(by):
    saved = service.save_journeys(journeys=[("York", "Leeds", 30), ("leeds", "York ", 35), ("Hull", "York", 65)], by=by)
    assert (saved.added, saved.changed, saved.same) == (2, 0, 0)
    assert known() == [("Hull", "York", 65), ("leeds", "York", 35)]
    again = service.save_journeys(journeys=[("York", "LEEDS", 40), ("Hull", "York", 65)], by=by)
    assert (again.added, again.changed, again.same) == (0, 1, 1)
    assert travel_minutes() == {("Hull", "York"): 65, ("leeds", "York"): 40}


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [("", "York", 30), ("York", "york", 5), ("Leeds", "Online only", 5), ("Leeds", "York", 0), ("Leeds", "York", 601), ("Leeds", "York", "x"),
     ("L" * 101, "York", 5), ("Leeds", "York", -5), ("Leeds", "York", "٣٠x")],
)  # fmt: skip
def test_what_is_no_journey_is_refused(by, start, end, minutes):
    with pytest.raises(Refused):
        service.save_journeys(journeys=[("Hull", "York", 65), (start, end, minutes)], by=by)
    assert known() == []


def test_a_file_is_read_whole_or_not_at_all(northfield, client_in):
    good = "\ufefffrom;to;minutes\r\nLeeds;York;30\r\nŁódź;Żory;150\r\n\r\n"
    assert client_in.post(PAGE, {"form": "file", "file": file(good)}).status_code == 302
    bad = "from,to,minutes\nLeeds,Hull,60\nLeeds,Leeds,5\nLeeds,Bradford,soon\n"
    page = client_in.post(PAGE, {"form": "file", "file": file(bad)})
    assert page.status_code == 422
    assert page.context["upload"].errors["file"] == [
        "Line 3: Leeds to itself is no journey: within a town people can always meet.",
        "Line 4: Leeds to Bradford: the minutes must be a whole number from 1 to 600.",
    ]
    with northfield.scope():
        assert known() == [("Leeds", "York", 30), ("Łódź", "Żory", 150)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        ("town,minutes\nLeeds,5\n", "three columns"),
        ("from,to,minutes\n", "no journey"),
        (b"\x00\x01\x02PK\x03\x04" * 9, "not a table"),
        ("from,to,minutes\n" + "a,b,5\n" * 5001, "the most"),
        ("x" * 500_001, "too large"),
        ('from,to,minutes\n"' + "x" * 140_000, "cannot be read as a table"),
        ("from,to,minutes\nLeeds,York," + "9" * 5000 + "\n", "whole number"),
    ],
)
def test_a_file_that_is_none_says_why(northfield, client_in, content, said):
    page = client_in.post(PAGE, {"form": "file", "file": file(content)})
    assert page.status_code == 422
    assert said in " ".join(page.context["upload"].errors["file"])


def test_a_file_with_the_line_ends_of_old_spreadsheets_is_read():
    assert service.read_file(b"from;to;minutes\rLeeds;York;30\rHull;York;65\r") == [("Leeds", "York", "30"), ("Hull", "York", "65")]


def test_the_page_asks_for_what_is_missing_between_towns_where_people_are(northfield, client_in):
    with northfield.scope():
        for town in ("Hull", "hull", "York", "Online only"):
            make.StudentFactory(programme=northfield.programme, town=town)
        assert service.missing_journeys()[0] in [("Hull", "Leeds"), ("Leeds", "York")]
        assert set(service.missing_journeys()) == {("Hull", "Leeds"), ("Hull", "York"), ("Leeds", "York")}
    page = client_in.get(PAGE)
    names = {field.label: field.html_name for field in page.context["missing"]}
    wrong = client_in.post(PAGE, {"form": "missing", names["Hull – Leeds"]: "60", names["Hull – York"]: "0"})
    assert (wrong.status_code, list(wrong.context["missing"].errors)) == (422, [names["Hull – York"]])
    assert wrong.context["missing"][names["Hull – Leeds"]].value() == "60"
    with northfield.scope():
        service.save_journeys(journeys=[("Leeds", "York", 30)], by=northfield.people["coordinator"])  # somebody else, meanwhile
    client_in.post(PAGE, {"form": "missing", names["Hull – Leeds"]: "60", names["Leeds – York"]: "99"})
    with northfield.scope():
        assert known() == [("Hull", "Leeds", 60), ("Leeds", "York", 30)]


def test_one_by_hand_and_removed(northfield, client_in):
    wrong = client_in.post(PAGE, {"form": "one", "start": "Leeds", "end": "leeds", "minutes": "5"})
    assert (wrong.status_code, list(wrong.context["one"].errors)) == (422, ["end"])
    client_in.post(PAGE, {"form": "one", "start": "Leeds", "end": "York", "minutes": "30"})
    client_in.post(PAGE, {"form": "one", "start": "York", "end": "Leeds", "minutes": "35"})
    with northfield.scope():
        [row] = JourneyTime.objects.all()
        assert row.minutes == 35
    gone = reverse("matching:journey_remove", args=["northfield", row.pk])
    assert [client_in.post(gone).status_code for _ in range(2)] == [302, 302]
    client_in.post(PAGE, {"form": "missing"})
    with northfield.scope():
        assert known() == []


def test_the_page_costs_the_same_for_one_and_for_many(northfield, client_in):
    with northfield.scope():
        by = northfield.people["coordinator"]
        service.save_journeys(journeys=[("Leeds", "York", 30)], by=by)
        before = count_queries(client_in, PAGE)
        service.save_journeys(journeys=[("Leeds", f"Town {n}", 30) for n in range(30)], by=by)
    assert count_queries(client_in, PAGE) == before <= MOST


def test_other_organisations_keep_their_own(northfield, riverside, by):
    with riverside.scope():
        service.save_journeys(journeys=[("Leeds", "York", 30)], by=riverside.people["coordinator"])
    assert travel_minutes() == {}


def test_a_short_enough_journey_lets_people_meet_in_person(by):
    programme = make.ProgrammeFactory()
    make.StudentFactory(programme=programme, town="Leeds")
    people.mentor(programme, town="York")
    rules = {"require_same_town": True, "max_travel_minutes": 40}
    assert not runs.make_run(programme=programme, rules=RunRules(**rules), by=by).proposals.exists()
    service.save_journeys(journeys=[("York", "Leeds", 35)], by=by)
    run = runs.make_run(programme=programme, rules=RunRules(**rules), by=by)
    assert run.proposals.get().axes["place"] > 0
    assert not runs.make_run(programme=programme, rules=RunRules(**rules | {"max_travel_minutes": 30}), by=by).proposals.exists()
