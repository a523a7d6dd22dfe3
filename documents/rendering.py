"""HTML to tagged PDF (PDF/UA-1) with WeasyPrint.

WeasyPrint needs Pango, a system library. It is imported on first use, so the rest of the app runs without it and pages
can say what is missing: ask `available()`. Each process keeps one press (fonts and parsed stylesheet): parsing them per
document costs time and leaks memory. Workers call `warm_up()` when they start.
"""

import atexit
import hashlib
import importlib
import logging
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from .fetcher import make_fetcher

STYLESHEET = Path("templates/documents/paper.css")
VARIANT = "pdf/ua-1"

# They tell of every step of every page.
for _chatty in ("weasyprint.progress", "fontTools"):
    logging.getLogger(_chatty).setLevel(logging.WARNING)

# Layout is pure Python and shares the font map, so threads would gain nothing and could break it.
_one_at_a_time = threading.Lock()


class PaperUnavailableError(RuntimeError):
    """PDFs cannot be made on this machine; the message says why, in words for the person who asked."""


@dataclass(frozen=True)
class _Press:
    """What every document of a process shares."""

    font_config: Any
    stylesheet: Any
    fetcher: Any


_presses: dict[int, _Press] = {}


def available() -> tuple[bool, str]:
    """Can this machine make PDFs? Returns (True, "") or (False, the reason and the remedy in words)."""
    try:
        _weasyprint()
    except PaperUnavailableError as error:
        return False, str(error)
    return True, ""


def warm_up() -> bool:
    """Load WeasyPrint, fonts and stylesheet now rather than at the first document. False when PDFs are unavailable."""
    try:
        _press(os.getpid())
    except PaperUnavailableError:
        return False
    return True


def lay_out(template: str, context: dict[str, Any], *, language: str) -> Any:
    """Render a template (which extends documents/base.html) and paginate it.

    Returns a WeasyPrint Document; `len(document.pages)` is known before any byte is written.
    Raises PaperUnavailableError when Pango is missing.
    """
    weasyprint = _weasyprint()
    with translation.override(language):
        html = render_to_string(template, {**context, "language": translation.to_locale(language).replace("_", "-")})
    with _one_at_a_time:
        press = _press(os.getpid())
        source = weasyprint.HTML(string=html, url_fetcher=press.fetcher)
        document = source.render(font_config=press.font_config, stylesheets=[press.stylesheet], pdf_variant=VARIANT)
    # The same page gives the same file, byte for byte, so an identifier from the page and not a random one.
    document.identifier = hashlib.sha256(html.encode()).digest()[:16]
    return document


def write_pdf(document: Any) -> bytes:
    """The bytes of a laid-out document, tagged as PDF/UA-1."""
    with _one_at_a_time:
        return document.write_pdf(pdf_variant=VARIANT, pdf_tags=True, pdf_identifier=document.identifier)


def render_pdf(template: str, context: dict[str, Any], *, language: str) -> bytes:
    """Lay out and write in one step, for documents that need no second look at their length."""
    return write_pdf(lay_out(template, context, language=language))


def _weasyprint() -> Any:
    """The library, or PaperUnavailableError. OSError is what a missing Pango looks like."""
    try:
        return importlib.import_module("weasyprint")
    except (ImportError, OSError) as error:
        message = _(
            "PDFs cannot be made on this server yet: the Pango library is missing. "
            "Ask whoever runs it to install Pango (on Debian or Ubuntu: apt-get install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0), then restart the workers."
        )
        raise PaperUnavailableError(message) from error


def _press(pid: int) -> _Press:
    """This process's press. By process id, since a forked child must not share its parent's font folder."""
    if pid not in _presses:
        _presses[pid] = _make_press()
    return _presses[pid]


@atexit.register
def _close_press() -> None:
    """Let go of the fonts while Python can still delete their folder."""
    _presses.pop(os.getpid(), None)


def _make_press() -> _Press:
    weasyprint = _weasyprint()
    fonts = importlib.import_module("weasyprint.text.fonts")
    font_config, fetcher = fonts.FontConfiguration(), make_fetcher()
    css = (Path(settings.BASE_DIR) / STYLESHEET).read_text(encoding="utf-8")
    stylesheet = weasyprint.CSS(string=css, font_config=font_config, url_fetcher=fetcher)
    return _Press(font_config, stylesheet, fetcher)
