"""What pip cannot install: Pango and a fallback font for PDFs. ``python3 scripts/system_packages.py pdf``.

Uses apt-get where we may (root, or sudo without a password). Elsewhere it says the one command and goes on: Alongside
runs without PDFs, and the PDF pages say what is missing.
"""

import ctypes
import os
import shutil
import subprocess
import sys

# The libraries WeasyPrint opens, and the Debian packages that bring them.
LIBRARIES = ["libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"]
PDF_PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fontconfig", "fonts-dejavu-core"]


def main(what: str) -> None:
    if what != "pdf":
        sys.exit(f"Unknown set of packages: {what}")
    if not pdf_ready():
        install(PDF_PACKAGES, why="PDFs need Pango, which pip cannot install")


def pdf_ready() -> bool:
    if sys.platform == "darwin":
        return shutil.which("pango-view") is not None or os.path.exists("/opt/homebrew/lib/libpango-1.0.dylib")  # noqa: PTH110
    try:
        for library in LIBRARIES:
            ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install(packages: list, *, why: str) -> bool:
    """Install with apt-get where we may; else, or when it fails, print the one command. True when they are installed."""
    print(f"· {why}.", flush=True)
    prefix = privileges()
    if shutil.which("apt-get") and prefix is not None:
        print(f"· Installing {', '.join(packages)} with apt-get", flush=True)
        if apt_get([*prefix], packages):
            return True
        print("· apt-get did not manage it.", flush=True)
    print(f"· Please run:  {command_for(packages)}", flush=True)
    return False


def privileges():
    """[] for root, ["sudo", "-n"] where sudo asks nothing, None where we may not."""
    if os.geteuid() == 0:
        return []
    quiet = ["sudo", "-n"]
    if shutil.which("sudo") and subprocess.run([*quiet, "true"], capture_output=True, check=False).returncode == 0:
        return quiet
    return None


def apt_get(prefix: list, packages: list) -> bool:
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    wanted = [*prefix, *environment, "apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    if run(wanted):
        return True
    return run([*prefix, *environment, "apt-get", "update", "--quiet"]) and run(wanted)


def run(command: list) -> bool:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.returncode == 0


def command_for(packages: list) -> str:
    if sys.platform == "darwin":
        return "brew install pango"
    if shutil.which("dnf"):
        return "sudo dnf install pango dejavu-sans-fonts"
    return f"sudo apt-get install {' '.join(packages)}"


if __name__ == "__main__":
    main(sys.argv[1])
