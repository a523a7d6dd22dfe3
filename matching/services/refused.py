"""Saying no calmly."""


class Refused(Exception):  # noqa: N818  it is an answer, not a fault
    """What was asked cannot be done now; the message is for the person who asked."""
