"""Take the README's pictures anew: a demo of its own, freshly seeded, the best pages at two widths, into docs/screens."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from browser import on_path
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screens"
PASSWORD = "demo-mentoring-2026"
WIDTHS = {1280: 860, 390: 844}  # width: height
MOST_BYTES = 300_000
# name of the picture: (who looks, clicks that lead there from Today: the text or the address ending of a link)
PAGES = {
    "today-coordinator": ("coordinator", []),
    "matching": ("coordinator", ["/matching/"]),
    "report": ("coordinator", ["/report/"]),
    "today-mentor": ("mentor", []),
    "mentorship": ("mentor", ["/mentorships/", "Gwen Wójcik"]),
    "check-in": ("mentor", ["/log/"]),
    "today-student": ("student", []),
}


def main() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    var = Path(os.environ.get("ALONGSIDE_VAR", ROOT / "var")).resolve() / "screenshots"
    env = {**os.environ, "ALONGSIDE_VAR": str(var), "PORT": str(port)}
    subprocess.run([sys.executable, "scripts/demo.py", "--reset"], cwd=ROOT, env=env, check=True)
    log = var / "demo.log"
    with log.open("w") as said:
        demo = subprocess.Popen([sys.executable, "scripts/demo.py"], cwd=ROOT, env=env, stdout=said, stderr=said)
    try:
        if not up(demo, log):
            print(log.read_text())
            return 1
        return take_all(f"http://localhost:{port}")
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait()


def up(demo, log, seconds=300) -> bool:
    until = time.monotonic() + seconds
    while demo.poll() is None and time.monotonic() < until:
        if "Ctrl-C stops it" in log.read_text():
            return True
        time.sleep(0.3)
    return False


def take_all(url) -> int:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or on_path()
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for who in sorted({who for who, _clicks in PAGES.values()}):
            take_those_of(who, browser, url)
        browser.close()
    heavy = [picture.name for picture in FOLDER.glob("*.png") if picture.stat().st_size >= MOST_BYTES]
    if heavy:
        print(f"Too large for a README (300 kB): {', '.join(heavy)}")
    return 1 if heavy else 0


def take_those_of(who, browser, url):
    context = browser.new_context(base_url=url, reduced_motion="reduce", locale="en-GB", timezone_id="Europe/London")
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", f"{who}@northfield.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main button.btn")
    page.wait_for_url("**/o/**")
    home = page.url
    for name in [name for name, (looker, _clicks) in PAGES.items() if looker == who]:
        page.set_viewport_size({"width": 1280, "height": 860})
        page.goto(home)
        for step in PAGES[name][1]:
            page.goto(address_of(page, step))
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("scrollTo(0, 0); document.activeElement.blur()")
            page.evaluate("document.fonts.ready")
            page.screenshot(path=FOLDER / f"{name}-{width}.png")
            print(f"· {name} at {width} px")
    context.close()


def address_of(page, step):
    """Where the first link goes whose address ends so, or that says so."""
    found = page.locator(f"a[href$='{step}']") if step.startswith("/") else page.locator("main a", has_text=step)
    return found.first.get_attribute("href")


if __name__ == "__main__":
    sys.exit(main())
