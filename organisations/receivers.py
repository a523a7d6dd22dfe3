"""What organisations do when something happens in the outbox."""

from django.dispatch import receiver

from post.signals import letter_answered

from .services import answered


@receiver(letter_answered)
def tell_who_reads_answers(sender, letter, sender_address, text, key, **kwargs):
    answered.pass_on(letter=letter, sender_address=sender_address, text=text, key=key)
