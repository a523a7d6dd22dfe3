from celery import shared_task

from .services import answers


@shared_task
def lapse_proposals():
    answers.lapse_proposals()
