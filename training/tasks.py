from celery import shared_task

from .services import event_reminders


@shared_task
def remind_of_events():
    """Every hour (beat): write to those whose event is near. Safe at any time and twice at once."""
    event_reminders.remind_everywhere()
