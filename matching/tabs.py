"""The pages of a programme's matching, as tabs."""

from django.urls import reverse
from django.utils.translation import gettext as _


def tabs_of(programme, here) -> list[dict]:
    """Rows for the ``subnav`` component. here: the name of the present page ("programme", "out", "runs" …)."""
    pages = [
        ("choosing", _("Choosing first")),
        ("programme", _("Proposals")),
        ("out", _("What is out")),
        ("runs", _("Drafts compared")),
    ]
    return [
        {"label": label, "url": reverse(f"matching:{name}", args=[programme.organisation.slug, programme.pk]), "on": name == here}
        for name, label in pages
    ]
