import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings.dev")
application = get_wsgi_application()

from mentoring.checks import refuse_unsafe_database  # noqa: E402  needs the settings

refuse_unsafe_database()
