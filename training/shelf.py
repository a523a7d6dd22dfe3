"""The library as one shelf: the ten texts of the house, and what an organisation put beside them."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.roles import Can

from .library import resources
from .models import OwnResource, ResourceRead

READERS = dict(OwnResource.Reader.choices)
ICONS = {"text": "book-open", "link": "link", "file": "paperclip"}


@dataclass(frozen=True)
class Book:
    """One resource on the shelf. ``own``: the row, or None for a text of the house, which ``slug`` names."""

    key: str
    title: str
    summary: str
    kind: str
    minutes: int | None
    aspects: tuple[str, ...]
    roles: tuple[str, ...]
    stages: tuple[str, ...]
    slug: str = ""
    own: OwnResource | None = None
    read: bool = False

    @property
    def icon(self):
        return ICONS[self.kind]

    @property
    def kind_label(self):
        return OwnResource.Kind(self.kind).label if self.own else _("A text of the house")

    @property
    def for_whom(self):
        return [READERS[role] for role in self.roles if role in READERS]


def readers_open_to(membership) -> list[str]:
    """For whom the resources may be that somebody sees: all of them, or those for their own roles."""
    if any(membership.can(one) for one in (Can.RUN_PROGRAMMES, Can.SEE_PEOPLE, Can.READ_CONCERNS)):
        return list(READERS)
    return [role for role in READERS if role in membership.roles]


def books_for(membership, *, reader="", aspect="", stage="", query="") -> list[Book]:
    """What a membership may see and the filters leave, in two queries. What names the stage stands before what suits any.

    reader, aspect, stage: a key, or "" for all. query: words of the title or summary.
    """
    read = set(ResourceRead.objects.visible_to(membership).values_list("resource", flat=True))
    open_to = set(readers_open_to(membership))
    own = OwnResource.objects.visible_to(membership).current()
    if query:
        own = own.filter(Q(title__icontains=query) | Q(summary__icontains=query) | Q(body__icontains=query))
    books = [*_house(query, read), *(_own(row, read) for row in own)]
    found = [
        book
        for book in books
        if open_to & set(book.roles)
        and (not reader or reader in book.roles)
        and (not aspect or aspect in book.aspects)
        and (not stage or not book.stages or stage in book.stages)
    ]
    return sorted(found, key=lambda book: bool(stage) and stage not in book.stages)


def suggested(membership, needs, *, most=5) -> list[Book]:
    """What to read for a mentor's open needs (aspect keys): unread, the organisation's own first."""
    books = [book for book in books_for(membership, reader="mentor") if not book.read and set(book.aspects) & set(needs)]
    return sorted(books, key=lambda book: book.own is None)[:most]


def retired(membership):
    """The organisation's own that were taken off the shelf, for those who may put them back."""
    return OwnResource.objects.visible_to(membership).exclude(retired_at=None).order_by("-retired_at", "-pk")


def _house(query, read):
    words = query.casefold()
    for one in resources():
        if words in one.title.casefold() or words in one.summary.casefold() or words in one.body.casefold():
            yield Book(
                one.slug, one.title, one.summary, "text", one.minutes, (one.aspect,), one.roles, one.stages,
                slug=one.slug, read=one.slug in read,
            )  # fmt: skip


def _own(row, read):
    return Book(
        row.key, row.title, row.summary, row.kind, row.minutes, tuple(row.aspects), tuple(row.roles), tuple(row.stages),
        own=row, read=row.key in read,
    )  # fmt: skip
