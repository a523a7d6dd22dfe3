"""The watch over missing variables itself: it raises for our templates, and leaves those of packages alone."""

import pytest
from django.template import engines
from django.template.loader import render_to_string

from tests.holes import UndefinedVariable


def test_a_missing_variable_of_ours_is_named_with_its_place():
    with pytest.raises(UndefinedVariable) as caught:
        render_to_string("components/tag.html", {"kind": "good"})
    assert "components/tag.html:1 uses" in str(caught.value)


def test_packages_may_leave_variables_out():
    assert engines["django"].from_string("a{{ nobody }}b").render({}) == "ab"
    assert engines["django"].from_string("{{ nobody|length }}{{ nobody|default:'x' }}").render({}) == "0x"
    assert "login" in render_to_string("admin/login.html", {"site_header": "x"}).lower()


def test_asking_whether_there_is_one_is_no_fault():
    assert engines["django"].from_string("{% if nobody %}x{% endif %}{% for one in nobody %}x{% endfor %}").render({}) == ""
