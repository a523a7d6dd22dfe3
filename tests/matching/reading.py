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
