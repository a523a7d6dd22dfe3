from django.urls import path

from .views import employers, holidays, imports, people, programmes, young

app_name = "programmes"
urlpatterns = [
    path("o/<slug:slug>/programmes/", programmes.programme_list, name="list"),
    path("o/<slug:slug>/programmes/new/", programmes.create, name="create"),
    path("o/<slug:slug>/programmes/<int:programme_id>/", programmes.detail, name="detail"),
    path("o/<slug:slug>/programmes/<int:programme_id>/edit/", programmes.edit, name="edit"),
    path("o/<slug:slug>/programmes/<int:programme_id>/close/", programmes.close, name="close"),
    path("o/<slug:slug>/programmes/<int:programme_id>/holidays/", holidays.holidays, name="holidays"),
    path(
        "o/<slug:slug>/programmes/<int:programme_id>/holidays/<int:holiday_id>/remove/", holidays.holiday_remove, name="holiday_remove"
    ),
    path("o/<slug:slug>/programmes/<int:programme_id>/under-18/", young.contact_rules, name="contact_rules"),
    path("o/<slug:slug>/programmes/<int:programme_id>/under-18/ask/", young.guardians_ask, name="guardians_ask"),
    path("o/<slug:slug>/participants/<int:participant_id>/under-18/", young.young_person, name="young_person"),
    path("o/<slug:slug>/guardians/<int:consent_id>/paper/", young.consent_paper, name="consent_paper"),
    path("r/<str:token>/guardian/", young.consent_by_link, name="consent_by_link"),
    path("o/<slug:slug>/checklist-items/<int:item_id>/", programmes.checklist_toggle, name="checklist_toggle"),
    path("o/<slug:slug>/programmes/<int:programme_id>/people/", people.participants, name="participants"),
    path("o/<slug:slug>/programmes/<int:programme_id>/people/new/", people.participant_add, name="participant_add"),
    path("o/<slug:slug>/programmes/<int:programme_id>/people/invite/", people.participants_invite, name="participants_invite"),
    path("o/<slug:slug>/participants/<int:participant_id>/", people.participant, name="participant"),
    path("o/<slug:slug>/participants/<int:participant_id>/edit/", people.participant_edit, name="participant_edit"),
    path("o/<slug:slug>/participants/<int:participant_id>/withdraw/", people.participant_withdraw, name="participant_withdraw"),
    path("o/<slug:slug>/participants/<int:participant_id>/placements/new/", people.placement_add, name="placement_add"),
    path("o/<slug:slug>/placements/<int:placement_id>/", people.placement, name="placement"),
    path("o/<slug:slug>/employers/", employers.employers, name="employers"),
    path("o/<slug:slug>/employers/new/", employers.employer_add, name="employer_add"),
    path("o/<slug:slug>/employers/<int:employer_id>/", employers.employer, name="employer"),
    path("o/<slug:slug>/employers/<int:employer_id>/edit/", employers.employer_edit, name="employer_edit"),
    path("o/<slug:slug>/employers/<int:employer_id>/sites/", employers.site_add, name="site_add"),
    path("o/<slug:slug>/employers/<int:employer_id>/line-managers/", employers.line_manager_add, name="line_manager_add"),
    path("o/<slug:slug>/programmes/<int:programme_id>/import/", imports.upload, name="import"),
    path("o/<slug:slug>/programmes/<int:programme_id>/import/<int:import_id>/", imports.preview, name="import_preview"),
    path("o/<slug:slug>/programmes/<int:programme_id>/import/<int:import_id>/yes/", imports.confirm, name="import_confirm"),
    path("o/<slug:slug>/programmes/<int:programme_id>/import/<int:import_id>/set-aside/", imports.drop, name="import_drop"),
    path("o/<slug:slug>/programmes/<int:programme_id>/import/<int:import_id>/read-again/", imports.read_again, name="import_read_again"),
    path("o/<slug:slug>/programmes/<int:programme_id>/import/<int:import_id>/left-out.csv", imports.refused, name="import_refused"),
    path("o/<slug:slug>/programmes/<int:programme_id>/import/empty/<slug:kind>.<slug:ending>", imports.template, name="template"),
    path("o/<slug:slug>/programmes/<int:programme_id>/import/example/<slug:kind>.csv", imports.sample, name="sample"),
]
