from celery import shared_task

from .services import escalation, monday_list, reminders


@shared_task
def send_reminders():
    """Every ten minutes (beat). Safe at any time and twice at once. The list on Mondays stands before the reminders of the day."""
    monday_list.send_everywhere()
    reminders.send_all()


@shared_task
def escalate_concerns():
    """Every five minutes (beat). Safe at any time and twice at once."""
    escalation.escalate_all()
