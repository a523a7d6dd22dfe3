"""A letter written once and filled in many times, for sweeps that send thousands.

Two letters of one name whose dates, numbers and empty places agree differ only in their words. So the form is rendered
once with a mark for each word, and the words are put in afterwards. Words that need more than being put in (markup,
quotes, line breaks, blanks at their ends) are rendered the ordinary way; tests hold both ways equal for every letter.
"""

import re
from datetime import date, datetime
from functools import lru_cache

from ..rendering import RenderedLetter, _one_line, _shorten, render_letter

FIXED = (bool, int, float, date, datetime, type(None))
NEEDS_MORE = frozenset('&<>"\xa0')
KEPT = 512  # forms
MARK = re.compile(r"qj\d\dzx")


def write(name, context) -> RenderedLetter:
    """The same as render_letter(name, context), from a form where that can be."""
    words = {key: value for key, value in context.items() if type(value) is str and value}
    rest = {key: value for key, value in context.items() if key not in words}
    if not all(map(_is_plain, words.values())) or not all(value == "" or isinstance(value, FIXED) for value in rest.values()):
        return render_letter(name, context)
    # One moment on two clocks is equal to Python, and not to its readers: the words stand in the key.
    form = _form(name, tuple(sorted(words)), tuple(sorted((key, f"{type(value).__name__} {value}", value) for key, value in rest.items())))
    return _fill(form, words)


@lru_cache(maxsize=KEPT)
def _form(name, keys, rest) -> RenderedLetter:
    context = {key: _mark(place) for place, key in enumerate(keys)}
    return render_letter(name, context | {key: value for key, _kind, value in rest})


def _fill(form, words):
    subject, text, html = form.subject, form.text, form.html
    for place, key in enumerate(sorted(words)):
        mark, word = _mark(place), words[key]
        short = word if key == "own_subject" else _shorten(word)
        subject, text, html = subject.replace(mark, short), text.replace(mark, word), html.replace(mark, word)
    return RenderedLetter(_one_line(subject), text, html)


def _mark(place):
    return f"qj{place:02d}zx"


def _is_plain(word):
    return not NEEDS_MORE.intersection(word) and not MARK.search(word) and word.isprintable() and word == " ".join(word.split())
