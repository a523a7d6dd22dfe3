"""mentor-match 7.0.1 on the engine's roster: an environment under the state folder, made once from the package index."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from matching.engine import Mentor, Settings, Student, solve
from matching.engine.checking import shares
from matching.engine.scoring import score_all
from matching.engine.sparse import TOP
from matching.engine.table import build_table

PACKAGES = ("mentor-match==7.0.1", "munkres==3.0.0")
PROGRAM = Path(__file__).with_name("program.py")
PATIENCE = 300  # seconds for an installation


class Unreachable(Exception):
    """The packages could not be installed; the text says why."""


def environment(folder: Path) -> Path:
    """The Python of an environment that has the packages, made where there is none."""
    python = folder / "bin" / "python"
    done = folder / "installed"
    if not done.exists():
        print(f"making {folder} and installing {' and '.join(PACKAGES)} from the package index", flush=True)
        try:
            subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True, timeout=PATIENCE)
            command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
            subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE, text=True)
        except subprocess.CalledProcessError as error:
            raise Unreachable((str(error.stderr).strip().splitlines() or ["pip failed"])[-1]) from error
        except subprocess.TimeoutExpired as error:
            raise Unreachable("the package index did not answer in time") from error
        done.touch()
    return python


def beside(students: list[Student], mentors: list[Mentor], folder: Path, rounds: int = 5) -> dict:
    """Engine with reasons and proof, mentor-match without either: processor seconds, matched and total of both."""
    settings = Settings()
    python = environment(folder)
    engine = [_engine(students, mentors, settings) for _ in range(rounds)]
    told = json.dumps(as_told(students, mentors, settings))
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    run = subprocess.run([python, "-I", PROGRAM], input=told, capture_output=True, text=True, check=True, env=clean)
    engine += [_engine(students, mentors, settings) for _ in range(rounds)]
    theirs, ours = json.loads(run.stdout), engine[0][1]
    points = score_all(build_table(students, mentors, settings), settings).points
    made = [int(points[student, mentor]) for student, mentor in theirs["pairs"]]
    seconds = min(spent for spent, _ in engine)
    return {
        "students": len(students),
        "engine s": seconds,
        "mentor-match s": theirs["seconds"],
        "mentor-match / engine": theirs["seconds"] / seconds,
        "engine": (len(ours.matches), ours.total),
        "mentor-match": (sum(one >= 0 for one in made), sum(one for one in made if one >= 0)),
    }


def _engine(students: list[Student], mentors: list[Mentor], settings: Settings) -> tuple[float, object]:
    start = time.process_time()
    result = solve(students, mentors, settings)
    return time.process_time() - start, result


def as_told(students: list[Student], mentors: list[Mentor], settings: Settings) -> dict:
    """The roster of bench.matching as plain data: ids are positions."""
    weights = shares(settings)
    return {
        "shares": {axis: share for axis, share in weights.items() if axis != "choice"},
        "bonus": TOP * (len(students) + 1),
        "students": [
            _side(one, one.wants) | {"until": one.placement_end.toordinal(), "line_managers": sorted(one.line_manager_ids)}
            for one in students
        ],
        "mentors": [
            _side(one, one.skills)
            | {
                "years": one.years_experience,
                "places": one.capacity,
                "trained": one.trained,
                "check": one.check_valid_until.toordinal(),
            }
            for one in mentors
        ],
    }


def _side(one: Student | Mentor, skills: frozenset[str]) -> dict:
    return {
        "id": one.id,
        "industry": one.industry,
        "town": one.town,
        "online": one.online_only,
        "channel": one.channel,
        "languages": sorted(one.languages),
        "slots": sorted(one.availability),
        "skills": sorted(skills),
    }
