"""From a signed link to the mentorship it is about, so that whoever acts by link can say that they are worried.

An app above registers what its purpose is about in AppConfig.ready::

    register_link(Purpose.SURVEY, "evaluation:answer_by_link", lambda target_id: the mentorship, or None)
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from matching.models import Agreement, Mentorship, Proposal
from organisations.enums import Purpose

from .models import CheckIn


@dataclass(frozen=True)
class Page:
    """Where a link leads (``name``, an address with the token), and the mentorship it is about."""

    name: str
    mentorship_of: Callable = lambda target_id: None


pages: dict[str, Page] = {}


def register_link(purpose, name, mentorship_of=None):
    """Say where a purpose's links lead and which mentorship they are about."""
    pages[str(purpose)] = Page(name, mentorship_of) if mentorship_of else Page(name)


def mentorship_of(link) -> Mentorship | None:
    """The mentorship a link is about, with its programme and organisation; None where there is none."""
    page = pages.get(link.purpose)
    found = page.mentorship_of(link.target_id) if page else None
    return Mentorship.objects.select_related("programme", "organisation").get(pk=found) if found else None


def way_back(link, token) -> str:
    """The page the link itself opens; "" where it leads nowhere."""
    page = pages.get(link.purpose)
    return reverse(page.name, args=[token]) if page else ""


def _id(model, field="mentorship_id"):
    return lambda target_id: model.objects.filter(pk=target_id).values_list(field, flat=True).first()


def register_own():
    """The purposes of this app and those below it."""
    register_link(Purpose.CHECK_IN, "checkins:log_by_link", _id(CheckIn))
    register_link(Purpose.AGREEMENT, "matching:agreement_by_link", _id(Agreement))
    register_link(Purpose.CHANGE, "matching:change_by_link", _id(Mentorship, "pk"))
    register_link(Purpose.PROPOSAL, "matching:answer_by_link", _id(Proposal))
    register_link(Purpose.QUESTIONNAIRE, "matching:questionnaire_by_link")
    register_link(Purpose.EVENT, "training:event_by_link")
    register_link(Purpose.CONSENT, "programmes:consent_by_link")
