"""Cleaning words from a roster: names, addresses, lists, weekly slots. No row is judged here, only cells."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from .errors import BadValueError, shown

MOST_ITEMS = 50  # in one list of skills or languages

# Control characters, direction overrides and invisible spaces. Joiners stay: Persian and emoji need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_FORMULA = re.compile(r"[=＝﹦]|[+\-@＋－＠][^ ]*[(|!]")
_SHEET_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)$")
_LOST = re.compile(r"\w\?|\?\w|\ufffd")
_ADDRESS_IN_NAME = re.compile(r"[^<>]*<([^<>]+)>$")
_DAYS = {"mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri", "sat": "Sat", "sun": "Sun"}
_DAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\s*(.*)$")
_PARTS = {
    "am": ("am",), "a.m": ("am",), "morning": ("am",), "mornings": ("am",),
    "pm": ("pm",), "p.m": ("pm",), "afternoon": ("pm",), "afternoons": ("pm",),
    "": ("am", "pm"), "all day": ("am", "pm"), "am/pm": ("am", "pm"), "am & pm": ("am", "pm"), "am and pm": ("am", "pm"),
}  # fmt: skip
_CHANNELS = {
    "in person": "in person", "face to face": "in person", "face-to-face": "in person", "f2f": "in person", "in-person": "in person",
    "video": "video", "video call": "video", "teams": "video", "zoom": "video", "online": "video",
    "phone": "phone", "telephone": "phone", "call": "phone", "mobile": "phone",
    "chat": "chat", "text": "chat", "message": "chat", "messages": "chat",
}  # fmt: skip


def clean(cell) -> str:
    """Return a cell as one line of text: composed letters, single spaces, nothing invisible."""
    text = str(cell)
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def read_text(cell, field, context):
    """Return clean text; refuses a formula, a spreadsheet's error mark, and text too long for its place."""
    text = clean(cell)
    if text[:1] in "=＝﹦+-@＋－＠#" and text:
        _refuse_formula(text)
    if len(text) > field.longest:
        message = _("This is %(length)d characters long; at most %(longest)d fit. Shorten it.")
        raise BadValueError("too_long", message % {"length": len(text), "longest": field.longest})
    return text


def _refuse_formula(text):
    if _FORMULA.match(text):
        raise BadValueError("formula", _("This is a spreadsheet formula, not text. Type what the cell should say."))
    if _SHEET_ERROR.match(text):
        message = _("This is a spreadsheet's error mark, “%(value)s”. Type what the cell should say.")
        raise BadValueError("sheet_error", message % {"value": text})


def read_name(cell, field, context):
    """Return a person's name; warns where the export has lost or garbled letters."""
    text = read_text(cell, field, context)
    if _LOST.search(text):
        message = _(
            "Letters were lost when this file was made: “%(value)s”. Correct the name, or export the file again as UTF-8."
        )
        context.warn("letters_lost", message % {"value": shown(text)})
    elif not text.isascii():
        _warn_of_garbling(text, context)
    return text


def _warn_of_garbling(text, context):
    """UTF-8 that some program took for Windows text shows when turning it back gives text."""
    try:
        meant = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return
    message = _("“%(value)s” may be meant to read “%(meant)s”. Correct the name, or export the file again as UTF-8.")
    context.warn("garbled", message % {"value": shown(text), "meant": shown(meant)})


def read_code(cell, field, context):
    """Return a student number: text without spaces, and without the ".0" that spreadsheets add to numbers."""
    return re.sub(r"^(\d+)\.0$", r"\1", read_text(cell, field, context).replace(" ", ""))


def read_email(cell, field, context):
    """Return an e-mail address in lower case; "Name <address>" and "mailto:" are understood."""
    text = read_text(cell, field, context)
    wrapped = _ADDRESS_IN_NAME.match(text)
    address = (wrapped[1] if wrapped else text).strip().strip(";,").removesuffix(".").lower().removeprefix("mailto:")
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError:
        message = _("“%(value)s” is not an e-mail address. Write one such as name@college.example.")
        raise BadValueError("bad_email", message % {"value": shown(text)}) from None
    return address


def read_tutor(cell, field, context):
    """Return the tutor's address. A name instead of an address is left out with a warning: the student is still good."""
    text = read_text(cell, field, context)
    if text and "@" not in text:
        message = _("“%(value)s” is not an e-mail address, so no tutor is noted. Write the tutor's e-mail address.")
        context.warn("no_tutor", message % {"value": shown(text)})
        return ""
    return read_email(cell, field, context)


def split_list(text: str) -> list[str]:
    """Cut a cell's list at the strongest separator in it (| then ; then line ends then commas), each item once."""
    separator = next((mark for mark in ("|", ";", "\n", ",") if mark in text), None)
    found = {}
    for item in text.split(separator) if separator else [text]:
        if cleaned := clean(item):
            found.setdefault(cleaned.casefold(), cleaned)
    return list(found.values())


def read_names(cell, field, context):
    """Return a list as a tuple, spelt as in the file."""
    items = split_list(str(cell))
    if len(items) > MOST_ITEMS:
        message = _("%(count)d things are named here; at most %(most)d fit. Keep those that matter most.")
        raise BadValueError("too_many_items", message % {"count": len(items), "most": MOST_ITEMS})
    for item in items:
        read_text(item, field, context)
    return tuple(items)


def read_words(cell, field, context):
    """Return a list as a tuple in lower case, so that the same skill in two files is one skill."""
    return tuple(item.lower() for item in read_names(cell, field, context))


def read_slots(cell, field, context):
    """Return weekly half days ("Mon am") in the order given; warns of those not understood and leaves them out."""
    slots, lost = {}, []
    for item in split_list(str(cell)):
        found = _slots(item.lower())
        slots.update(dict.fromkeys(found))
        if not found:
            lost.append(item)
    if lost:
        message = _("Not understood and left out: %(values)s. Write half days such as Mon am; Thu pm.")
        context.warn("bad_slot", message % {"values": ", ".join(shown(item) for item in lost)})
    return tuple(slots)


def _slots(text):
    match = _DAY.match(text)
    parts = _PARTS.get(match[2].rstrip(".")) if match else None
    return [f"{_DAYS[match[1]]} {part}" for part in parts or ()]


def read_channel(cell, field, context):
    """Return a way to keep in touch; common other words for the four we name become ours, others stay."""
    text = read_text(cell, field, context)
    return _CHANNELS.get(text.lower(), text)
