from django.urls import path

from .views import guide, moving, objectives, reading, writing

app_name = "goals"
urlpatterns = [
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/goals/new/", writing.create, name="create"),
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/goals/own/", writing.create_own, name="create_own"),
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/goals/coach/", writing.coach, name="coach"),
    path("o/<slug:slug>/mentorships/<int:mentorship_id>/goals/guide/", guide.guide, name="guide"),
    path("o/<slug:slug>/goals/<int:goal_id>/", reading.detail, name="detail"),
    path("o/<slug:slug>/goals/<int:goal_id>/edit/", writing.edit, name="edit"),
    path("o/<slug:slug>/goals/<int:goal_id>/guide/", guide.guide_goal, name="guide_goal"),
    path("o/<slug:slug>/goals/<int:goal_id>/agree/", moving.agree, name="agree"),
    path("o/<slug:slug>/goals/<int:goal_id>/progress/", moving.progress, name="progress"),
    path("o/<slug:slug>/goals/<int:goal_id>/steps/", moving.step_add, name="step_add"),
    path("o/<slug:slug>/goals/<int:goal_id>/settle/", moving.settle, name="settle"),
    path("o/<slug:slug>/goals/<int:goal_id>/share/", moving.share, name="share"),
    path("o/<slug:slug>/goal-steps/<int:step_id>/", moving.step, name="step"),
    path("o/<slug:slug>/goal-steps/<int:step_id>/edit/", moving.step_edit, name="step_edit"),
    path("o/<slug:slug>/goal-progress/<int:entry_id>/file/", reading.evidence, name="evidence"),
    path("o/<slug:slug>/goal-progress/<int:entry_id>/remove/", moving.evidence_remove, name="evidence_remove"),
    path("o/<slug:slug>/placements/<int:placement_id>/objectives/", objectives.objectives, name="objectives"),
    path("o/<slug:slug>/placements/<int:placement_id>/objectives/agree/", objectives.objectives_agree, name="objectives_agree"),
    path("o/<slug:slug>/objectives/<int:objective_id>/", objectives.objective, name="objective"),
    path("o/<slug:slug>/objectives/<int:objective_id>/aside/", objectives.objective_aside, name="objective_aside"),
]
