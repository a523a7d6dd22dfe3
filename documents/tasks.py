from celery import shared_task

from .services import clearing


@shared_task
def clear_up_files():
    clearing.clear_up_everywhere()
