from celery import shared_task

from .services import jobs


@shared_task
def run_job(organisation_id, job_id):
    jobs.run(organisation_id, job_id)


@shared_task
def restart_lost_jobs():
    for organisation_id, job_id in jobs.lost_jobs():
        run_job.delay(organisation_id, job_id)
