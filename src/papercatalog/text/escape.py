"""Escapes plain text for Markdown, only where CommonMark or GitHub would read markup."""

from __future__ import annotations

import re
import string
from html.entities import html5

_SIGNS = re.compile(r"[\\`*_<&\]~$:]")
_ENTITY = re.compile(r"&(?:#[0-9A-Za-z]{1,8}|(?P<name>[A-Za-z0-9]{2,31}));")
_SHORTCODE = re.compile(r":[A-Za-z0-9_+-]{1,40}:")
_BLOCK = re.compile(
    r"[>=]|[-+*](?=\s|$)|-(?=[- ]*$)|#{1,6}(?=\s|$)|(?P<number>\d{1,9})(?=[.)](?:\s|$))"
)


def escape_line(text: str, after: str = "") -> str:
    """Escape the first string of a paragraph; ``after`` is the character that follows."""
    block = _BLOCK.match(text)
    if block is None:
        return escape(text, "", after)
    sign = block.end("number") if block["number"] else 0
    return f"{text[:sign]}\\{text[sign]}{escape(text[sign + 1 :], text[sign], after)}"


def escape(text: str, before: str = "", after: str = "") -> str:
    """Escape a string inside a paragraph.

    Args:
        text: The string.
        before: The character before it, or empty at the paragraph's start.
        after: The character after it, or empty at the paragraph's end.
    """

    def written(match: re.Match[str]) -> str:
        start = match.start()
        previous = text[start - 1] if start else before
        following = text[start + 1] if start + 1 < len(text) else after
        return f"\\{match[0]}" if _is_markup(text, start, previous, following) else match[0]

    return _SIGNS.sub(written, text)


def _is_markup(text: str, at: int, before: str, after: str) -> bool:
    """Whether the sign at position ``at`` could begin or end markup, given its neighbours."""
    match text[at]:
        case "\\":
            return after == "" or after in string.punctuation
        case "*":
            return not (_is_space(before) and _is_space(after))
        case "_":
            return not (before.isalnum() and after.isalnum())
        case "<":
            return after == "" or after in "/!?" or after.isalpha()
        case "&":
            entity = _ENTITY.match(text, at)
            return entity is not None and (not entity["name"] or f"{entity['name']};" in html5)
        case "]":
            return after != "" and after in "([:"
        case "~":
            return "~" in (before, after) or before.isalnum() or not after.isalnum()
        case "$":
            return after in {"$", "`"} or not (_is_space(before) or after.isalnum())
        case ":":
            return not before.isalnum() and _SHORTCODE.match(text, at) is not None
        case _:
            return True


def _is_space(neighbour: str) -> bool:
    return neighbour == "" or neighbour.isspace()
