"""A letter written once and filled in many times, for sweeps that send thousands.

Two letters of one name whose dates, numbers, lengths of lists and empty places agree differ only in their words. So the
form is rendered once with a mark for each word, and the words are put in afterwards. Words that need more than being put in (markup,
quotes, line breaks, blanks at their ends) are rendered the ordinary way; tests hold both ways equal for every letter.
"""

import re
from datetime import date, datetime
from functools import lru_cache

from ..rendering import RenderedLetter, _one_line, _shorten, render_letter

FIXED = (bool, int, float, date, datetime, type(None))
NEEDS_MORE = frozenset('&<>"\xa0')
KEPT = 512  # forms
MOST_WORDS = 200  # in one letter
MARK = re.compile(r"qj\d\d\dzx")


class NotPlainError(ValueError):
    """Something in the context that only the templates can write."""


def write(name, context) -> RenderedLetter:
    """The same as render_letter(name, context), from a form where that can be."""
    words = []
    try:
        shape = _shape(context, words)
    except NotPlainError:
        return render_letter(name, context)
    return _fill(_form(name, shape), words)


def _shape(value, words, key="", depth=0):
    """What of a value makes the form, to be told apart and kept; its words go into ``words``: (key where at the top, word)."""
    if type(value) is str and value:
        if not _is_plain(value) or len(words) == MOST_WORDS:
            raise NotPlainError
        words.append((key if depth == 1 else "", value))
        return ("word", len(words) - 1)
    if value == "" or isinstance(value, FIXED):
        # One moment on two clocks is equal to Python, and not to its readers: the words stand in the key.
        return ("fixed", f"{type(value).__name__} {value}", value)
    if isinstance(value, dict):
        return ("dict", tuple((name, _shape(value[name], words, name, depth + 1)) for name in sorted(value)))
    if isinstance(value, list | tuple):
        return ("list", tuple(_shape(one, words, key, depth + 1) for one in value))
    raise NotPlainError


def _blank(shape):
    """The value of a shape, with marks where its words were."""
    kind, *rest = shape
    if kind == "word":
        return _mark(rest[0])
    if kind == "fixed":
        return rest[1]
    if kind == "dict":
        return {name: _blank(one) for name, one in rest[0]}
    return [_blank(one) for one in rest[0]]


@lru_cache(maxsize=KEPT)
def _form(name, shape) -> RenderedLetter:
    return render_letter(name, _blank(shape))


def _fill(form, words):
    subject, text, html = form.subject, form.text, form.html
    for place, (key, word) in enumerate(words):
        mark = _mark(place)
        short = _shorten(word) if key and key != "own_subject" else word
        subject, text, html = subject.replace(mark, short), text.replace(mark, word), html.replace(mark, word)
    return RenderedLetter(_one_line(subject), text, html)


def _mark(place):
    return f"qj{place:03d}zx"


def _is_plain(word):
    return not NEEDS_MORE.intersection(word) and not MARK.search(word) and word.isprintable() and word == " ".join(word.split())
