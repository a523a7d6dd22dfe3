"""What the page of a mentorship reads together with its row, instead of in queries of their own."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from goals.activity_shelf import shelf_columns
from matching.models import EarlyEnd, StageMove


def page_columns() -> dict:
    """Annotations for a queryset of mentorships: last_move, early_ids (participants), and what the activities' shelf needs."""
    move = StageMove.objects.filter(mentorship=OuterRef("pk")).order_by("-at", "-pk")
    move = move.values(json=JSONObject(stage="stage", why="why", fact="fact", who="by__first_name"))
    early = EarlyEnd.objects.filter(mentorship=OuterRef("pk")).order_by("said_at", "pk").values("participant")
    return {"last_move": Subquery(move[:1]), "early_ids": ArraySubquery(early), **shelf_columns()}
