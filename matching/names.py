"""Whether a typed name is a person's name, said loosely: case, accents, order and middle names do not matter. Pure."""

import unicodedata

# Letters that Unicode does not take apart into a plain letter and a mark.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})


def is_name_of(typed, first_name, last_name) -> bool:
    """True when ``typed`` holds a given name and a family name of this person (or their only name), and nothing foreign."""
    words, first, last = _words(typed), _words(first_name), _words(last_name)
    if not words or not first | last:
        return bool(words)
    if words - first - last:
        return "".join(sorted("".join(words))) == "".join(sorted("".join(first | last)))  # "van derBerg", "O Neill"
    return all(not part or words & part for part in (first, last))


def _words(text):
    bare = unicodedata.normalize("NFKD", str(text).casefold()).translate(_PLAIN)
    kept = "".join(
        char if char.isalnum() or char.isspace() else "" if char in "'’.`" else " "
        for char in bare
        if not unicodedata.combining(char)
    )
    return frozenset(kept.split())
