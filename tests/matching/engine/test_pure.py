"""The engine stands alone, and its page's example gives what it says."""

import re
import subprocess
import sys
from pathlib import Path

ENGINE = Path(__file__).parents[3] / "matching" / "engine"


def test_nothing_of_django_is_loaded():
    program = (
        "import sys, matching.engine\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'celery', 'psycopg'}))\n"
        "print('numpy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ENGINE.parents[1],
    )
    assert done.stdout == "[]\nTrue\n"


def test_the_example_of_the_page_prints_what_the_page_says():
    page = (ENGINE / "README.md").read_text()
    program, printed = re.findall(r"```(?:python|text)\n(.*?)```", page, re.DOTALL)[:2]
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ENGINE.parents[1],
    )
    assert done.stdout == printed


def test_the_page_lists_every_code():
    from matching.engine import CODES, INPUT_ERRORS

    page = (ENGINE / "README.md").read_text()
    named = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    assert set(CODES) | set(INPUT_ERRORS) <= named
