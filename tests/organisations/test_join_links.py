"""A link to join opens the door whoever makes it: the invitation, the letter that asks to train, its reminder."""

import pytest
from django.urls import reverse

from organisations.enums import Purpose
from organisations.services import links
from tests import factories as make


def one_by_one(person):
    return links.make_link(Purpose.JOIN, person.pk, membership=person)[1]


def many_at_once(person):
    """As reminders make them: with the name of who is written to."""
    return links.make_links([(Purpose.JOIN, person.pk, person, person.name)])[0]


@pytest.mark.parametrize("make_token", [one_by_one, many_at_once])
def test_it_opens_until_the_address_changes(northfield, client, make_token):
    with northfield.scope():
        person = make.MembershipFactory(user=None, first_name="Ada", email="ada@northfield.example", roles=["mentor"])
        url = reverse("organisations:join", args=[make_token(person)])
    assert client.get(url).status_code == 200
    with northfield.scope():
        type(person).objects.filter(pk=person.pk).update(email="else@northfield.example")
    assert client.get(url).status_code == 410
