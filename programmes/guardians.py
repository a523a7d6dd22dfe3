"""What a parent or guardian is asked to agree to, in versions, and who needs it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

# Raise it when the words below change in what they promise: everybody is asked again.
TEXT_VERSION = "1"
ADULT_AT = 18


@dataclass(frozen=True)
class Point:
    """One thing that is agreed."""

    title: str
    text: str


def version_of(rules) -> str:
    """Which words and rules an answer is about: "1.3"."""
    return f"{TEXT_VERSION}.{rules.version}"


def points_of(rules) -> list[Point]:
    """What is agreed under these rules, in plain words."""
    found = [
        Point(_("A mentor"), _("A mentor helps with the placement: what to aim for, how work goes, what comes next. A mentor is no counsellor, and no line manager either.")),
        Point(_("Checked and trained"), _("Mentors are trained before they begin and sign a code of conduct. Where the programme asks for it, their background is checked.")),
        Point(_("Never at home"), _("They never meet at anybody’s home, and the mentor gives no lifts.")),
    ]  # fmt: skip
    if rules.supervised_only:
        found.append(Point(_("Somebody near"), _("They meet at the workplace or the college, where a responsible adult is near.")))
    else:
        found.append(Point(_("Where they meet"), _("They meet at the workplace, the college or in a public place.")))
    if rules.one_to_one_video:
        found.append(Point(_("Calls"), _("They may also talk by phone and by video, just the two of them.")))
    else:
        found.append(Point(_("Calls"), _("No video calls with just the two of them: somebody else is in the call, or nearby.")))
    found.append(
        Point(_("What stays between them"), _("Most of it. When somebody may come to harm, the mentor must tell the college’s safeguarding lead."))
    )
    return found


def is_under_18(*, until: date | None, born: date | None, today: date) -> bool:
    """Whether somebody is under 18 on a day. until: their 18th birthday as noted; else counted from the date of birth."""
    if until is None and born is not None:
        until = _birthday(born, ADULT_AT)
    return until is not None and today < until


def _birthday(born, age):
    try:
        return born.replace(year=born.year + age)
    except ValueError:  # born on 29 February
        return date(born.year + age, 3, 1)
