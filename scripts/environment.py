"""Make .venv, or bring it up to date: ``python3 scripts/environment.py base|dev``. Standard library only.

What was installed is remembered by the lock's digest, so that a second call takes no time.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
FLOOR = (3, 11)


def main(kind: str) -> None:
    use_new_enough_python()
    if not venv_works():
        make_venv()
    if not installed(kind):
        install(kind)


def use_new_enough_python() -> None:
    """Hand over to another Python of this machine when ours is too old."""
    if sys.version_info >= FLOOR:
        return
    for minor in (14, 13, 12, 11):
        found = shutil.which(f"python3.{minor}")
        # Tried first: a version manager may put a name on PATH that it then refuses to run.
        if found and subprocess.call([found, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
            os.execv(found, [found, *sys.argv])
    sys.exit(
        "Alongside needs Python {}.{} or later; {} is {}.{}.\nInstall one, then: PYTHON=/path/to/python3 make demo".format(
            *FLOOR, sys.executable, *sys.version_info[:2]
        )
    )


def venv_works() -> bool:
    """Whether .venv has a Python that runs and is new enough: it breaks when the system's Python is replaced."""
    check = f"import sys, pip; sys.exit(sys.version_info < {FLOOR})"
    try:
        return subprocess.run([VENV / "bin" / "python", "-c", check], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_venv() -> None:
    say("Making a Python environment in .venv")
    try:
        import ensurepip  # noqa: F401, PLC0415  Debian splits it off
        import venv  # noqa: PLC0415
    except ImportError:
        ask_for_venv_package()
        import venv  # noqa: PLC0415
    venv.create(VENV, clear=True, with_pip=True)


def ask_for_venv_package() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    from system_packages import install as install_packages  # noqa: PLC0415

    package = f"python3.{sys.version_info[1]}-venv"
    if not install_packages([package], why="Python here comes without venv and pip"):
        sys.exit(1)


def installed(kind: str) -> bool:
    """The dev lock holds all that the base lock holds, so an up-to-date dev environment serves for both."""
    return any((VENV / f".installed-{each}-{digest(each)}").exists() for each in {kind, "dev"})


def install(kind: str) -> None:
    lock = ROOT / "requirements" / f"{kind}.lock"
    say(f"Installing packages from {lock.relative_to(ROOT)} (a few minutes the first time)")
    command = [VENV / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*command, "--require-hashes", "-r", lock], check=False)
    if done.returncode:
        sys.exit("The packages could not be installed; what pip says stands above. Run the same command to try again.")
    for old in VENV.glob(f".installed-{kind}-*"):
        old.unlink()
    (VENV / f".installed-{kind}-{digest(kind)}").touch()


def digest(kind: str) -> str:
    return hashlib.sha256((ROOT / "requirements" / f"{kind}.lock").read_bytes()).hexdigest()[:16]


def say(text: str) -> None:
    print(f"· {text}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
