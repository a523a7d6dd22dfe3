from django.urls import path

from . import hooks, views

app_name = "post"
urlpatterns = [
    path("hooks/mail/", hooks.returned, name="returned"),
    path("mail/", views.inbox, name="inbox"),
    path("mail/<slug:name>/", views.inbox_letter, name="inbox_letter"),
    path("mail/<slug:name>/html/", views.inbox_html, name="inbox_html"),
    path("mail/<slug:name>/files/<int:number>/", views.inbox_file, name="inbox_file"),
]
