from django.urls import path

from .views import calendar, front, gallery, handover, installed, mentorships, today

app_name = "home"
urlpatterns = [
    path("", front.front, name="front"),
    path("sw.js", installed.service_worker, name="service_worker"),
    path("offline/", installed.offline, name="offline"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("o/<slug:slug>/", today.today, name="today"),
    path("o/<slug:slug>/me/calendar/", calendar.my_calendar, name="my_calendar"),
    path("r/<str:token>/calendar.ics", calendar.feed, name="feed"),
    path("o/<slug:slug>/mentorships/", mentorships.my_mentorships, name="my_mentorships"),
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/", mentorships.mentorship, name="mentorship"),
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/notes/", mentorships.note_add, name="note_add"),
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/notes/<int:note_id>/share/", handover.note_share, name="note_share"),
    path(
        "o/<slug:slug>/programmes/<int:programme_id>/mentors/<int:participant_id>/hand-over/", handover.hand_over, name="hand_over"
    ),
    path("o/<slug:slug>/programmes/<int:programme_id>/mentorships/", mentorships.mentorships, name="mentorships"),
]
