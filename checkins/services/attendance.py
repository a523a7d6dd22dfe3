"""Who was at a check-in of a group, and each student's own word. A member who was absent has not missed it for all."""

from ..models import Attendance


def note_attendance(check_in, people, present):
    """Write a row for each member. present: ids of participants who were there; None: everybody. Keeps their own words."""
    rows = [
        Attendance(
            organisation_id=check_in.organisation_id,
            check_in=check_in,
            participant=one,
            was_there=present is None or one.pk in present,
        )
        for one in people
    ]
    Attendance.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["organisation", "check_in", "participant"], update_fields=["was_there"]
    )


def own_word(check_in, participant, *, mood=None, feedback=None) -> Attendance:
    """Keep a student's own rating and feedback for the mentor; what is None stays as it was."""
    row, _made = Attendance.objects.get_or_create(check_in=check_in, participant=participant)
    row.mood = mood or row.mood
    if feedback is not None:
        row.feedback = feedback.strip()
    row.save(update_fields=["mood", "feedback"])
    return row
