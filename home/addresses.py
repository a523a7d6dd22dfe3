"""Addresses of pages by name, for presenters that have no template at hand."""

from django.urls import NoReverseMatch, reverse


def page(organisation, name, *args) -> str:
    """The path of an organisation's page."""
    try:
        return reverse(name, args=[organisation.slug, *args])
    except NoReverseMatch:  # BUILDING: the page is not there yet
        return ""
