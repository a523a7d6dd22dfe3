"""The web's share of the typeface: the variable Inter of a package, cut to the letters our languages use.

The package's file is made for desktops: 870 kB. Cut to Latin with all its accents (Welsh, Polish, Turkish, Vietnamese) and
packed as WOFF2 it is a fifth of that, which a phone on a train notices. Cut once per machine (some seconds) into the state
folder; a script outside the cut range falls back to the reader's own fonts.
"""

import os
import tempfile
from importlib.metadata import version
from pathlib import Path

import fontpkg_inter
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCE = Path(fontpkg_inter.__file__).parent / "files" / "Inter[opsz,wght].ttf"
URL = "webfont/inter.woff2"
# Latin and its extensions, marks that combine, Vietnamese, punctuation, currencies, arrows, a few signs.
RANGES = [(0x20, 0x24F), (0x2B0, 0x303), (0x309, 0x309), (0x323, 0x323), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2190, 0x2193)]
SIGNS = [0x2116, 0x2122, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x2713]


class WebFontFinder(BaseFinder):
    """Finds ``webfont/inter.woff2`` for runserver, whitenoise and collectstatic, cutting it when it is first asked for."""

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        if path != URL:
            return []
        found = str(font_file())
        return [found] if find_all or kwargs.get("all") else found

    def list(self, ignore_patterns):
        folder = font_file().parent
        storage = FileSystemStorage(location=folder)
        storage.prefix = str(Path(URL).parent)
        yield font_file().name, storage


def font_file() -> Path:
    """The cut file, made now if this machine has none yet. Safe with several processes at once."""
    cut = Path(settings.VAR) / "webfont" / version("fontpkg-inter") / Path(URL).name
    if not cut.exists():
        cut.parent.mkdir(parents=True, exist_ok=True)
        _cut(cut)
    return cut


def _cut(target: Path) -> None:
    """Write beside its place and move it there, so that nobody ever serves half a file."""
    # Late: slow to import, and needed once per machine.
    from fontTools import subset  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    options = subset.Options(flavor="woff2", layout_features=["*"], notdef_outline=True)
    letters = [point for first, last in RANGES for point in range(first, last + 1)] + SIGNS
    with TTFont(SOURCE) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=letters)
        cutter.subset(font)
        font.flavor = "woff2"
        handle, part = tempfile.mkstemp(dir=target.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                font.save(file)
            Path(part).chmod(0o644)
            Path(part).replace(target)
        finally:
            Path(part).unlink(missing_ok=True)
