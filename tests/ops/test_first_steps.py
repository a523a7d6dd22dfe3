"""What `make` does before anything is installed: which Python, which packages, and what it says when it may not."""

import sys

import pytest


@pytest.fixture
def system_packages(script):
    return script("system_packages")


@pytest.fixture
def asked(system_packages, monkeypatch):
    """Commands that would have been run; what they answer is set per word. apt-get is there unless a test says no."""
    commands, answers = [], {}

    def run(command):
        commands.append(command)
        return next((answer for word, answer in answers.items() if word in command), True)

    monkeypatch.setattr(system_packages, "run", run)
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: f"/usr/bin/{name}" if name != "dnf" else None)
    run.commands, run.answers = commands, answers
    return run


def test_root_installs_at_once(system_packages, asked, monkeypatch):
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 0)
    assert system_packages.install(["libpango-1.0-0"], why="PDFs need Pango") is True
    assert [command[:2] + command[-1:] for command in asked.commands] == [
        ["env", "DEBIAN_FRONTEND=noninteractive", "libpango-1.0-0"]
    ]


def test_lists_are_fetched_when_the_package_is_not_known_yet(system_packages, asked, monkeypatch):
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 0)
    asked.answers["install"] = False
    assert system_packages.install(["libpango-1.0-0"], why="PDFs need Pango") is False
    assert [command[3] for command in asked.commands] == ["install", "update", "install"]


def test_without_the_right_it_says_the_one_command_and_goes_on(system_packages, asked, monkeypatch, capsys):
    monkeypatch.setattr(system_packages, "privileges", lambda: None)
    assert system_packages.install(["libpango-1.0-0", "fontconfig"], why="PDFs need Pango") is False
    assert asked.commands == []
    assert capsys.readouterr().out.splitlines() == [
        "· PDFs need Pango.",
        "· Please run:  sudo apt-get install libpango-1.0-0 fontconfig",
    ]


def test_nothing_is_asked_for_where_pango_is(system_packages, asked, monkeypatch):
    monkeypatch.setattr(system_packages, "pdf_ready", lambda: True)
    system_packages.main("pdf")
    assert asked.commands == []


def test_a_library_that_is_missing_is_noticed(system_packages, monkeypatch):
    monkeypatch.setattr(system_packages.sys, "platform", "linux")
    monkeypatch.setattr(system_packages, "LIBRARIES", ["libc.so.6"])
    assert system_packages.pdf_ready() is True
    monkeypatch.setattr(system_packages, "LIBRARIES", ["libc.so.6", "libno-such-thing.so.0"])
    assert system_packages.pdf_ready() is False


@pytest.fixture
def environment(script, monkeypatch, tmp_path):
    module = script("environment")
    (tmp_path / "requirements").mkdir()
    for kind in ("base", "dev"):
        (tmp_path / "requirements" / f"{kind}.lock").write_text(f"{kind} 1\n")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    return module


def test_packages_are_installed_once_for_each_lock(environment, monkeypatch, tmp_path):
    class Done:
        returncode = 0

    installs = []
    monkeypatch.setattr(environment.subprocess, "run", lambda command, **_: installs.append(command[-1].name) or Done)
    monkeypatch.setattr(environment, "venv_works", lambda: True)

    environment.main("base")
    environment.main("base")
    assert installs == ["base.lock"]
    environment.main("dev")
    environment.main("base")  # dev holds it all
    assert installs == ["base.lock", "dev.lock"]
    (tmp_path / "requirements" / "dev.lock").write_text("dev 2\n")
    environment.main("dev")
    assert installs == ["base.lock", "dev.lock", "dev.lock"]


def test_a_failed_install_is_tried_again(environment, monkeypatch):
    class Failed:
        returncode = 1

    monkeypatch.setattr(environment.subprocess, "run", lambda *_, **__: Failed)
    with pytest.raises(SystemExit) as refused:
        environment.install("base")
    assert "could not be installed" in str(refused.value)
    assert environment.installed("base") is False


def test_an_old_python_says_what_it_needs(environment, monkeypatch):
    monkeypatch.setattr(environment.sys, "version_info", (3, 8, 18))
    monkeypatch.setattr(environment.shutil, "which", lambda _: None)
    with pytest.raises(SystemExit) as refused:
        environment.use_new_enough_python()
    assert str(refused.value) == (
        f"Alongside needs Python 3.11 or later; {sys.executable} is 3.8.\n"
        "Install one, then: PYTHON=/path/to/python3 make demo"
    )


def test_a_new_enough_python_goes_on(environment):
    assert environment.use_new_enough_python() is None
