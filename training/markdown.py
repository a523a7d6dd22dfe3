"""A small part of Markdown to HTML: headings, paragraphs, lists, quotes, bold and emphasis. Pure.

Written for texts of our own that need no links, images or raw HTML. Everything is escaped before any mark is
turned into a tag, so nothing in a text can become markup but the tags below.
"""

import re
from html import escape

_BOLD = re.compile(r"\*\*(?=\S)([^*]+)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])")
_BULLET = re.compile(r"^[-*]\s+")
_NUMBER = re.compile(r"^\d+[.)]\s+")
_HEADING = re.compile(r"^(#{2,4})\s+(.+)$")


def render(text):
    """Return the text as HTML. Headings run from h2 (##) to h4; a page brings its own h1."""
    blocks = re.split(r"\n\s*\n", text.strip().replace("\r\n", "\n"))
    return "\n".join(_block(block.strip().split("\n")) for block in blocks if block.strip())


def _block(lines):
    heading = _HEADING.match(lines[0])
    if heading and len(lines) == 1:
        level = len(heading[1])
        return f"<h{level}>{_inline(heading[2])}</h{level}>"
    if all(line.startswith(">") for line in lines):
        return f"<blockquote>\n{render(_unquoted(lines))}\n</blockquote>"
    if _BULLET.match(lines[0]):
        return _list("ul", _BULLET, lines)
    if _NUMBER.match(lines[0]):
        return _list("ol", _NUMBER, lines)
    return f"<p>{_inline(_joined(lines))}</p>"


def _unquoted(lines):
    """Return a quote's text without its mark; further ">" at the start are plain text, so quotes do not nest."""
    return "\n".join(line.lstrip("> ") for line in lines)


def _list(tag, marker, lines):
    """Return a list; a line without a marker continues the item before it."""
    items: list[list[str]] = []
    for line in lines:
        if marker.match(line):
            items.append([marker.sub("", line, count=1)])
        else:
            items[-1].append(line)
    rows = "\n".join(f"<li>{_inline(_joined(item))}</li>" for item in items)
    return f"<{tag}>\n{rows}\n</{tag}>"


def _joined(lines):
    return " ".join(line.strip() for line in lines)


def _inline(text):
    escaped = escape(text, quote=True)
    return _EMPHASIS.sub(r"<em>\1</em>", _BOLD.sub(r"<strong>\1</strong>", escaped))
