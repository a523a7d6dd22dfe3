"""How allauth behaves here: nobody signs up by themselves, and its letters go through the outbox like all others."""

import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from post.services.outbox import queue_letter

# allauth's name of a mail -> our letter, and what in allauth's context is its link.
LETTERS = {
    "account/email/password_reset_key": ("password_reset", "password_reset_url"),
    "account/email/email_confirmation": ("confirm_address", "activate_url"),
    "account/email/email_confirmation_signup": ("confirm_address", "activate_url"),
    "account/email/unknown_account": ("no_account", None),
}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in for invited people only."""

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        """Put the letter in the outbox. An address nobody signs in with gets one too, so that the page can say the same."""
        name, link = LETTERS[template_prefix]
        url = context[link] if link else f"{settings.ALONGSIDE_BASE_URL}{reverse('account_login')}"
        user = context.get("user")
        queue_letter(
            name,
            to_email=email,
            to_name=user.name if user else "",
            context={
                "first_name": user.name.split(" ")[0] if user else "",
                "organisation": "Alongside",
                "programme": "",
                "url": url,
            },
            dedupe_key=f"{name}:{_digest(email, url, _day() if link is None else '')}",
        )


def _day():
    """A stranger's address gets this letter once a day at most, whoever asks."""
    return timezone.now().date().isoformat()


def _digest(*parts):
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]
