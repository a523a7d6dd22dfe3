"""Production refuses to start half configured; asked of a fresh process, as it happens on a server."""

import json
import os
import subprocess
import sys

import pytest

from mentoring import embedded
from mentoring.settings.addresses import database_from_url, email_from_url

GOOD = {
    "DJANGO_SETTINGS_MODULE": "mentoring.settings.production",
    "SECRET_KEY": "Zq8vT1mPx0LrWc5Ny7KdHs3BgJf9UeAo2RiXtMbVkCwQlEzGhSpD4",
    "DATABASE_URL": "postgresql://alongside_app:p%40ss@db.example:5433/alongside?sslmode=verify-full&pool=6",
    "REDIS_URL": "redis://:word@queue.example:6379/0",
    "EMAIL_URL": "smtp+tls://me:pw@mail.example",
    "DEFAULT_FROM_EMAIL": "Mentoring <mentoring@college.example>",
    "ALLOWED_HOSTS": "mentoring.college.example, www.college.example",
    "ALONGSIDE_BASE_URL": "https://mentoring.college.example/",
}
SHOW = """
import json
from django.conf import settings as s
print(json.dumps({n: getattr(s, n, None) for n in NAMES}, default=str))
"""


def run(code, tmp_path, **changes):
    """Run Python with exactly these variables; a change to None takes one away."""
    values = {**GOOD, "PATH": os.environ["PATH"], "ALONGSIDE_VAR": str(tmp_path), **changes}
    env = {name: value for name, value in values.items() if value is not None}
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)


def refusal(tmp_path, **changes):
    done = run("from django.conf import settings; settings.DEBUG", tmp_path, **changes)
    assert done.returncode == 1
    return done.stderr.partition("Refusing to start:\n")[2].strip().splitlines()


def test_complete_settings_start(tmp_path):
    names = [
        "DEBUG",
        "ALLOWED_HOSTS",
        "CSRF_TRUSTED_ORIGINS",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "ALONGSIDE_DEMO",
        "CSRF_COOKIE_SECURE",
        "ALONGSIDE_MFA_REQUIRED",
        "ALONGSIDE_BASE_URL",
        "SECURE_PROXY_SSL_HEADER",
        "EMAIL_HOST",
    ]
    done = run(SHOW.replace("NAMES", repr(names)), tmp_path)
    assert done.stderr == ""
    assert json.loads(done.stdout) == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["mentoring.college.example", "www.college.example"],
        "CSRF_TRUSTED_ORIGINS": ["https://mentoring.college.example"],
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "ALONGSIDE_MFA_REQUIRED": True,
        "ALONGSIDE_DEMO": False,
        "ALONGSIDE_BASE_URL": "https://mentoring.college.example",
        "SECURE_PROXY_SSL_HEADER": None,
        "EMAIL_HOST": "mail.example",
    }
    assert not (tmp_path / "pg").exists()  # no embedded server on a real installation


def test_djangos_own_deployment_check_finds_nothing(tmp_path):
    code = "import django; django.setup(); from django.core.management import call_command;"
    code += "call_command('check', deploy=True, fail_level='WARNING')"
    changes = {"SECURE_HSTS_INCLUDE_SUBDOMAINS": "1", "SECURE_HSTS_PRELOAD": "1"}  # a choice for the owner of the domain
    done = run(code, tmp_path, **changes)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", [name for name in GOOD if name != "DJANGO_SETTINGS_MODULE"])
def test_each_value_is_needed(name, tmp_path):
    assert refusal(tmp_path, **{name: None}) == [f"- {name} is not set"]


def test_all_that_is_missing_is_said_at_once(tmp_path):
    assert refusal(tmp_path, SECRET_KEY=None, EMAIL_URL=None) == ["- SECRET_KEY is not set", "- EMAIL_URL is not set"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SECRET_KEY": "short"}, "- SECRET_KEY is too short or too regular (50 random characters or more)"),
        ({"SECRET_KEY": "a" * 60}, "- SECRET_KEY is too short or too regular (50 random characters or more)"),
        (
            {"SECRET_KEY": "demo-only-not-a-secret-demo-only-not-a-secret-demo"},
            "- SECRET_KEY is an example; make one of your own",
        ),
        ({"DEBUG": "1"}, "- DEBUG is on; pages of errors would show settings and personal data"),
        ({"ALONGSIDE_DEBUG": "true"}, "- ALONGSIDE_DEBUG is on; pages of errors would show settings and personal data"),
        ({"ALLOWED_HOSTS": "*"}, "- ALLOWED_HOSTS is *; name the hosts this installation answers to"),
        ({"ALONGSIDE_BASE_URL": "http://mentoring.college.example"}, "- ALONGSIDE_BASE_URL must begin with https://"),
        ({"DATABASE_URL": "mysql://u:hidden@h/n"}, "- DATABASE_URL must begin with postgres:// or postgresql://"),
        ({"DATABASE_URL": "postgresql://u:hidden@h:port/n"}, "- DATABASE_URL cannot be read as an address"),
        ({"EMAIL_URL": "https://mail.example"}, "- EMAIL_URL must begin with smtp:// or smtp+tls:// or smtps://"),
    ],
)
def test_wrong_values_are_refused_without_showing_them(changes, words, tmp_path):
    assert refusal(tmp_path, **changes) == [words]


