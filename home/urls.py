from django.urls import path

from .views import front, gallery, today

app_name = "home"
urlpatterns = [
    path("", front.front, name="front"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("o/<slug:slug>/", today.today, name="today"),
]
