from celery import shared_task

from .services import silence


@shared_task
def lapse_proposals():
    silence.lapse_proposals()
