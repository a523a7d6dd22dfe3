"""Rhythm, holidays, people under 18, reminders and who gets what: five pages that lead to each other, under one line of the navigation."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

PAGES = ["checkins:contact_rules", "programmes:holidays", "programmes:contact_rules", "checkins:rules", "checkins:reminders_preview"]


@pytest.mark.parametrize("name", PAGES)
def test_each_leads_to_the_others_and_says_where_one_is(northfield, sign_in, name):
    addresses = [reverse(one, args=["northfield", northfield.programme.pk]) for one in PAGES]
    here = reverse(name, args=["northfield", northfield.programme.pk])
    page = BeautifulSoup(sign_in(northfield.people["coordinator"]).get(here).content, "html.parser")
    tabs = page.select(".subnav a")
    assert [one["href"] for one in tabs] == addresses
    assert [one["href"] for one in tabs if one.get("aria-current")] == [here]
    assert [one["href"] for one in page.select(".rail a[aria-current]")] == [addresses[0]]


def test_a_programmes_page_leads_to_all_of_them(northfield, sign_in):
    address = reverse("programmes:detail", args=["northfield", northfield.programme.pk])
    page = BeautifulSoup(sign_in(northfield.people["coordinator"]).get(address).content, "html.parser")
    found = {one["href"] for one in page.select("aside a, main a")}
    assert {reverse(one, args=["northfield", northfield.programme.pk]) for one in PAGES} <= found
