from django.urls import path

from .views import concerns, log, plan, read, reminders, times

app_name = "checkins"
urlpatterns = [
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/check-ins/", plan.plan, name="plan"),
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/rhythm/", plan.rhythm, name="rhythm"),
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/times/", times.times_new, name="times_new"),
    path("o/<slug:slug>/check-ins/times/<int:times_id>/", times.times, name="times"),
    path("o/<slug:slug>/check-ins/times/<int:times_id>/other/", times.times_other, name="times_other"),
    path("r/<str:token>/times/", times.times_by_link, name="times_by_link"),
    path("r/<str:token>/times/other/", times.times_other_by_link, name="times_other_by_link"),
    path("o/<slug:slug>/check-ins/<int:check_in_id>/", read.detail, name="detail"),
    path("o/<slug:slug>/check-ins/<int:check_in_id>/log/", log.log, name="log"),
    path("o/<slug:slug>/check-ins/<int:check_in_id>/log/draft/", log.log_draft, name="log_draft"),
    path("o/<slug:slug>/check-ins/<int:check_in_id>/move/", plan.move, name="move"),
    path("o/<slug:slug>/check-ins/<int:check_in_id>/drop/", plan.drop, name="drop"),
    path("o/<slug:slug>/check-ins/<int:check_in_id>/feedback/", read.feedback, name="feedback"),
    path("o/<slug:slug>/check-ins/actions/<int:action_id>/tick/", read.action_tick, name="action_tick"),
    path("r/<str:token>/check-in/", log.log_by_link, name="log_by_link"),
    path("r/<str:token>/check-in/draft/", log.log_draft_by_link, name="log_draft_by_link"),
    path("r/<str:token>/check-in/change/", log.change_by_link, name="change_by_link"),
    path("r/<str:token>/check-in/concern/", concerns.concern_by_link, name="concern_by_link"),
    path("o/<slug:slug>/programmes/<int:programme_id>/reminders/", reminders.reminders_preview, name="reminders_preview"),
    path("o/<slug:slug>/concerns/", concerns.concerns, name="concerns"),
    path("o/<slug:slug>/concerns/raise/", concerns.concern_raise, name="concern_raise"),
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/concerns/raise/", concerns.concern_raise, name="concern_raise"),
    path("o/<slug:slug>/concerns/mine/", concerns.my_concerns, name="my_concerns"),
    path("o/<slug:slug>/concerns/<int:concern_id>/", concerns.concern, name="concern"),
    path("o/<slug:slug>/concerns/<int:concern_id>/shared/", concerns.shared_concern, name="shared_concern"),
    path("o/<slug:slug>/concerns/shares/<int:share_id>/stop/", concerns.share_stop, name="share_stop"),
    path("o/<slug:slug>/concerns/letters/<int:letter_id>/again/", concerns.concern_letter_again, name="concern_letter_again"),
    path("o/<slug:slug>/concerns/notes/<int:note_id>/", concerns.lead_note, name="lead_note"),
]
