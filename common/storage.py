"""Private files: action plans, exports, evidence, an organisation's own resources. They live under MEDIA_ROOT and no web server serves that folder.

A stored path looks like `12/3f/3f9c…e1.pdf`: the organisation, two letters to keep folders small, and a random name, so
that neither the path nor its owner can be guessed from a file's title. Whoever opens a file names the organisation too,
and a path of another organisation is as good as missing. Permission to read is the caller's question, asked before.
"""

import os
import re
import shutil
import tempfile
import unicodedata
import uuid
import zipfile
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.conf import settings

CHUNK = 1024 * 1024
UNFINISHED = ".part"  # what a file ends in while it is written
# What this house stores. Anything else keeps its content but loses its ending, so that it cannot be run or rendered.
SUFFIXES = {".pdf", ".zip", ".csv", ".xlsx", ".png", ".jpg", ".txt", ".docx", ".pptx", ".json"}
_PATH = re.compile(r"(?P<organisation>[0-9a-f-]{1,36})/[0-9a-f]{2}/[0-9a-f]{32}(\.[a-z]{3,4})?")


_holders: list[tuple[type, str]] = []  # (model, the field that names its file)


def holds_file(model=None, *, field="path"):
    """Class decorator of a model whose ``field`` names a stored file. Files that no such row names are cleared up."""

    def decorate(cls):
        _holders.append((cls, field))
        return cls

    return decorate(model) if model else decorate


def held_paths(paths: Iterable[str]) -> set[str]:
    """Those of the paths that a row of the organisation in scope names."""
    wanted = list(paths)
    found: set[str] = set()
    for model, field in _holders:
        found |= set(model.objects.filter(**{f"{field}__in": wanted}).values_list(field, flat=True))
    return found


class PrivateFileMissingError(FileNotFoundError):
    """No such file for this organisation: never stored, erased, or somebody else's."""


def save_private(organisation_id: object, name: str, content: bytes | BinaryIO) -> str:
    """Store bytes, or an open binary file, for an organisation; returns the path to keep in a row.

    `name` only lends its ending. The file appears whole or not at all, readable by this program's user alone.
    """
    with _new_file(organisation_id, name) as (path, file):
        if isinstance(content, bytes):
            file.write(content)
        else:
            shutil.copyfileobj(content, file, CHUNK)
    return path


def open_private(organisation_id: object, path: str) -> BinaryIO:
    """Open a stored file for reading. Raises PrivateFileMissingError; never follows a symbolic link."""
    try:
        descriptor = os.open(_locate(organisation_id, path), os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as error:
        raise PrivateFileMissingError(path) from error
    return os.fdopen(descriptor, "rb")


def delete_private(organisation_id: object, path: str) -> bool:
    """Delete one file. True when it was there; safe to run twice."""
    try:
        _locate(organisation_id, path).unlink()
    except (PrivateFileMissingError, FileNotFoundError):
        return False
    return True


def delete_organisation_files(organisation_id: object) -> int:
    """Delete everything an organisation stored, for its erasure. Returns how many files went."""
    folder = _root() / _folder_name(organisation_id)
    if not folder.exists():
        return 0
    count = sum(1 for item in folder.rglob("*") if item.is_file())
    shutil.rmtree(folder)
    return count


def stored_paths(organisation_id: object, *, untouched_since: float) -> list[str]:
    """Paths of an organisation's files last written before a moment (seconds since the epoch), for clearing up."""
    return [
        str(item.relative_to(_root())) for item in _old_files(organisation_id, untouched_since) if item.suffix != UNFINISHED
    ]


def delete_unfinished(organisation_id: object, *, untouched_since: float) -> int:
    """Delete what a killed program was writing: files that never got their name. Returns how many; safe to run twice."""
    parts = [item for item in _old_files(organisation_id, untouched_since) if item.suffix == UNFINISHED]
    for part in parts:
        part.unlink(missing_ok=True)
    return len(parts)


def save_zip(
    organisation_id: object,
    name: str,
    entries: Iterable[tuple[str, str]],
    progress: Callable[[int], None] | None = None,
) -> str:
    """Pack stored files into one stored zip, copying from disk to disk so that memory stays flat.

    entries: (name inside the zip, stored path), taken one by one. progress is called with the number packed so far.
    PDFs are compressed already, so they are stored as they are. Returns the zip's path.
    Raises PrivateFileMissingError when an entry is missing; no zip is left behind then.
    """
    taken: set[str] = set()
    with _new_file(organisation_id, name) as (path, file), zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for number, (title, stored) in enumerate(entries, 1):
            inside = _unused(safe_name(title), taken)
            with open_private(organisation_id, stored) as source, archive.open(inside, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, CHUNK)
            if progress:
                progress(number)
    return path


def safe_name(title: str, most: int = 120) -> str:
    """A file name from somebody's text: letters of any script stay, what file systems or terminals trip over goes.

    At most `most` bytes in UTF-8, the ending kept: file systems count bytes.
    """
    text = unicodedata.normalize("NFC", title)
    text = "".join(" " if unicodedata.category(char)[0] in "CZ" or char in '/\\:*?"<>|' else char for char in text)
    text = " ".join(text.split()).strip(". ")
    suffix = PurePosixPath(text).suffix[:8]
    stem = text.removesuffix(suffix).encode()[: most - len(suffix.encode())].decode(errors="ignore").strip(". ")
    return (stem or "document") + suffix


def _unused(name: str, taken: set[str]) -> str:
    """The name, or "name (2).pdf" when it is in the zip already, whatever its case."""
    stem, suffix = name.removesuffix(PurePosixPath(name).suffix), PurePosixPath(name).suffix
    number, candidate = 1, name
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{stem} ({number}){suffix}"
    taken.add(candidate.casefold())
    return candidate


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "private"


def _old_files(organisation_id: object, untouched_since: float) -> list[Path]:
    folder = _root() / _folder_name(organisation_id)
    return sorted(item for item in folder.rglob("*") if item.is_file() and item.stat().st_mtime < untouched_since)


def _folder_name(organisation_id: object) -> str:
    name = str(organisation_id)
    if not re.fullmatch(r"[0-9a-f-]{1,36}", name):
        raise ValueError("an organisation is named by its number or UUID")
    return name


def _locate(organisation_id: object, path: str) -> Path:
    """The file behind a stored path, or PrivateFileMissingError when it has another shape or another owner."""
    match = _PATH.fullmatch(path)
    if match is None or match["organisation"] != _folder_name(organisation_id):
        raise PrivateFileMissingError(path)
    return _root() / path


@contextmanager
def _new_file(organisation_id: object, name: str):
    """A file that gets its final name only when the block ends well; yields (its path to be, the open file)."""
    suffix = PurePosixPath(name).suffix.lower()
    unique = uuid.uuid4().hex
    path = f"{_folder_name(organisation_id)}/{unique[:2]}/{unique}{suffix if suffix in SUFFIXES else ''}"
    target = _root() / path
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=target.parent, suffix=UNFINISHED)  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "w+b") as file:
            yield path, file
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(target)
    finally:
        Path(part).unlink(missing_ok=True)
