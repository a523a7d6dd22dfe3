"""Saying no calmly, and saying nothing."""

from common.refused import Refused

__all__ = ["Refused", "quietly"]


def quietly(*_progress):
    """Progress that nobody watches."""
