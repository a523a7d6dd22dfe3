"""The resources mentors read, one for each aspect of the checklist, from the files in training/resources.

A file begins with a front matter of `key: value` lines between two lines of dashes: title, summary, aspect (key of
the checklist aspect), minutes (reading time), roles (comma list). Its name is `NN-slug.md`, NN the aspect's number.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.safestring import mark_safe

from training import markdown

FOLDER = Path(__file__).parent / "resources"
_FRONT_MATTER = re.compile(r"\A---\n(?P<head>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_NAME = re.compile(r"\A(?P<number>\d{2})-(?P<slug>[a-z0-9-]+)\Z")
_KEYS = {"title", "summary", "aspect", "minutes", "roles"}
_MAY = {"stages"}  # of the mentorship, a comma list of programmes.enums.Stage; none: any


class ResourceError(ValueError):
    """A resource file that does not keep to the form; the message names the file and what is wrong."""


@dataclass(frozen=True)
class Resource:
    """One short text. `minutes` is the reading time, `roles` those it is written for, `body` its Markdown."""

    number: int
    slug: str
    title: str
    summary: str
    aspect: str
    minutes: int
    roles: tuple[str, ...]
    body: str
    stages: tuple[str, ...] = ()

    @property
    def html(self):
        """The text as safe HTML, headings from h2."""
        return mark_safe(markdown.render(self.body))  # noqa: S308 the renderer escapes every text

    @property
    def word_count(self):
        """The words of the text, marks left out."""
        return len(re.findall(r"[^\W_]+(?:['’\-][^\W_]+)*", self.body))


@cache
def resources():
    """Return every Resource, in the order of the checklist. Raises ResourceError for a malformed file."""
    return tuple(parse(path.stem, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.md")))


def resource(slug):
    """Return the Resource with this slug; KeyError when there is none."""
    return {item.slug: item for item in resources()}[slug]


def resources_for(role):
    """Return the resources written for a role ("mentor", "student" …)."""
    return tuple(item for item in resources() if role in item.roles)


def parse(name, text):
    """Return the Resource in a file's text; `name` is the file's name without its ending."""
    named, parts = _NAME.match(name), _FRONT_MATTER.match(text)
    if not named or not parts:
        message = f"{name}: needs a name like 01-slug and a front matter between lines of ---"
        raise ResourceError(message)
    head = dict(_pair(name, line) for line in parts["head"].splitlines())
    if set(head) - _MAY != _KEYS or not head["minutes"].isdecimal():
        message = f"{name}: the front matter needs exactly {', '.join(sorted(_KEYS))}, minutes a whole number"
        raise ResourceError(message)
    return Resource(
        number=int(named["number"]),
        slug=named["slug"],
        title=head["title"],
        summary=head["summary"],
        aspect=head["aspect"],
        minutes=int(head["minutes"]),
        roles=tuple(role.strip() for role in head["roles"].split(",")),
        body=parts["body"].strip(),
        stages=tuple(stage.strip() for stage in head.get("stages", "").split(",") if stage.strip()),
    )


def _pair(name, line):
    key, colon, value = line.partition(":")
    if not colon or not value.strip():
        message = f"{name}: “{line}” is not of the form key: value"
        raise ResourceError(message)
    return key.strip(), value.strip()
