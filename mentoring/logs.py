"""One JSON object a line, without personal data: addresses and tokens are masked, messages of exceptions left out."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime

MASKS = [
    (re.compile(r"[\w.+%'-]+@[\w-]+(\.[\w-]+)+"), "[address]"),
    # One page by signed link, and allauth's links to confirm an address or set a password.
    (re.compile(r"(/r/|/confirm-email/|/reset/key/|/login/code/confirm/)[^/\s?\"']+"), r"\1[token]"),
    (re.compile(r"\?[^\s\"']*"), "?[query]"),
]


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message; for an exception its class and where it came from.

    The text of an exception is left out: a database puts the offending row into it.
    """

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            line["exception"] = f"{kind.__module__}.{kind.__qualname__}"
            line["trace"] = [f"{each.filename}:{each.lineno} {each.name}" for each in traceback.extract_tb(trace)]
        return json.dumps(line, ensure_ascii=False)


def masked(text: str) -> str:
    """The text with mail addresses, tokens of links and query strings replaced."""
    for pattern, mask in MASKS:
        text = pattern.sub(mask, text)
    return text
