"""Long work, seen and stopped: the box that htmx asks for again and again, and its cancel button."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from ..access import fetch_visible, requires
from ..models import Job
from ..roles import Can
from ..services import jobs


@requires(Can.SEE_OWN_PAGES)
@require_GET
def progress(request, job_id):
    """The progress box. Once the job is over it says so, and asks the page around it to load anew."""
    job = fetch_visible(Job, request.membership, pk=job_id)
    response = render(request, "organisations/_job.html", {"job": job})
    if job.is_over and request.htmx:
        response["HX-Refresh"] = "true"
    return response


@requires(Can.SEE_OWN_PAGES)
@require_POST
def cancel(request, job_id):
    jobs.cancel_job(fetch_visible(Job, request.membership, pk=job_id))
    back = request.META.get("HTTP_REFERER", "")
    if back.startswith(f"{request.scheme}://{request.get_host()}/o/{request.organisation.slug}/"):
        return redirect(back)
    return redirect(request.organisation)
