"""The state folder: who may touch it now, where sockets go, and whether the disk has room."""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

# sun_path holds 108 bytes on Linux and 104 on macOS, one of them the closing zero.
LONGEST_SOCKET = 103
ROOM_NEEDED = 200 * 1024 * 1024


class EmbeddedServerError(RuntimeError):
    """An embedded server cannot run; the message says why and what to do."""


@contextmanager
def locked(var: Path):
    """Hold the folder alone: of two processes that want to start a server, one does and the other then finds it."""
    try:
        var.mkdir(parents=True, exist_ok=True)
        lock = (var / ".embedded.lock").open("w")
    except OSError as error:
        raise EmbeddedServerError(f"The state folder {var} cannot be written ({error.strerror}).") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def check_room(var: Path) -> None:
    """Raise while there is less room than a fresh database needs: a full disk otherwise shows as a riddle in a log."""
    free = shutil.disk_usage(var).free
    if free < ROOM_NEEDED:
        raise EmbeddedServerError(
            f"The disk that holds {var} is nearly full: {free // 2**20} MB free, {ROOM_NEEDED // 2**20} MB needed. "
            "Make room, or point ALONGSIDE_VAR to a folder on another disk."
        )


def socket_folder(preferred: Path, name: str) -> Path:
    """Folder for a unix socket called ``name``: the preferred one, or a short private one where that path is too long."""
    if _fits(preferred / name):
        return preferred
    digest = hashlib.sha256(str(preferred).encode()).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"alongside-{digest}"
    if not _fits(short / name):
        raise EmbeddedServerError(
            f"{preferred} is too long for a unix socket ({LONGEST_SOCKET} characters at most), and so is {short}. "
            "Point ALONGSIDE_VAR to a folder with a shorter path."
        )
    return short


def make_private(folder: Path, uid: int) -> None:
    """Make the folder for one system user only, and refuse a folder that somebody else has put in its place."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid not in (uid, os.geteuid()):
        raise EmbeddedServerError(f"{folder} belongs to somebody else. Remove it, or point ALONGSIDE_VAR to a shorter path.")
    if found.st_uid != uid:
        os.chown(folder, uid, -1)
    folder.chmod(0o700)


def package_folder(name: str) -> Path:
    """Where an installed package lies. Not imported: we want its programs, and its import is slow and warns."""
    spec = importlib.util.find_spec(name)
    if spec is None:
        raise EmbeddedServerError(f"The package {name} is not installed; `make demo` installs it.")
    return Path(spec.submodule_search_locations[0])


def _fits(path: Path) -> bool:
    return len(os.fsencode(path)) <= LONGEST_SOCKET
