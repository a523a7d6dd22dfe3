from django.urls import path

from .views import coordinator, mentor

app_name = "training"
urlpatterns = [
    path("o/<slug:slug>/training/", mentor.my_training, name="my_training"),
    path("o/<slug:slug>/training/<int:participant_id>/checklist/", mentor.checklist, name="checklist"),
    path("o/<slug:slug>/training/<int:participant_id>/answer/", mentor.answer, name="answer"),
    path("o/<slug:slug>/training/<int:participant_id>/code/", mentor.code, name="code"),
    path("o/<slug:slug>/training/<int:participant_id>/override/", coordinator.override, name="override"),
    path("o/<slug:slug>/resources/", mentor.library, name="resources"),
    path("o/<slug:slug>/resources/<slug:resource_slug>/", mentor.read, name="resource"),
    path("o/<slug:slug>/programmes/<int:programme_id>/training/", coordinator.programme, name="programme"),
    path("o/<slug:slug>/programmes/<int:programme_id>/training/invite/", coordinator.invite, name="invite"),
    path("o/<slug:slug>/programmes/<int:programme_id>/training/needs.csv", coordinator.export, name="export"),
]
