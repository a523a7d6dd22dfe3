"""Is this container well? ``python scripts/healthcheck.py web|worker|beat``; the exit status is the answer."""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

# Beat writes its schedule every three minutes while it lives.
BEAT_SECONDS = 600


def web() -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=8)
    # Django answers to its own hosts only, and health checks come from inside.
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    try:
        connection.request("GET", "/readyz", headers={"Host": host})
        answer = connection.getresponse()
        print(answer.read().decode())
    except (OSError, http.client.HTTPException) as error:
        print(f"no answer: {type(error).__name__}")
        return False
    finally:
        connection.close()
    return answer.status == 200


def worker() -> bool:
    name = f"celery@{socket.gethostname()}"
    command = [sys.executable, "-m", "celery", "-A", "mentoring", "inspect", "ping", "--destination", name, "--timeout", "5"]
    return subprocess.run(command, check=False).returncode == 0


def beat() -> bool:
    folder = Path(os.environ["ALONGSIDE_VAR"]) / "beat"
    newest = max((path.stat().st_mtime for path in folder.glob("schedule*")), default=0)
    print(f"schedule last written {time.time() - newest:.0f} s ago" if newest else "no schedule written yet")
    return time.time() - newest < BEAT_SECONDS


if __name__ == "__main__":
    sys.exit(0 if {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]() else 1)
