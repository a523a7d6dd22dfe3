"""A choosing round as counted and listed for its coordinator. The same few queries, however many people."""

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q

from ..models import Candidate, ChoiceSheet, SpeedMeeting

STATES = {
    "open": Q(done_at=None),
    "done": Q(done_at__isnull=False),
}


def choosers(choosing):
    """Sheets of those who choose and are still there; each with ``left``: how many can still be chosen on it."""
    left = Count("candidates", filter=Q(candidates__person__withdrawn_at=None, candidates__person__membership__left_at=None))
    rows = ChoiceSheet.objects.present().filter(round=choosing)
    asked = Q(Exists(Candidate.objects.filter(sheet=OuterRef("pk")))) | ~Q(without={})
    return rows.filter(asked).annotate(left=left)


def counts(choosing) -> dict[str, int]:
    """{"all", "done", "empty", "single"}: people who choose, who are done, who have nobody to choose, who have one: one query."""
    rows = choosers(choosing).order_by().values_list("left", "done_at")
    found = {"all": 0, "done": 0, "empty": 0, "single": 0}
    for left, done_at in rows:
        found["all"] += 1
        found["done"] += done_at is not None
        found["empty"] += left == 0
        found["single"] += left == 1
    return found


def empty_sheets(choosing):
    """Those who have nobody to choose, or nobody any more."""
    return choosers(choosing).filter(left=0).select_related("person__membership").order_by("person__membership__first_name", "pk")


def table(choosing, state=""):
    """Sheets for the list: who is not done comes first."""
    candidates = Candidate.objects.select_related("person__membership").order_by("position", "pk")
    rows = choosers(choosing).filter(STATES.get(state, Q())).select_related("person__membership")
    rows = rows.prefetch_related(Prefetch("candidates", queryset=candidates))
    return rows.order_by(F("done_at").asc(nulls_first=True), "person__membership__first_name", "pk")


def meetings(choosing):
    """The meetings that can take place, in order."""
    rows = SpeedMeeting.objects.present().filter(round=choosing)
    return rows.select_related("student__membership", "mentor__membership").order_by("slot", "student__membership__first_name", "pk")
