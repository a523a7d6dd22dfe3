"""The null character: no text in PostgreSQL holds it, and no address or form may make a page fall over with it."""

import pytest
from django.urls import reverse

from organisations.models import Draft


@pytest.mark.parametrize("name", ["programmes:employers", "organisations:letters", "organisations:people"])
def test_in_an_address(northfield, sign_in, name):
    url = reverse(name, args=["northfield"])
    client = sign_in(northfield.people["coordinator"])
    assert (client.get(f"{url}?q=Ada").status_code, client.get(f"{url}?q=Ada%00").status_code) == (200, 400)


def test_in_a_draft(northfield, sign_in):
    client = sign_in(northfield.people["mentor"])
    answer = client.post(reverse("organisations:draft", args=["northfield"]), {"form_key": "goal:1", "title": "One\x00 more", "two": ["a\x00", "b"]})
    assert answer.status_code == 302
    with northfield.scope():
        assert list(Draft.objects.values_list("data", flat=True)) == [{"title": "One more", "two": ["a", "b"]}]
