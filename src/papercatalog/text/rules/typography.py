"""Rules for accents, signs and spaces typed in LaTeX."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from papercatalog.text.nodes import Node, substitute

_COMBINING = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308"}
_ACCENT = re.compile(
    r"""\\(?:(?P<umlaut>")|(?<=[A-Za-z]\\)(?P<mark>['`^]))"""
    r"""(?:\{\\?(?P<braced>[A-Za-z])\}|\{\\i\}|(?P<letter>[aeiouyAEIOUY]))"""
)
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])\\'(?=(?:s|t|re|ve|ll|d|m)\b)")
_TIE = re.compile(r"(?<=[A-Za-z]{2})~(?=[(A-Za-z\\]|$)")
_ABBREVIATION = re.compile(r"\\(?P<name>ie|eg|etc)(?![A-Za-z])\.?")
_ABBREVIATIONS = {"ie": "i.e.", "eg": "e.g.", "etc": "etc."}
_ESCAPED = re.compile(r"\\(?P<sign>[%&_$#, ])")


def accent(text: str) -> Iterator[Node]:
    r"""Combine an accent and its letter: ``Fr\'echet`` → Fréchet."""
    return substitute(_ACCENT, _accented, text)


def _accented(match: re.Match[str]) -> str:
    letter = match["letter"] or match["braced"] or "i"
    return unicodedata.normalize("NFC", letter + _COMBINING[match["umlaut"] or match["mark"]])


def apostrophe(text: str) -> Iterator[Node]:
    r"""Remove the backslash before an apostrophe: ``model\'s`` → model's."""
    return substitute(_APOSTROPHE, lambda match: "'", text, r"\'")


def tie(text: str) -> Iterator[Node]:
    """Replace LaTeX's tie between words by a space: ``models~(LLMs)`` → models (LLMs)."""
    return substitute(_TIE, lambda match: " ", text, "~")


def abbreviation(text: str) -> Iterator[Node]:
    r"""Write out abbreviations that style files define: ``\eg`` → e.g."""
    return substitute(_ABBREVIATION, lambda match: _ABBREVIATIONS[match["name"]], text)


def escaped_sign(text: str) -> Iterator[Node]:
    r"""Remove the backslash before a sign: ``10\%`` → 10%, ``20\,hours`` → 20 hours."""
    return substitute(_ESCAPED, lambda match: match["sign"].replace(",", " "), text)
