"""`make` is the door: each target has a line of help, and what it calls is there."""

import re
import subprocess

TARGETS = [
    "help",
    "demo",
    "demo-reset",
    "shell",
    "environment",
    "environment-dev",
    "test",
    "lint",
    "format",
    "ci",
    "bench",
    "screenshots",
    "lock",
]


def test_plain_make_lists_every_target(root):
    shown = subprocess.run(["make", "--no-print-directory"], cwd=root, capture_output=True, text=True, check=True).stdout
    listed = [line.split()[0] for line in shown.splitlines()[1:]]
    assert listed == TARGETS
    phony = re.search(r"^\.PHONY: (.*)$", (root / "Makefile").read_text(), re.MULTILINE).group(1).split()
    assert phony == TARGETS


def test_what_the_targets_call_is_there(root):
    called = re.findall(r"(?:scripts/\w+\.py|manage\.py|requirements/\w+\.lock)", (root / "Makefile").read_text())
    assert sorted({name for name in called if not (root / name).exists()}) == []


def test_the_first_steps_need_only_a_plain_python(root):
    """They run before anything is installed, on any Python 3, so that they can say what is missing."""
    code = "import sys; sys.path.insert(0, 'scripts'); import environment, system_packages; print('ok')"
    done = subprocess.run(
        ["/usr/bin/env", "python3", "-I", "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "ok\n")


def test_ci_runs_the_tests_and_repeats_their_closing_line(root, tmp_path):
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "run").write_text((root / ".ci" / "run").read_text())
    for lines, status, expected in (
        (["12 passed in 3.45s"], 0, "12 passed in 3.45s\n"),
        (
            ["FAILED a", "1 failed, 3 passed in 61.20s (0:01:01)", "make: oops"],
            1,
            "1 failed, 3 passed in 61.20s (0:01:01)\n",
        ),
    ):
        echoes = "\n".join(f"\t@echo '{line}'" for line in lines)
        (tmp_path / "Makefile").write_text(f"test:\n{echoes}\n\t@exit {status}\n")
        done = subprocess.run(["bash", tmp_path / ".ci" / "run"], capture_output=True, text=True, check=False)
        assert (done.returncode == 0) is (status == 0)
        assert done.stdout.endswith(expected)
