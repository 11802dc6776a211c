"""Rules for formulas that kept their delimiters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papercatalog.text.nodes import Math, Piece, substitute
from papercatalog.text.tex import restore, to_unicode

_PARENTHESES = re.compile(r"\\\(\s?(?P<tex>[^`$]{1,300}?)\s?\\\)")
_DOLLARS = re.compile(r"(?<![\\$])\$(?![\s\d])(?P<tex>[^`$]{1,300})(?<!\s)\$(?![\d$])")
_MARK = re.compile(r"[\\^_=]|^[A-Za-z]$")
_SURE_MARK = re.compile(r"\\|^[\^_]")


def parenthesis_math(text: str) -> Iterator[Piece]:
    r"""Read ``\(…\)``."""
    return substitute(_PARENTHESES, lambda match: piece_of(restore(match["tex"])), text)


def dollar_math(text: str) -> Iterator[Piece]:
    """Read ``$…$`` where it is surely a formula; before a number, a dollar is money."""

    def build(match: re.Match[str]) -> Piece:
        start, end = match.span()
        in_word = text[max(start - 1, 0) : start].isalnum() or text[end : end + 1].isalnum()
        mark = _SURE_MARK if in_word else _MARK
        return piece_of(restore(match["tex"])) if mark.search(match["tex"]) else match[0]

    return substitute(_DOLLARS, build, text, "$")


def piece_of(tex: str) -> str | Math:
    """Write a formula as plain text where Unicode says it as well, else as math."""
    plain = None if " " in tex.replace("\\ ", "") else to_unicode(tex)
    return Math(tex) if plain is None else plain
