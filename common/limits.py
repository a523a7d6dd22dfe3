"""How often somebody may try. Counted in the cache: where that forgets, somebody has a few tries more."""

from django.core.cache import cache


def count_try(key: str, *, seconds: int) -> int:
    """Note one try under a key and return how many there were in this span, which begins with the first."""
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # ran out between the two calls
        return 1


def tries(key: str) -> int:
    """How many tries stand under a key, without adding one."""
    return cache.get(key, 0)
