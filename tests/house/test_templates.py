"""What every template must keep to: no script or handler in the page, every sentence translatable, forms with their token."""

import re

from tests.house.source import templates

HANDLER = re.compile(r"""<[^>]*?\s(on[a-z]+)=["']""")
SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")[^>]*>|javascript:", re.IGNORECASE)
STYLE = re.compile(r"""<style|\sstyle=["']""")
# Measures that only the page knows. Letters carry their styles because mail programs drop style sheets.
MEASURES = {"components/", "charts/", "letters/", "documents/"}
FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL | re.IGNORECASE)
REMOTE = re.compile(r"""(?:src|href)=["'](?:https?:)?//""")
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
COMMENT = re.compile(r"{%\s*comment.*?{%\s*endcomment\s*%}", re.DOTALL)
LOUD = re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off")


def html():
    return [(name, text) for name, text in templates() if name.endswith(".html")]


def test_no_handler_and_no_script_stands_in_a_page():
    assert len(html()) > 120
    assert [name for name, text in html() if HANDLER.search(text) or SCRIPT.search(text)] == []


def test_styles_stand_in_the_style_sheets():
    found = [name for name, text in html() if STYLE.search(COMMENT.sub("", text)) and not name.startswith(tuple(MEASURES))]
    assert found == []


def test_nothing_comes_from_elsewhere():
    assert [name for name, text in html() if REMOTE.search(text)] == []


def test_nothing_is_let_through_unescaped():
    assert [name for name, text in html() if LOUD.search(text)] == []


def test_every_form_that_changes_something_carries_its_token():
    forms = [(name, form) for name, text in html() for form in FORM.findall(text)]
    assert len(forms) > 40
    assert [name for name, form in forms if "csrf_token" not in form] == []


def test_every_sentence_can_be_translated():
    """Words between tags stand in {% translate %} or {% blocktranslate %}."""
    blocks = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
    classes = re.compile(r"{% block [a-z]+_class %}.*?{% endblock %}")
    skipped = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)
    name_of_the_product = {"Alongside"}
    found = []
    for name, text in html():
        if name.startswith(("admin/", "gallery")):
            continue  # for operators and developers
        left = text
        for pattern in (COMMENT, blocks, classes, skipped, TAG):
            left = pattern.sub(" ", left)
        words = [" ".join(re.sub(r"&[a-z]+;", " ", word).split()).lstrip("· ") for word in re.split(r"<[^>]*>", left)]
        found += [f"{name}: {word}" for word in words if re.search(r"[A-Za-z]{3}", word) and word not in name_of_the_product]
    assert found == []
