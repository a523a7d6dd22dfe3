from celery import shared_task

from .services import delivery


@shared_task
def deliver_letters():
    for _batch in range(50):
        if delivery.deliver_waiting() < delivery.BATCH:
            break
