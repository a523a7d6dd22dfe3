import importlib.util
import os
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from .running import ROOT, Demo
from .walker import Walker


@pytest.fixture(scope="package")
def demo():
    """The running product, with its people. One for all journeys of a process, which keep out of each other's programmes."""
    process = os.environ.get("PYTEST_XDIST_WORKER", "")
    running = Demo(Path(os.environ["ALONGSIDE_VAR"]).resolve() / f"journeys{process}")
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="package")
def browser():
    """Chromium, or a failure that says how to get one. Closed after the last journey: its loop would disturb Django's."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=["--no-sandbox"])
        yield browser
        browser.close()


def chromium(playwright) -> str:
    sys.path.insert(0, str(ROOT / "scripts"))
    spec = importlib.util.spec_from_file_location("find_browser", ROOT / "scripts" / "browser.py")
    finder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(finder)
    sys.path.remove(str(ROOT / "scripts"))
    own = Path(playwright.chromium.executable_path)
    found = os.environ.get("CHROMIUM") or finder.on_path() or (str(own) if own.exists() else None)
    if not found:
        pytest.fail("No Chromium. `.venv/bin/python scripts/browser.py` installs one; or set CHROMIUM to its path.")
    return found


@pytest.fixture
def walk(browser, demo):
    """walk("coordinator") -> somebody with a browser of their own; walk("mentor", phone=True) on a phone."""
    walkers = []

    def begin(who, **options):
        walkers.append(Walker(browser, demo, who, **options))
        return walkers[-1]

    yield begin
    for walker in walkers:
        walker.close()
