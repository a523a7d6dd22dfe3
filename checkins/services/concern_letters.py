"""Letters around concerns. None says what one is about, who is in it or who raised it; none says the word in its subject."""

from django.urls import reverse

from organisations.services import links
from post.services.outbox import queue_letter


def write(name, concern, to, page, *args, again="", about=None, **more):
    """One letter to a membership, linking to a page that opens after signing in. about: what takes it back; else the concern."""
    organisation = concern.organisation
    programme = concern.mentorship.programme.name if concern.mentorship else ""
    context = {
        "first_name": to.first_name,
        "organisation": organisation.name,
        "programme": programme or organisation.name,
        "url": links.absolute(reverse(page, args=[organisation.slug, *args])),
        **more,
    }
    key = f"{name}:{concern.pk}:{to.pk}:{again}"
    queue_letter(name, to_email=to.email, to_name=to.name, context=context, dedupe_key=key, about=about or concern)
