from celery import shared_task

from .services import consent, silence


@shared_task
def lapse_proposals():
    silence.lapse_proposals()


@shared_task
def settle_consents():
    """Once a day (beat): whoever waits for a guardian and has turned 18 waits no longer."""
    consent.settle_all_consents()
