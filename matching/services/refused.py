"""Saying no calmly, and saying nothing."""


class Refused(Exception):  # noqa: N818  it is an answer, not a fault
    """What was asked cannot be done now; the message is for the person who asked."""


def quietly(*_progress):
    """Progress that nobody watches."""
