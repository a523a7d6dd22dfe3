"""A variable that nobody gave a template is a fault in the tests, not a silent gap in the page.

Django puts settings' ``string_if_invalid`` where a variable is missing: when it is true, formatted with the variable's name,
else through the variable's filters. Here it is true and its formatting raises where the template is ours; in templates of
packages it is the empty text that it is outside the tests.
"""

import sys
from pathlib import Path

from django.conf import settings
from django.template import engines
from django.template.base import Node

# Overrides of packages' templates: their contexts are the packages'.
NOT_OURS = ("account", "allauth", "mfa", "usersessions", "socialaccount", "bootstrap5", "admin")


class UndefinedVariable(AssertionError):
    """A template of ours used a variable that its view did not give."""


class Hole(str):
    """The text that stands for a missing variable."""

    __slots__ = ()

    def __bool__(self):
        return _where()[0] is not None

    def __contains__(self, key):
        return key == "%s" or super().__contains__(key)

    def __mod__(self, variable):
        template, line = _where()
        raise UndefinedVariable(f"{template}:{line} uses {variable}, which nobody gave it")


def watch():
    """From now on, missing variables raise."""
    engines["django"].engine.string_if_invalid = Hole()


def _where():
    """(template, line) of ours that is being rendered, or (None, None)."""
    frame = sys._getframe(2)
    while frame is not None:
        node = frame.f_locals.get("self")
        if frame.f_code.co_name == "render_annotated" and isinstance(node, Node):
            return _ours(node)
        frame = frame.f_back
    return None, None


def _ours(node):
    origin = Path(getattr(getattr(node, "origin", None), "name", "") or "")
    folder = Path(settings.BASE_DIR) / "templates"
    if not origin.is_relative_to(folder) or origin.relative_to(folder).parts[0] in NOT_OURS:
        return None, None
    return origin.relative_to(folder), getattr(getattr(node, "token", None), "lineno", "?")
