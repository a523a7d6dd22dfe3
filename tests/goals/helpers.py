"""What the tests of goals share."""

import datetime as dt

from django.urls import reverse

from goals.models import Goal
from goals.services import goals as service


def url(house, name, *args):
    return reverse(f"goals:{name}", args=[house.organisation.slug, *args])


def write(house, who="student", **fields):
    """A goal of the cast's mentorship, written by one of the cast; call inside the scope."""
    given = {"title": "Brief two colleagues on the new booking form", "due_on": house.mentorship.ends_on} | fields
    return service.create_goal(mentorship=house.mentorship, by=house.people[who], **given)


def agreed_goal(house, **fields):
    """The same, with the yes of both."""
    from goals.services.wordings import agree_wording

    goal = write(house, **fields)
    return agree_wording(goal=goal, number=1, by=house.people["mentor"], side="mentor")


def fresh(goal):
    return Goal.every.get(pk=goal.pk)


def soon(days):
    return dt.date.today() + dt.timedelta(days=days)
