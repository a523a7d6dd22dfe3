"""What comes from packages and runs in people's browsers is what we looked at: a change of version shows here."""

import hashlib
from pathlib import Path

from django.contrib.staticfiles import finders

from tests.house.source import ROOT

LOOKED_AT = {
    "bootstrap/css/bootstrap.min.css": "d85327d99c7a3ee1f9b5d0500d1370acea3ad2db39c163c2f51f232baedbdede",
    "django_htmx/htmx-2.min.js": "71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de",
}


def test_bootstrap_and_htmx_are_the_files_we_looked_at():
    found = {name: hashlib.sha256(Path(finders.find(name)).read_bytes()).hexdigest() for name in LOOKED_AT}
    assert found == LOOKED_AT


def test_our_own_scripts_are_few_and_small():
    scripts = sorted((ROOT / "static" / "js").glob("*.js"))
    assert 0 < len(scripts) < 8
    assert [path.name for path in scripts if path.stat().st_size > 12_000] == []
