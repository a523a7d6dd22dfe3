from django.urls import path

from .views import drafts, jobs, join, letters, me, people, roles, settings, unreached

app_name = "organisations"
urlpatterns = [
    path("r/<str:token>/join/", join.join, name="join"),
    path("o/<slug:slug>/roles/", roles.poster, name="roles"),
    path("o/<slug:slug>/me/", me.me, name="me"),
    path("o/<slug:slug>/people/", people.people_list, name="people"),
    path("o/<slug:slug>/people/add/", people.person_add, name="person_add"),
    path("o/<slug:slug>/people/invite/", people.invite_waiting, name="invite_waiting"),
    path("o/<slug:slug>/people/<int:membership_id>/", people.person, name="person"),
    path("o/<slug:slug>/people/<int:membership_id>/change/", people.person_edit, name="person_edit"),
    path("o/<slug:slug>/people/<int:membership_id>/invite/", people.person_invite, name="person_invite"),
    path("o/<slug:slug>/people/<int:membership_id>/uninvite/", people.person_uninvite, name="person_uninvite"),
    path("o/<slug:slug>/people/<int:membership_id>/leave/", people.person_leave, name="person_leave"),
    path("o/<slug:slug>/people/<int:membership_id>/return/", people.person_return, name="person_return"),
    path("o/<slug:slug>/settings/", settings.settings, name="settings"),
    path("o/<slug:slug>/history/", settings.history, name="history"),
    path("o/<slug:slug>/history/readings/", settings.readings, name="readings"),
    path("o/<slug:slug>/letters/", letters.letters, name="letters"),
    path("o/<slug:slug>/letters/calls/", unreached.calls, name="calls"),
    path("o/<slug:slug>/letters/calls/<int:address_id>/called/", unreached.called, name="called"),
    path("o/<slug:slug>/letters/calls/<int:address_id>/again/", unreached.again, name="call_again"),
    path("o/<slug:slug>/letters/<int:letter_id>/", letters.letter, name="letter"),
    path("o/<slug:slug>/letters/<int:letter_id>/retry/", letters.letter_retry, name="letter_retry"),
    path("o/<slug:slug>/drafts/", drafts.save, name="draft"),
    path("o/<slug:slug>/jobs/<int:job_id>/", jobs.progress, name="job"),
    path("o/<slug:slug>/jobs/<int:job_id>/cancel/", jobs.cancel, name="job_cancel"),
]
