"""A letter filled into a form is the letter rendered the ordinary way, character for character."""

import pytest

from post.rendering import example_context, letter_names, render_letter
from post.services import forms

WORDS = [
    "Gwen",
    "O’Brien-Ørsted d'Łódź",
    "محمد علي",
    "🙂 Ada",
    "100 % {{ url }} {% now %}",
    "Wolfeschlegelsteinhausenbergerdorff " * 8 + "end",
    "qj000zx",
    "qj005zx",
    "<b>Bell & Book</b>",
    'say "hello"',
    " blanks ",
    "two\nlines",
    "",
]


@pytest.mark.parametrize("name", letter_names())
def test_the_example_is_the_same(name):
    context = example_context(name)
    assert forms.write(name, context) == render_letter(name, context)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("name", letter_names())
def test_odd_words_are_the_same(name, word):
    """Twice: the second time comes from the form the first one left."""
    context = example_context(name)
    words = {key: f"{word}{n}" if word else "" for n, key in enumerate(context) if type(context[key]) is str and key != "url"}
    for _again in range(2):
        assert forms.write(name, context | words) == render_letter(name, context | words)


@pytest.mark.parametrize("word", WORDS)
def test_odd_words_in_lists_are_the_same(word):
    """Also lists of another length, one after the other."""
    context = example_context("digest")
    for count in (2, 1, 3, 2):
        items = [{"what": f"{word}{n}", "button": f"{n} {word}", "url": f"https://alongside.example/r/{n}/"} for n in range(count)]
        assert forms.write("digest", context | {"items": items}) == render_letter("digest", context | {"items": items})


def test_one_form_serves_lists_of_one_length():
    forms._form.cache_clear()
    context = example_context("monday_list")
    for n in range(5):
        forms.write("monday_list", context | {"lines": [f"Ade {n}", f"Bola {n}"]})
    assert forms._form.cache_info().misses == 1


def test_one_form_serves_many():
    forms._form.cache_clear()
    context = example_context("check_in_due")
    for n in range(5):
        forms.write("check_in_due", context | {"other_names": f"Student {n}", "url": f"https://alongside.example/r/{n}/"})
    assert forms._form.cache_info().misses == 1


def test_numbers_and_dates_make_forms_of_their_own():
    context = example_context("check_in_overdue")
    texts = [forms.write("check_in_overdue", context | {"days_late": days}).text for days in (1, 2, 1)]
    assert ("yesterday" in texts[0], "2 days ago" in texts[1], texts[0] == texts[2]) == (True, True, True)
