"""Reading pages and letters of matching."""

import re

from bs4 import BeautifulSoup


def seen(response) -> str:
    """The words of a page's main part, as one line."""
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join(soup.find("main").get_text(" ").split())


def link_in(letter) -> str:
    """The signed link of a letter, as a path."""
    return re.search(r"http://testserver(/r/\S+)", letter.text).group(1)


def shown_on(page) -> dict:
    """What the page that publishes would send, without a tick changed."""
    context = page.context
    fields = {"run": context["run"].pk, "seen": context["seen"], "course": context["choice"].course, "least": context["choice"].least}
    fields["employer"] = context["choice"].employer or ""
    return fields | ({"ticks": "1", "tick": [one.pk for one, ticked in context["rows"] if ticked]} if context["rows"] else {})
