"""Saying no calmly, and saying nothing."""


class Refused(Exception):
    """What was asked cannot be done now; the message is for the person who asked."""


def quietly(*_progress):
    """Progress that nobody watches."""
