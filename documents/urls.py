from django.urls import path

from . import views

app_name = "documents"
urlpatterns = [
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/plan/", views.plan_ask, name="plan_ask"),
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/agreement/<int:number>/pdf/", views.agreement, name="agreement"),
    path("o/<slug:slug>/documents/<int:document_id>/", views.download, name="download"),
    path("o/<slug:slug>/programmes/<int:programme_id>/plans/", views.programme, name="programme"),
    path("o/<slug:slug>/programmes/<int:programme_id>/plans/zip/", views.batch_ask, name="batch_ask"),
    path("o/<slug:slug>/documents/zips/<int:batch_id>/", views.batch_download, name="batch_download"),
    path("o/<slug:slug>/concerns/<int:concern_id>/export/", views.concern_export, name="concern_export"),
]
