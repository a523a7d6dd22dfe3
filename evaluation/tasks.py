from celery import shared_task

from .services import asking


@shared_task
def open_surveys():
    """Every hour (beat): open what is due and write to whoever is to answer. Safe at any time and twice at once."""
    asking.open_all()
