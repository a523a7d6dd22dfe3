"""Find a Chromium for the tests, or install one; says which. A missing browser is an error, never a skipped test."""

import shutil
import subprocess
import sys

from playwright.sync_api import sync_playwright
from system_packages import install

NAMES = ["chromium", "chromium-browser", "google-chrome"]


def main() -> None:
    found = on_path() or playwrights_own()
    if found:
        print(f"· Browser: {found}")
        return
    if shutil.which("apt-get") and install(["chromium"], why="The tests need a Chromium, and none is installed"):
        found = on_path()
    if not found:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
        found = playwrights_own()
    if not found:
        sys.exit("No Chromium could be found or installed. Put one on PATH under one of these names: " + ", ".join(NAMES))
    print(f"· Browser: {found} (just installed)")


def on_path():
    return next((path for path in map(shutil.which, NAMES) if path), None)


def playwrights_own():
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if shutil.which(path) else None


if __name__ == "__main__":
    main()
