"""`manage.py bootstrap_db` against a server that is not ours."""

import psycopg
import pytest
from django.core.management import CommandError, call_command

from mentoring import embedded, roles

PASSWORDS = {name: f"password-{number}" for number, name in enumerate(roles.PASSWORD_VARIABLES.values())}


@pytest.fixture
def admin(own_server):
    server = embedded.ensure_postgres(own_server)
    return f"postgresql://postgres@/postgres?host={server['host']}"


@pytest.fixture
def passwords(monkeypatch):
    for name, value in PASSWORDS.items():
        monkeypatch.setenv(name, value)


def test_every_role_needs_a_password(admin, passwords, monkeypatch):
    monkeypatch.delenv("ALONGSIDE_APP_PASSWORD")
    with pytest.raises(CommandError) as refused:
        call_command("bootstrap_db", admin=admin)
    assert str(refused.value) == "Set ALONGSIDE_APP_PASSWORD: each role needs a password of its own."


def test_no_two_roles_share_one(admin, passwords, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_APP_PASSWORD", PASSWORDS["ALONGSIDE_OWNER_PASSWORD"])
    with pytest.raises(CommandError, match="Two roles have the same password"):
        call_command("bootstrap_db", admin=admin)


def test_passwords_are_set_and_not_shown(admin, passwords, capsys, own_server):
    call_command("bootstrap_db", admin=admin, database="elsewhere")
    said = capsys.readouterr().out
    assert said.splitlines()[-1] == "database elsewhere made"
    assert [value for value in PASSWORDS.values() if value in said] == []
    with psycopg.connect(admin) as connection:
        stored = connection.execute(
            "select count(*) from pg_authid where rolname like 'alongside%' and rolpassword is not null"
        )
        assert stored.fetchone() == (len(PASSWORDS),)


def test_a_server_that_does_not_answer_is_said(passwords, tmp_path):
    with pytest.raises(CommandError, match="connection"):
        call_command("bootstrap_db", admin=f"postgresql://postgres@/postgres?host={tmp_path}")
