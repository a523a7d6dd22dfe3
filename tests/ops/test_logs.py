"""What production writes down must not tell about people."""

import json
import logging
import sys

import pytest

from mentoring.logs import JsonFormatter, masked


def written(message, *args, exc_info=None):
    record = logging.LogRecord("post", logging.WARNING, __file__, 1, message, args, exc_info)
    return json.loads(JsonFormatter().format(record))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("letter to siân.o'hara@northfield.example bounced", "letter to [address] bounced"),
        ("Not Found: /r/eyJhbGciOiJI.UzI1-NiJ9/answer", "Not Found: /r/[token]/answer"),
        ("/accounts/password/reset/key/3-abc123/", "/accounts/password/reset/key/[token]/"),
        ("/accounts/confirm-email/MTI:1abc:xyz/", "/accounts/confirm-email/[token]/"),
        ("/o/northfield/students?search=Zoë", "/o/northfield/students?[query]"),
        ("12 reminders sent", "12 reminders sent"),
    ],
)
def test_masks(text, expected):
    assert masked(text) == expected


def test_a_line_is_one_json_object():
    line = written("sent %s to %s", 3, "ann@college.example")
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "WARNING", "logger": "post", "message": "sent 3 to [address]"}


def test_an_exception_tells_its_kind_and_place_not_its_text():
    try:
        int("ann@college.example already exists")
    except ValueError:
        line = written("failed", exc_info=sys.exc_info())
    assert line["exception"] == "builtins.ValueError"
    assert len(line["trace"]) == 1
    assert "already exists" not in json.dumps(line)
