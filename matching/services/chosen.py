"""What people have chosen, as the engine reads it. One query, however many people."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q, Subquery

from programmes.enums import Side

from ..models import Candidate, ChoosingRound


@dataclass(frozen=True)
class Chosen:
    """ranks: participant -> ids of the other side, the first choice first. noes: (student, mentor) pairs one of the two ruled out."""

    ranks: dict[int, tuple[int, ...]] = field(default_factory=dict)
    noes: frozenset[tuple[int, int]] = frozenset()


def chosen(programme, only=None) -> Chosen:
    """Orders of the newest round, and every "not this one" of any round. only: the id of the one student to read, with every mentor."""
    ordered = Q(sheet__round=_newest(programme), sheet__ordered_at__isnull=False)
    rows = Candidate.objects.filter(Q(is_no=True) | ordered, sheet__round__programme=programme)
    if only is not None:
        rows = rows.filter(Q(sheet__person__side=Side.MENTOR) | Q(sheet__person=only))
    found, noes = defaultdict(list), set()
    columns = ("sheet__person_id", "sheet__person__side", "person_id", "is_no")
    for owner, side, person, is_no in rows.order_by("sheet_id", "position", "pk").values_list(*columns):
        if is_no:
            noes.add((owner, person) if side == Side.STUDENT else (person, owner))
        else:
            found[owner].append(person)
    return Chosen({owner: tuple(order) for owner, order in found.items()}, frozenset(noes))


def noes_of(programme) -> set[tuple[int, int]]:
    """(student, mentor) pairs of whom one said "not this one" of the other: one query."""
    rows = Candidate.objects.filter(sheet__round__programme=programme, is_no=True).order_by()
    found = rows.values_list("sheet__person_id", "person_id", "sheet__person__side")
    return {(owner, person) if side == Side.STUDENT else (person, owner) for owner, person, side in found}


def has_chosen(programme) -> bool:
    """Whether anybody has put candidates in order in the newest round of a programme."""
    return Candidate.objects.filter(sheet__round=_newest(programme), sheet__ordered_at__isnull=False, is_no=False).exists()


def _newest(programme):
    return Subquery(ChoosingRound.objects.filter(programme=programme).order_by("-number").values("pk")[:1])
