from django.urls import path

from .views import attendance, coordinator, events, mentor, my_events

app_name = "training"
urlpatterns = [
    path("o/<slug:slug>/training/", mentor.my_training, name="my_training"),
    path("o/<slug:slug>/training/<int:participant_id>/checklist/", mentor.checklist, name="checklist"),
    path("o/<slug:slug>/training/<int:participant_id>/answer/", mentor.answer, name="answer"),
    path("o/<slug:slug>/training/<int:participant_id>/code/", mentor.code, name="code"),
    path("o/<slug:slug>/training/<int:participant_id>/override/", coordinator.override, name="override"),
    path("o/<slug:slug>/training/events/", my_events.my_events, name="my_events"),
    path("o/<slug:slug>/training/events/<int:gathering_id>/", my_events.my_event, name="my_event"),
    path("o/<slug:slug>/training/events/<int:gathering_id>/calendar/", my_events.event_calendar, name="event_calendar"),
    path("o/<slug:slug>/training/here/", my_events.here, name="here"),
    path("r/<str:token>/event/", my_events.event_by_link, name="event_by_link"),
    path("r/<str:token>/event/calendar/", my_events.event_calendar_by_link, name="event_calendar_by_link"),
    path("o/<slug:slug>/programmes/<int:programme_id>/events/", events.events, name="events"),
    path("o/<slug:slug>/programmes/<int:programme_id>/events/add/", events.event_add, name="event_add"),
    path("o/<slug:slug>/events/<int:gathering_id>/", events.event, name="event"),
    path("o/<slug:slug>/events/<int:gathering_id>/change/", events.event_change, name="event_change"),
    path("o/<slug:slug>/events/<int:gathering_id>/guests/", events.event_guests, name="event_guests"),
    path("o/<slug:slug>/events/<int:gathering_id>/invite/", events.event_invite, name="event_invite"),
    path("o/<slug:slug>/events/<int:gathering_id>/cancel/", events.event_cancel, name="event_cancel"),
    path("o/<slug:slug>/events/<int:gathering_id>/attendance/", attendance.event_attendance, name="event_attendance"),
    path("o/<slug:slug>/events/<int:gathering_id>/attendance/everybody/", attendance.event_everybody, name="event_everybody"),
    path("o/<slug:slug>/events/<int:gathering_id>/code/", attendance.event_code, name="event_code"),
    path("o/<slug:slug>/events/guests/<int:guest_id>/attended/", attendance.guest_attended, name="guest_attended"),
    path("o/<slug:slug>/resources/", mentor.library, name="resources"),
    path("o/<slug:slug>/resources/<slug:resource_slug>/", mentor.read, name="resource"),
    path("o/<slug:slug>/programmes/<int:programme_id>/training/", coordinator.programme, name="programme"),
    path("o/<slug:slug>/programmes/<int:programme_id>/training/invite/", coordinator.invite, name="invite"),
    path("o/<slug:slug>/programmes/<int:programme_id>/training/needs.csv", coordinator.export, name="export"),
]
