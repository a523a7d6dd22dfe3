"""The product as somebody has it who typed `make demo`: the real programs on a free port, in a state folder of their own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "demo-mentoring-2026"
READY = "Ctrl-C stops it"
OTHERS = ("DJANGO_SETTINGS_MODULE", "ALONGSIDE_DB_ROLE", "ALONGSIDE_BASE_URL", "DATABASE_URL", "REDIS_URL", "EMAIL_URL")


@dataclass(frozen=True)
class Letter:
    """One letter that has left the house."""

    name: str
    to: str
    subject: str
    text: str
    link: str


class Demo:
    """scripts/demo.py as a child: web, worker and beat on embedded servers under ``var``."""

    def __init__(self, var: Path):
        self.var, self.port = var, free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = var / "demo.log"
        self.env = {key: value for key, value in os.environ.items() if key not in OTHERS}
        self.env |= {"ALONGSIDE_VAR": str(var), "ALONGSIDE_EMBEDDED_FSYNC": "off", "PORT": str(self.port)}
        self.process = None
        self.cookies = {}  # of those who have signed in

    def start(self, seconds=240):
        """Empty the folder, seed it anew, and wait until the address is printed. AssertionError with its words if it ends."""
        self.var.mkdir(parents=True, exist_ok=True)
        self._python("scripts/demo.py", "--reset")
        with self.log.open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, "scripts/demo.py"],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )
        until = time.monotonic() + seconds
        while READY not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.2)

    def stop(self):
        """As Ctrl-C does: all programs and both servers end with it."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=60)

    def backstage(self, *words) -> dict:
        """Run one thing of backstage.py on this demo's database, as the worker does; returns what it prints."""
        return json.loads(self._python("-m", "tests.journeys.backstage", *map(str, words)).splitlines()[-1])

    def letters(self, to="", subject="") -> list[Letter]:
        """The letters that have left, oldest first: to this address, with these words in the subject."""
        found = [self._read(path) for path in sorted((self.var / "mail").glob("*.eml"))]
        return [one for one in found if to in one.to and subject in one.subject]

    def letter(self, to, subject="", *, known=(), seconds=60) -> Letter:
        """The newest such letter that is not among ``known``; waits for the worker, which delivers it."""
        self.wait_until(lambda: [one for one in self.letters(to, subject) if one not in known], seconds)
        return [one for one in self.letters(to, subject) if one not in known][-1]

    def wait_until(self, condition, seconds=60):
        """Give the worker time; AssertionError with the last letters when it did not come about."""
        until = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < until, [(one.to, one.subject) for one in self.letters()[-9:]]
            time.sleep(0.3)

    def _read(self, path):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        text = mail.get_body(("plain",)).get_content()
        link = re.search(rf"{re.escape(self.url)}/\S+", text)
        return Letter(path.stem, str(mail["to"]), str(mail["subject"]), text, link.group() if link else "")

    def _python(self, *arguments) -> str:
        env = self.env | {"DJANGO_SETTINGS_MODULE": "mentoring.settings.dev", "ALONGSIDE_DB_ROLE": "worker"}
        done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
