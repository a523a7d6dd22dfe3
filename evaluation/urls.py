from django.urls import path

from .views import answer, mentorship, programme, report

app_name = "evaluation"
urlpatterns = [
    path("o/<slug:slug>/programmes/<int:programme_id>/surveys/", programme.programme, name="programme"),
    path("o/<slug:slug>/programmes/<int:programme_id>/surveys/make/", programme.make, name="make"),
    path("o/<slug:slug>/programmes/<int:programme_id>/surveys/<slug:kind>/", programme.survey, name="survey"),
    path("o/<slug:slug>/programmes/<int:programme_id>/surveys/<slug:kind>/open/", programme.survey_open, name="survey_open"),
    path("o/<slug:slug>/programmes/<int:programme_id>/surveys/<slug:kind>/dates/", programme.survey_dates, name="survey_dates"),
    path("o/<slug:slug>/programmes/<int:programme_id>/surveys/<slug:kind>/nudge/", programme.survey_nudge, name="survey_nudge"),
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/surveys/", mentorship.mentorship, name="mentorship"),
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/surveys/<slug:kind>/open/", mentorship.mentorship_open, name="mentorship_open"),
    path("o/<slug:slug>/surveys/<int:request_id>/", answer.answer, name="answer"),
    path("o/<slug:slug>/surveys/<int:request_id>/draft/", answer.answer_draft, name="answer_draft"),
    path("o/<slug:slug>/programmes/<int:programme_id>/report/", report.report, name="report"),
    path("o/<slug:slug>/programmes/<int:programme_id>/report/download/", report.report_download, name="report_download"),
    path("r/<str:token>/survey/", answer.answer_by_link, name="answer_by_link"),
    path("r/<str:token>/survey/draft/", answer.answer_draft_by_link, name="answer_draft_by_link"),
]
