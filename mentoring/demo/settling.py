"""What the demo's mentors and students have settled with each other."""

from datetime import timedelta

from matching.models import Agreement, AgreementLook, Expectation, ExpectationAnswer, ExpectationYes
from matching.services.agreement_versions import keep_version

from . import stories
from .times import at

LATER = "Every second week for half an hour, on Thursdays after the shift."

CHOSEN = {
    "schedule": {"student": ["fortnightly", "at_work", "say_early"], "mentor": ["fortnightly", "online", "say_early"]},
    "confidentiality": {"student": ["between_us", "ask_first"], "mentor": ["between_us", "together"]},
    "not_there_for": {"student": ["job", "coursework"], "mentor": ["job", "coursework"]},
}


def settle(told):
    """Five topics settled in each of these mentorships; in those of the newest wave two are left to talk about."""
    rows, answers = [], []
    for one in told:
        row, when = one.mentorship, at(one.mentorship.started_on + timedelta(days=1), 17)
        common = {"organisation_id": row.organisation_id, "mentorship": row}
        for topic, wording in stories.SETTLED.items():
            rows.append(
                Expectation(
                    **common, topic=topic, wording=wording, worded_by=one.student, worded_at=when,
                    settled=wording, settled_number=1, settled_at=when,
                )
            )  # fmt: skip
        for person in (one.student, one.mentor):
            answers += [
                ExpectationAnswer(**common, participant=person, topic=topic, choices=chosen[person.side], at=when)
                for topic, chosen in CHOSEN.items()
            ]
    Expectation.objects.bulk_create(rows)
    ExpectationAnswer.objects.bulk_create(answers)
    people = {one.mentorship.pk: (one.student, one.mentor) for one in told}
    ExpectationYes.objects.bulk_create(
        ExpectationYes(organisation_id=row.organisation_id, expectation=row, participant=person, number=1, at=row.worded_at)
        for row in rows
        for person in people[row.mentorship_id]
    )


def look_again(one, day):
    """The review asks the two whether the agreement still fits: the mentor would move the day, and the student has not said yet."""
    agreement, when = Agreement.objects.get(mentorship=one.mentorship), at(day, 9)
    keep_version(agreement)
    Agreement.objects.filter(pk=agreement.pk).update(look_again_since=when)
    common = {"organisation_id": agreement.organisation_id}
    AgreementLook.objects.create(**common, agreement=agreement, participant=one.mentor, since=when, fits=False)
    row = Expectation.objects.get(mentorship=one.mentorship, topic="schedule")
    row.wording, row.number, row.worded_by, row.worded_at = LATER, 2, one.mentor, at(day, 19)
    row.save()
    ExpectationYes.objects.create(**common, expectation=row, participant=one.mentor, number=2, at=row.worded_at)
