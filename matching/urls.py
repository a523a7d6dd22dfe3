from django.urls import path

from . import views

app_name = "matching"
urlpatterns = [
    path("o/<slug:slug>/programmes/<int:programme_id>/matching/", views.programme, name="programme"),
    path("o/<slug:slug>/programmes/<int:programme_id>/matching/run/", views.run, name="run"),
    path("o/<slug:slug>/programmes/<int:programme_id>/matching/so-far/", views.so_far, name="so_far"),
    path("o/<slug:slug>/programmes/<int:programme_id>/matching/rules/", views.rules, name="rules"),
    path("o/<slug:slug>/programmes/<int:programme_id>/matching/publish/", views.publish, name="publish"),
    path("o/<slug:slug>/programmes/<int:programme_id>/matching/without-a-mentor/", views.unmatched, name="unmatched"),
    path(
        "o/<slug:slug>/programmes/<int:programme_id>/matching/students/<int:participant_id>/", views.student, name="student"
    ),
    path("o/<slug:slug>/programmes/<int:programme_id>/matching/pair/", views.pair, name="pair"),
    path("o/<slug:slug>/programmes/<int:programme_id>/matching/pair/cost/", views.pair_cost, name="pair_cost"),
    path("o/<slug:slug>/programmes/<int:programme_id>/matching/exclusions/", views.exclusions, name="exclusions"),
    path("o/<slug:slug>/exclusions/<int:exclusion_id>/lift/", views.exclusion_lift, name="exclusion_lift"),
    path("o/<slug:slug>/proposals/<int:proposal_id>/", views.answer, name="answer"),
    path("o/<slug:slug>/proposals/<int:proposal_id>/undo/", views.pair_undo, name="pair_undo"),
    path("o/<slug:slug>/proposals/<int:proposal_id>/lock/", views.lock, name="lock"),
    path("o/<slug:slug>/proposals/<int:proposal_id>/unlock/", views.unlock, name="unlock"),
    path("o/<slug:slug>/proposals/<int:proposal_id>/remove/", views.remove, name="remove"),
    path("o/<slug:slug>/proposals/<int:proposal_id>/put-back/", views.put_back, name="put_back"),
    path("o/<slug:slug>/proposals/<int:proposal_id>/allow/", views.allow, name="allow"),
    path("o/<slug:slug>/proposals/<int:proposal_id>/withdraw/", views.withdraw, name="withdraw"),
    path("r/<str:token>/proposal/", views.answer_by_link, name="answer_by_link"),
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/agreement/", views.agreement, name="agreement"),
    path("r/<str:token>/agreement/", views.agreement_by_link, name="agreement_by_link"),
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/stage/", views.stage, name="stage"),
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/end/", views.end, name="end"),
]
