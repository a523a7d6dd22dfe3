# syntax=docker/dockerfile:1
# Two stages: packages are made with what it takes to make them, and run without it.
FROM python:3.13-slim-trixie AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements/base.lock /tmp/base.lock
RUN /opt/venv/bin/pip install --require-hashes -r /tmp/base.lock

FROM python:3.13-slim-trixie
# Pango for PDFs; DejaVu for the letters that Inter lacks.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --create-home --shell /usr/sbin/nologin alongside \
    && install --directory --owner alongside --group alongside /var/lib/alongside
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=mentoring.settings.production \
    ALONGSIDE_VAR=/var/lib/alongside
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/alongside
COPY . .
# Production settings want every value; these live for this one line only and open nothing.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    DATABASE_URL=postgresql://nobody@localhost/none REDIS_URL=redis://localhost:1/0 EMAIL_URL=smtp://localhost \
    DEFAULT_FROM_EMAIL=nobody@localhost ALLOWED_HOSTS=localhost ALONGSIDE_BASE_URL=https://localhost \
    ALONGSIDE_VAR=/tmp/build python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf /tmp/build
USER alongside
VOLUME /var/lib/alongside
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["python", "scripts/healthcheck.py", "web"]
CMD ["gunicorn", "mentoring.wsgi", "--bind", "0.0.0.0:8000", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
