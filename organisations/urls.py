from django.urls import path

from .views import jobs, roles

app_name = "organisations"
urlpatterns = [
    path("o/<slug:slug>/roles/", roles.poster, name="roles"),
    path("o/<slug:slug>/jobs/<int:job_id>/", jobs.progress, name="job"),
    path("o/<slug:slug>/jobs/<int:job_id>/cancel/", jobs.cancel, name="job_cancel"),
]
