"""Every address of the house. Each app lists its own, written out in full:

/o/<slug>/…   pages of an organisation, signed in        /r/<token>/…   one page by signed link, no account
"""

from django.contrib import admin
from django.urls import include, path

from . import health

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("home.urls")),
    path("", include("documents.urls")),
    path("", include("evaluation.urls")),
    path("", include("checkins.urls")),
    path("", include("goals.urls")),
    path("", include("matching.urls")),
    path("", include("training.urls")),
    path("", include("programmes.urls")),
    path("", include("organisations.urls")),
    path("", include("accounts.urls")),
    path("", include("post.urls")),
]
