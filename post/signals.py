"""News from the outbox."""

from django.dispatch import Signal

# Somebody answered a letter although it comes from a machine. letter, sender_address, text; key: the same for the same answer.
letter_answered = Signal()
