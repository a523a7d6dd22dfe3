from django.urls import path

from .views import front

app_name = "home"
urlpatterns = [
    path("", front.front, name="front"),
]
