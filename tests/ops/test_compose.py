"""The compose file, read as YAML with .env.example filled in: roles, health, secrets, rights."""

import re

import pytest
import yaml

ROLES = {"setup": "alongside_owner", "web": "alongside_app", "worker": "alongside_worker", "beat": "alongside_worker"}
OWNERS_SECRETS = ("OWNER-PASSWORD", "ADMIN-PASSWORD")


@pytest.fixture(scope="module")
def variables(root):
    """.env.example with something of its own in every empty place."""
    lines = [line for line in (root / ".env.example").read_text().splitlines() if line and not line.startswith("#")]
    found = dict(line.split("=", 1) for line in lines)
    found |= {"ALONGSIDE_OWNER_PASSWORD": "OWNER-PASSWORD", "POSTGRES_PASSWORD": "ADMIN-PASSWORD"}
    return {name: value or f"{name}-VALUE" for name, value in found.items()}


@pytest.fixture(scope="module")
def services(root, variables):
    def fill(match):
        name, kind, default = match.group("name"), match.group("kind"), match.group("default")
        if kind == ":?":
            return variables[name]  # KeyError: the example lacks a value that compose insists on
        return variables.get(name) or default

    pattern = re.compile(r"(?<!\$)\$\{(?P<name>\w+)(?P<kind>:[?-])(?P<default>[^}]*)\}")
    return yaml.safe_load(pattern.sub(fill, (root / "docker-compose.yml").read_text()))["services"]


def test_the_services(services):
    assert sorted(services) == ["beat", "postgres", "redis", "setup", "web", "worker"]


@pytest.mark.parametrize(("service", "role"), ROLES.items())
def test_each_signs_in_as_its_role(service, role, services):
    address = services[service]["environment"]["DATABASE_URL"]
    assert re.match(r"postgresql://(\w+):", address).group(1) == role


@pytest.mark.parametrize("service", ["web", "worker", "beat", "redis"])
def test_only_the_setup_knows_the_owner_and_the_administrator(service, services):
    shown = str(services[service])
    assert [secret for secret in OWNERS_SECRETS if secret in shown] == []
    assert [secret for secret in OWNERS_SECRETS if secret not in str(services["setup"])] == []


def test_the_web_knows_no_other_roles_password(services):
    assert "ALONGSIDE_WORKER_PASSWORD-VALUE" not in str(services["web"])
    assert "ALONGSIDE_APP_PASSWORD-VALUE" not in str(services["worker"])


@pytest.mark.parametrize("service", ["postgres", "redis", "web", "worker", "beat"])
def test_each_that_stays_says_whether_it_is_well(service, services):
    check = services[service]["healthcheck"]
    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert services[service]["restart"] == "unless-stopped"


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_nothing_starts_before_the_tables_are_there(service, services):
    assert {name: wait["condition"] for name, wait in services[service]["depends_on"].items()} == {
        "setup": "service_completed_successfully",
        "postgres": "service_healthy",
        "redis": "service_healthy",
    }


@pytest.mark.parametrize("service", ["web", "worker", "beat", "setup"])
def test_our_programs_have_no_rights_to_spare(service, services):
    assert services[service]["cap_drop"] == ["ALL"]
    assert "privileged" not in services[service]
    assert "user" not in services[service]  # the image's, which is not root


def test_the_image_runs_as_an_ordinary_user_and_starts_the_web(root):
    lines = (root / "Dockerfile").read_text().splitlines()
    stages = [index for index, line in enumerate(lines) if line.startswith("FROM ")]
    last = lines[stages[-1] :]
    assert len(stages) == 2
    assert [line for line in last if line.startswith("USER ")] == ["USER alongside"]
    assert [line.split()[0] for line in last if line.startswith(("HEALTHCHECK", "CMD", "EXPOSE"))] == [
        "EXPOSE",
        "HEALTHCHECK",
        "CMD",
    ]


def test_health_checks_call_what_is_there(root, services, script):
    script("healthcheck")
    for service in ("web", "worker", "beat"):
        assert services[service]["healthcheck"]["test"] == ["CMD", "python", "scripts/healthcheck.py", service]


def test_beats_health_follows_its_schedule(script, tmp_path, monkeypatch):
    import os

    healthcheck = script("healthcheck")
    monkeypatch.setenv("ALONGSIDE_VAR", str(tmp_path))
    assert healthcheck.beat() is False
    (tmp_path / "beat").mkdir()
    schedule = tmp_path / "beat" / "schedule.db"
    schedule.touch()
    assert healthcheck.beat() is True
    os.utime(schedule, (1, 1))
    assert healthcheck.beat() is False
