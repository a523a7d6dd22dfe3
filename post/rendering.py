"""Turns a letter's three templates into what is sent: a subject, a text and an HTML body.

A letter `name` is templates/letters/<name>.subject.txt, .txt and .html. The comment on top of the .txt says what the
letter is for and lists every key its context must hold, one a line, with an example as JSON:

    first_name: recipient's first name = "Gwen"

That comment is the contract: a key missing from the context, or a variable that the comment does not list, is an error,
because a letter with a hole in it must never be sent.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import css_inline
from django.conf import settings
from django.template import Engine
from django.template.context import Context
from django.utils import translation

SUBJECT_MOST = 78  # characters: RFC 5322, 2.1.1
NAME_MOST = 32  # a value inside a subject; the body prints it whole
# What the frame of every letter may be given besides its contract; left out, the letter is as we wrote it.
# own_subject, own_text: a programme's own words for the subject and for what stands above the button. why: why the reader gets
# it, as sentences. why_url: the page that says more, and where one chooses to get fewer.
OPTIONAL = ("own_subject", "own_text", "why", "why_url")
_CONTRACT = re.compile(r"^\s{2,}(?P<key>[a-z_]+): (?P<about>.+?) = (?P<example>.+?)\s*$", re.MULTILINE)


class LetterError(ValueError):
    """The letter cannot be written: no such letter, or its context is not what its templates need."""


@dataclass(frozen=True)
class RenderedLetter:
    """Ready to put in the outbox."""

    subject: str
    text: str
    html: str


def render_letter(name: str, context: dict[str, Any], language: str = "en-gb") -> RenderedLetter:
    """Write the letter `name` in a language. Dates come as date or datetime, already in the reader's time zone.

    Raises LetterError when the letter does not exist or a documented key is missing; more keys than needed are fine.
    """
    missing = sorted(letter_keys(name).keys() - context.keys())
    if missing:
        raise LetterError(f"the letter {name} needs {', '.join(missing)}")
    with translation.override(language):
        bodies = {**dict.fromkeys(OPTIONAL, ""), **context, "language": translation.to_locale(language).replace("_", "-")}
        short = {key: _shorten(value) for key, value in bodies.items()}
        return RenderedLetter(
            subject=_one_line(bodies["own_subject"] or _render(_text_engine(), f"letters/{name}.subject.txt", short)),
            text=_tidy(_render(_text_engine(), f"letters/{name}.txt", bodies)),
            html=_inliner().inline(_render(_html_engine(), f"letters/{name}.html", bodies)),
        )


@cache
def letter_keys(name: str) -> dict[str, tuple[str, Any]]:
    """The contract of a letter: key -> (what it is, an example value). Dates in examples are real dates."""
    path = _folder() / f"{name}.txt"
    if not re.fullmatch(r"[a-z_]+", name) or not path.exists():
        raise LetterError(f"there is no letter {name!r}")
    head = path.read_text(encoding="utf-8").partition("{% endcomment %}")[0]
    found = {m["key"]: (m["about"], _example(m["key"], json.loads(m["example"]))) for m in _CONTRACT.finditer(head)}
    if not found:
        raise LetterError(f"the letter {name} does not say what it needs")
    return found


def letter_names() -> list[str]:
    """Every letter of the house, for the gallery and the tests."""
    return sorted(path.name.removesuffix(".subject.txt") for path in _folder().glob("*.subject.txt"))


def example_context(name: str) -> dict[str, Any]:
    """The examples of a letter's contract, ready for render_letter."""
    return {key: example for key, (_about, example) in letter_keys(name).items()}


def _folder() -> Path:
    return Path(settings.BASE_DIR) / "templates" / "letters"


def _example(key: str, value: Any) -> Any:
    if isinstance(value, str) and key.endswith(("_on", "_by")):
        return date.fromisoformat(value)
    if isinstance(value, str) and key.endswith("_at"):
        return datetime.fromisoformat(value)
    return value


class _Hole(str):
    """Stands in for an unknown variable: Django formats it with the variable's name, and that raises."""

    __slots__ = ()

    def __contains__(self, key: str) -> bool:
        return key == "%s" or super().__contains__(key)

    def __mod__(self, variable: Any) -> str:
        raise LetterError(f"the letter uses {variable}, which nobody gave it")


@cache
def _html_engine() -> Engine:
    return _engine(autoescape=True)


@cache
def _text_engine() -> Engine:
    return _engine(autoescape=False)


def _engine(*, autoescape: bool) -> Engine:
    """Own engines: strict about holes, and without escaping where the letter is plain text."""
    return Engine(
        dirs=[_folder().parent],
        autoescape=autoescape,
        string_if_invalid=_Hole("hole"),
        libraries={"i18n": "django.templatetags.i18n"},
    )


def _render(engine: Engine, template: str, context: dict[str, Any]) -> str:
    return engine.get_template(template).render(Context(context, autoescape=engine.autoescape, use_tz=False))


@cache
def _inliner() -> css_inline.CSSInliner:
    """Puts the styles on the elements, since many mail programs drop style sheets. Opens no address."""
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def _shorten(value: Any) -> Any:
    if not isinstance(value, str) or len(value) <= NAME_MOST:
        return value
    return value[: NAME_MOST - 1].rstrip() + "…"


def _one_line(subject: str) -> str:
    """No line breaks (they would end the header), no control characters, at most SUBJECT_MOST characters."""
    printable = "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in subject)
    line = " ".join(printable.split())
    if len(line) <= SUBJECT_MOST:
        return line
    return line[: SUBJECT_MOST - 1].rsplit(" ", 1)[0] + "…"


def _tidy(text: str) -> str:
    """At most one blank line in a row, no blanks at the ends of lines, one newline at the end."""
    lines = "\n".join(line.strip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"