def test_a_value_may_lie_in_a_file(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text(GOOD["SECRET_KEY"] + "\n")
    done = run(SHOW.replace("NAMES", "['SECRET_KEY']"), tmp_path, SECRET_KEY=None, SECRET_KEY_FILE=str(secret))
    assert json.loads(done.stdout) == {"SECRET_KEY": GOOD["SECRET_KEY"]}
    missing = refusal(tmp_path, SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "none"))
    assert missing == ["- SECRET_KEY_FILE cannot be read (No such file or directory)", "- SECRET_KEY is not set"]


def test_a_proxys_word_is_believed_only_where_there_is_one(tmp_path):
    done = run(SHOW.replace("NAMES", "['SECURE_PROXY_SSL_HEADER']"), tmp_path, ALONGSIDE_BEHIND_PROXY="1")
    assert json.loads(done.stdout) == {"SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"]}


def database_url(server, user):
    return f"postgresql://{user}@/alongside?host={server['host']}"


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("owner", "Refusing to start. Signed in as alongside_owner, who owns the tables, so row security does not bind it."),
        ("admin", "Refusing to start. Signed in as postgres, whom row security does not bind."),
    ],
)
def test_the_web_process_refuses_a_role_that_row_security_does_not_bind(role, words, own_server, tmp_path):
    server = embedded.ensure_postgres(own_server)
    done = run("import mentoring.wsgi", tmp_path, DATABASE_URL=database_url(server, server[role]))
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1] == f"django.core.exceptions.ImproperlyConfigured: {words}"


@pytest.mark.parametrize("role", ["app", "worker"])
def test_the_web_process_starts_as_a_role_that_it_binds(role, own_server, tmp_path):
    server = embedded.ensure_postgres(own_server)
    done = run("import mentoring.wsgi; print('serves')", tmp_path, DATABASE_URL=database_url(server, server[role]))
    assert (done.returncode, done.stdout) == (0, "serves\n")


def test_the_worker_refuses_as_well(own_server, tmp_path):
    server = embedded.ensure_postgres(own_server)
    code = "import sys; sys.argv[1:] = ['-A', 'mentoring', 'worker', '--pool', 'solo']; from celery.__main__ import main; main()"
    changes = {"DATABASE_URL": database_url(server, server["owner"]), "REDIS_URL": embedded.ensure_redis(own_server)}
    done = run(code, tmp_path, **changes)
    assert done.returncode == 1
    words = "Refusing to start. Signed in as alongside_owner, who owns the tables, so row security does not bind it."
    assert done.stderr.strip().splitlines()[-1] == words


def test_database_address():
    assert database_from_url(GOOD["DATABASE_URL"]) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "alongside",
        "USER": "alongside_app",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"connect_timeout": 10, "sslmode": "verify-full", "pool": {"min_size": 1, "max_size": 6}},
    }


def test_database_address_without_a_pool_keeps_its_connections():
    found = database_from_url("postgresql://app@/alongside?host=/run/pg")
    assert (found["HOST"], found["PORT"], found["CONN_MAX_AGE"], found["OPTIONS"]) == (
        "/run/pg",
        "",
        600,
        {"connect_timeout": 10},
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp+tls://me:p%3Aw@mail.example", ("mail.example", 587, "me", "p:w", True, False)),
        ("smtps://mail.example", ("mail.example", 465, "", "", False, True)),
        ("smtp://mail.example:2525", ("mail.example", 2525, "", "", False, False)),
    ],
)
def test_mail_address(address, expected):
    found = email_from_url(address)
    names = ["HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL"]
    assert tuple(found[f"EMAIL_{name}"] for name in names) == expected
