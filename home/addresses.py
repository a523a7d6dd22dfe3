"""Addresses of pages by name, for presenters that have no template at hand."""

from django.urls import reverse


def page(organisation, name, *args) -> str:
    """The path of an organisation's page."""
    return reverse(name, args=[organisation.slug, *args])
