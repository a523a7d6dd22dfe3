"""Every icon a template or a presenter names is one that lucide has."""

import re
import zipfile
from pathlib import Path

import lucide

ROOT = Path(__file__).resolve().parent.parent.parent
NAMED = re.compile(r"""\{% icon "(?P<tag>[a-z0-9-]+)"|\bicon=["'](?P<argument>[a-z0-9-]+)["']|"icon": "(?P<key>[a-z0-9-]+)\"""")


def known():
    with zipfile.ZipFile(Path(lucide.__file__).parent / "lucide.zip") as archive:
        return {Path(name).stem for name in archive.namelist()}


def test_icons_exist():
    files = [*ROOT.glob("templates/**/*.html"), *(path for path in ROOT.glob("*/**/*.py") if path.parts[len(ROOT.parts)] != ".venv")]
    named = {(next(filter(None, m.groups())), path.name) for path in files for m in NAMED.finditer(path.read_text(encoding="utf-8"))}
    assert len(named) > 50
    assert {(icon, file) for icon, file in named if icon not in known()} == set()
