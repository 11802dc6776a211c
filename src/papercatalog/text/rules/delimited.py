"""Rules for formulas that kept their delimiters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papercatalog.text.pieces import Math, Piece, substitute
from papercatalog.text.tex import restore, to_unicode

_PARENTHESES = re.compile(r"\\\(\s?(?P<tex>[^`$]{1,300}?)\s?\\\)")
_DOLLARS = re.compile(r"(?<![\w\\$])\$(?![\s\d])(?P<tex>[^`$]{1,300})(?<!\s)\$(?![\w$])")
_MARKS = re.compile(r"[\\^_=]|^[A-Za-z]$")


def parenthesis_math(text: str) -> Iterator[Piece]:
    r"""Read ``\(…\)``."""
    return substitute(_PARENTHESES, lambda match: piece_of(restore(match["tex"])), text)


def dollar_math(text: str) -> Iterator[Piece]:
    """Read ``$…$`` where it is surely a formula; before a number, a dollar is money."""

    def build(match: re.Match[str]) -> Piece:
        return piece_of(restore(match["tex"])) if _MARKS.search(match["tex"]) else match[0]

    return substitute(_DOLLARS, build, text)


def piece_of(tex: str) -> str | Math:
    """Write a formula as plain text where Unicode says it as well, else as math."""
    plain = None if " " in tex.replace("\\ ", "") else to_unicode(tex)
    return Math(tex) if plain is None else plain
