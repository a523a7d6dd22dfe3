"""What pages say about a mentorship's action plans."""

from matching.models import MentorshipMember
from organisations.models import Job
from programmes.enums import Side

from .models import Document
from .services import action_plans, batches


def newest_job(kind, target_id):
    """The last job of this kind for this row, when it is still to be shown: running, or it did not work."""
    job = Job.objects.filter(kind=kind, target_id=target_id).order_by("-pk").first()
    return job if job and job.status != Job.Status.DONE else None


def plan_job(mentorship):
    """The job making this mentorship's plan, while it runs or when it did not work; else None."""
    return newest_job(action_plans.JOB, mentorship.pk)


def batch_job(programme):
    return newest_job(batches.JOB, programme.pk)


def student_names(mentorship_id) -> str:
    seats = MentorshipMember.objects.filter(mentorship=mentorship_id, side=Side.STUDENT)
    return ", ".join(seat.participant.name for seat in seats.select_related("participant__membership"))


def plan_rows(mentorships) -> list[dict]:
    """For a page of mentorships: {"mentorship", "students", "mentors", "plan": newest finished version or None}, in two queries."""
    names = {row.pk: {Side.STUDENT: [], Side.MENTOR: []} for row in mentorships}
    seats = MentorshipMember.objects.filter(mentorship__in=names).select_related("participant__membership").order_by("pk")
    for seat in seats:
        names[seat.mentorship_id][seat.side].append(seat.participant.name)
    plans = Document.objects.filter(mentorship__in=names, status=Document.Status.READY).order_by("version")
    newest = {plan.mentorship_id: plan for plan in plans}
    return [
        {
            "mentorship": row,
            "students": ", ".join(names[row.pk][Side.STUDENT]),
            "mentors": ", ".join(names[row.pk][Side.MENTOR]),
            "plan": newest.get(row.pk),
        }
        for row in mentorships
    ]
