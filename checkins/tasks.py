from celery import shared_task

from .services import reminders


@shared_task
def send_reminders():
    """Every ten minutes (beat). Safe at any time and twice at once."""
    reminders.send_all()
