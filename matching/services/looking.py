"""Who has a mentor, who has been asked, and who looks for one: the same everywhere it is counted."""

from django.db.models import Count, Exists, OuterRef

from programmes.models import Participant

from ..models import MentorshipMember, Proposal
from .records import holding


def students_by_state(programme) -> dict:
    """{"matched", "asked", "looking"} -> participants; together they are the active students of the programme.

    matched: in a mentorship that runs or came to a good end. asked: a proposal waits for answers. looking: neither, be it that
    nobody was found or that a proposal came to nothing.
    """
    students = Participant.objects.students().active().filter(programme=programme, membership__left_at=None)
    seated = Exists(MentorshipMember.objects.filter(holding("mentorship__"), participant=OuterRef("pk")))
    asked = Exists(Proposal.objects.open().filter(student=OuterRef("pk")))
    return {
        "matched": students.filter(seated),
        "asked": students.filter(asked).exclude(seated),
        "looking": students.exclude(asked).exclude(seated),
    }


def looking_after(run, programme) -> dict:
    """{"all", "no_proposal"}: how many look for a mentor now, and how many of them this published run found nobody for."""
    left = Exists(run.unmatched.filter(student=OuterRef("pk")))
    return students_by_state(programme)["looking"].aggregate(all=Count("pk"), no_proposal=Count("pk", filter=left))
