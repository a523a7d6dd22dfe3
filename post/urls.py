from django.urls import path

app_name = "post"
urlpatterns = []
