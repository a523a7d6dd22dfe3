"""Invented people and what a reminder says to each, for measuring."""

from datetime import date, timedelta

from bench.rosters import FIRST, LAST

NAME = "check_in_overdue"
ORGANISATIONS = 10


def seat(people) -> dict:
    """{organisation: its members}, spread evenly."""
    from common.tenancy import organisation_scope
    from organisations.models import Membership, Organisation

    found = {}
    for number in range(ORGANISATIONS):
        organisation = Organisation.objects.create(slug=f"college-{number}", name=f"College {number}")
        with organisation_scope(organisation.pk):
            found[organisation] = Membership.objects.bulk_create(
                Membership(
                    organisation=organisation,
                    first_name=FIRST[n % len(FIRST)],
                    last_name=LAST[n % len(LAST)],
                    email=f"person{n}.{number}@college.example",
                    roles=["mentor"],
                )
                for n in range(people // ORGANISATIONS)
            )
    return found


def context_of(person, organisation) -> dict:
    """Days and names differ from letter to letter, as they do on a Monday morning."""
    late = person.pk % 5 + 1
    return {
        "first_name": person.first_name,
        "organisation": organisation.name,
        "programme": "Autumn placements",
        "url": f"https://alongside.example/r/{person.pk:032x}/",
        "other_names": f"{FIRST[person.pk % len(FIRST)]} {LAST[person.pk % len(LAST)]}",
        "due_on": date(2026, 11, 20) - timedelta(days=late),
        "days_late": late,
    }
