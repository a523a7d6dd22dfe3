"""What the documents promise is there: commands, files, accounts, decisions short enough to be read."""

import re

import pytest

from mentoring.demo import accounts
from tests.house.source import APPS, ROOT

DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
every_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)


@every_document
def test_commands_are_targets_of_the_makefile(path):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^ {4}|`|=\S+ )make ([a-z-]+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert named - targets == set()


@every_document
def test_links_lead_to_files(path):
    links = re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not link.startswith("http") and not (path.parent / link).exists()] == []


def test_the_readme_names_the_demos_accounts_and_password():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert accounts.PASSWORD in readme
    assert set(re.findall(r"`(\w+)@northfield\.example`", readme)) == set(accounts.NORTHFIELD)
    assert accounts.OPERATOR in readme
    assert set(accounts.NORTHFIELD) == set(accounts.RIVERSIDE)
    assert f'PASSWORD = "{accounts.PASSWORD}"' in (ROOT / "scripts" / "demo.py").read_text(encoding="utf-8")


def test_decisions_can_be_read_in_a_minute():
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    assert [path.name for path in decisions if len(path.read_text(encoding="utf-8").splitlines()) > 60] == []


def test_the_map_names_every_room_in_order():
    text = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
    assert " → ".join(APPS) in text
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)[: len(APPS)] == APPS


def test_pictures_are_light():
    pictures = list((ROOT / "docs" / "screens").glob("*.png"))
    assert [path.name for path in pictures if path.stat().st_size > 300_000] == []
