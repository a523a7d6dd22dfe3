from celery.signals import worker_process_init
from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self):
        from . import jobs  # noqa: F401  registers the jobs

        worker_process_init.connect(warm_up_paper, weak=False, dispatch_uid="documents.warm_up_paper")


def warm_up_paper(**kwargs):
    """Each worker process loads fonts and stylesheet when it starts, so that the first plan is as quick as the others."""
    from .rendering import warm_up

    warm_up()
