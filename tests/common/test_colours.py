"""The tokens themselves: enough contrast in both schemes, and the two ways into the dark one give the same colours."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text()
OURS = [file for file in CSS.glob("*.css") if file.name != "operators.css"]  # that one dresses Django admin, which has its own


def tokens_of(selector):
    """The custom properties of the block that follows a selector."""
    block = TOKENS.split(selector + " {", 1)[1].split("}", 1)[0]
    return {name: value.strip() for name, value in re.findall(r"--([a-z0-9-]+):\s*([^;]+);", block)}


LIGHT = tokens_of(":root")
DARK = tokens_of(':root:not([data-theme="light"])')
CHOSEN_DARK = tokens_of(':root[data-theme="dark"]')


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """WCAG's ratio, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


WORDS = [
    *[(ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("paper", "card", "line-2")],
    *[(colour, f"{colour}-t") for colour in ("amber", "brick", "moss", "sky", "plum")],
    *[("ink", f"{colour}-t") for colour in ("amber", "brick", "moss", "sky", "plum", "pine")],
    *[(colour, ground) for colour in ("pine", "amber", "brick", "moss") for ground in ("card", "paper")],
    ("pine-d", "pine-t"), ("ink-2", "pine-tt"), ("on-fill", "fill"), ("on-fill", "fill-d"), ("on-brick", "brick"), ("on-brick", "brick-d"),
]  # fmt: skip
SHAPES = [("control", "card"), ("control", "paper"), ("pine", "line-2"), ("honey", "card"), ("brick", "card"), ("focus", "card"), ("focus", "paper")]


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), WORDS)
def test_words_can_be_read(scheme, front, back):
    assert contrast(scheme[front], scheme[back]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), SHAPES)
def test_controls_and_bars_can_be_seen(scheme, front, back):
    limit = 2.7 if front == "honey" else 3  # an amber bar always has its words beside it
    assert contrast(scheme[front], scheme[back]) >= limit


def test_the_ratio_is_wcags():
    assert contrast("#fff", "#000") == 21
    assert round(contrast("#777", "#fff"), 2) == 4.48  # the well-known grey that just fails


def test_dark_by_system_and_dark_by_choice_are_the_same():
    assert CHOSEN_DARK == DARK


def test_every_colour_has_a_dark_value():
    colours = {name for name, value in LIGHT.items() if value.startswith("#") or name.startswith("shadow")}
    assert colours == set(DARK)


def test_colours_have_values_in_the_tokens_only():
    strays = {
        (file.name, colour)
        for file in OURS
        if file.name != "tokens.css"
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b", file.read_text())
    }
    # White is white in any scheme: under a QR code, on the logo, on paper, behind a letter.
    assert {(name, colour) for name, colour in strays if colour != "#fff"} == set()


def test_every_variable_that_is_used_exists():
    used = {name for file in OURS for name in re.findall(r"var\(--([a-z0-9-]+)\)", file.read_text())}
    assert {name for name in used if not name.startswith("bs-")} - set(LIGHT) == set()
