from django.urls import path

from . import views

app_name = "goals"
urlpatterns = [
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/goals/new/", views.create, name="create"),
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/goals/coach/", views.coach, name="coach"),
    path("o/<slug:slug>/goals/<int:goal_id>/", views.detail, name="detail"),
    path("o/<slug:slug>/goals/<int:goal_id>/edit/", views.edit, name="edit"),
    path("o/<slug:slug>/goals/<int:goal_id>/progress/", views.progress, name="progress"),
    path("o/<slug:slug>/goals/<int:goal_id>/steps/", views.step_add, name="step_add"),
    path("o/<slug:slug>/goals/<int:goal_id>/settle/", views.settle, name="settle"),
    path("o/<slug:slug>/goal-steps/<int:step_id>/", views.step, name="step"),
]
