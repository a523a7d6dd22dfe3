"""The same roster through mentor-match, in an environment of its own (both packages are named `matching`).

Run by mentor_match.py beside this: reads people as JSON, prints seconds and pairs as JSON. Capacity is faked by places: a mentor with three
places is three mentors. Its rules are those of plain_rules.py; each match earns a bonus above all scores, so that it too matches as many
as it can.
"""

import json
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).parent))

import plain_rules
from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import process_data
from matching.rules.rule import Disqualify


class Points:
    """A rule with a whole number of points instead of a yes and a no."""

    def __init__(self, points):
        self.points = points

    def evaluate(self, match):
        return True

    def apply(self, match):
        return self.points(match.mentee.told, match.mentor.told)


def main():
    given = json.load(sys.stdin)
    students, mentors = plain_rules.with_sets(given["students"]), plain_rules.with_sets(given["mentors"])
    start = time.process_time()
    mentees = [person(Mentee, one, one["id"]) for one in students]
    seats = [person(Mentor, one, f"{one['id']}.{seat}") for one in mentors for seat in range(one["places"])]
    rules = [Points(lambda _student, _mentor: given["bonus"])]
    for axis, share in given["shares"].items():
        value = plain_rules.AXES[axis]
        rules.append(Points(lambda student, mentor, value=value, share=share: share * value(student, mentor)))
    rules += [
        Disqualify(lambda match, broken=broken: broken(match.mentee.told, match.mentor.told)) for broken in plain_rules.RULES
    ]
    process_data(seats, mentees, [rules])
    seconds = time.process_time() - start
    pairs = [[one.told["id"], one.connections[0].told["id"]] for one in mentees if one.connections]
    print(json.dumps({"seconds": seconds, "pairs": pairs}))


def person(kind, told, key):
    one = kind(grade=1, email=f"{kind.__name__}{key}")
    one.told = told
    return one


if __name__ == "__main__":
    main()
