"""Saying no calmly."""


class Refused(Exception):
    """What was asked cannot be done now; the message is for the person who asked."""
