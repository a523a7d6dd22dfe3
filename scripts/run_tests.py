"""Run pytest on embedded servers of its own, and stop them afterwards. Arguments go to pytest.

Without arguments all tests run, file by file on as many processes as there are cores (four at most): each has a database of its own.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALL = ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadfile"]


def main() -> int:
    var = Path(os.environ.setdefault("ALONGSIDE_VAR", str(ROOT / "var" / "test")))
    os.environ["DJANGO_SETTINGS_MODULE"] = "mentoring.settings.test"
    sys.path.insert(0, str(ROOT))
    from mentoring import embedded  # noqa: PLC0415  needs the path above

    try:
        return subprocess.run([sys.executable, "-m", "pytest", *(sys.argv[1:] or ALL)], cwd=ROOT, check=False).returncode
    finally:
        embedded.stop(var)


if __name__ == "__main__":
    sys.exit(main())
