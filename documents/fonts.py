"""The paper's typeface: static weights cut once from the variable Inter that a package delivers.

WeasyPrint turns a variable font into a static one in every document and for every size, which takes four fifths of the
time of an action plan. So each weight is cut once per machine (some seconds) and kept in the state folder.
"""

import os
import tempfile
from importlib.metadata import version
from pathlib import Path

import fontpkg_inter
from django.conf import settings

SOURCE = Path(fontpkg_inter.__file__).parent / "files" / "Inter[opsz,wght].ttf"
TEXT_SIZE = 14  # the optical size axis, at its text end: most of a page is 9 to 11 points
WEIGHTS = {"regular": 400, "bold": 650}


def font_file(name: str) -> Path:
    """The file of one of WEIGHTS, cut now if this machine has none yet. Safe with several processes at once."""
    cut = Path(settings.VAR) / "fonts" / f"inter-{version('fontpkg-inter')}-{WEIGHTS[name]}.ttf"
    if not cut.exists():
        cut.parent.mkdir(parents=True, exist_ok=True)
        _cut(WEIGHTS[name], cut)
    return cut


def _cut(weight: int, target: Path) -> None:
    """Write the static font beside its place and move it there, so that nobody ever reads half a file."""
    # Late, since only the first document of a machine needs them and they are slow to import.
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415

    with TTFont(SOURCE) as variable:
        static = instantiateVariableFont(variable, {"wght": weight, "opsz": TEXT_SIZE})
        handle, part = tempfile.mkstemp(dir=target.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                static.save(file)
            Path(part).replace(target)
        finally:
            Path(part).unlink(missing_ok=True)
