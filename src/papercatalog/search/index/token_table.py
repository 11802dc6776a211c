"""Splits texts into tokens and analyses each different token once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from papercatalog.model.names import fold
from papercatalog.search.analysis import (
    STOP_CODES,
    analyse_chunk,
    split_atoms,
    split_chunks,
)
from papercatalog.search.constants import MAX_TERM_LENGTH
from papercatalog.search.index.arrays import GrowableArray, IntArray, int_array

MAX_TOKENS = 1 << 17
"""A table with more tokens is cleared before the next texts, to bound its memory."""

_SEPARATORS = {
    code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "'+#.-")
}
"""The ASCII characters that no chunk contains."""


class TokenAnalysis(NamedTuple):
    """The terms of a token."""

    terms: tuple[str, ...]
    offsets: tuple[int, ...]
    """The position of each term, counted from the token's first word."""
    before: tuple[int, ...]
    """The code of the stop word before each term within the token, or 0."""
    after: tuple[int, ...]
    """The code of the stop word after each term within the token, or 0."""
    width: int
    """How many words the token has, stop words included."""
    first: int = 0
    """The code of the token's first word if it is a stop word, or 0."""
    last: int = 0
    """The code of the token's last word if it is a stop word, or 0."""


def split_tokens(text: str) -> list[str]:
    """Fold a text and split it at blanks and most signs; no chunk spans two tokens."""
    return fold(text).translate(_SEPARATORS).replace(". ", " ").split()


def analyse_token(token: str) -> TokenAnalysis:
    """Analyse a token of a text."""
    if (word := token.strip(".'-")).isalnum() and word.isascii() and len(word) <= MAX_TERM_LENGTH:
        if code := STOP_CODES.get(word):
            return TokenAnalysis((), (), (), (), 1, code, code)
        return TokenAnalysis((word,), (0,), (0,), (0,), 1)
    chunks = split_chunks(token)
    codes = [STOP_CODES.get(atom, 0) for chunk in chunks for atom in split_atoms(chunk)]
    terms: list[tuple[str, int]] = []
    width = 0
    for chunk in chunks:
        words, chunk_width = analyse_chunk(chunk)
        terms += [(word, width + offset) for word, offset in words]
        width += chunk_width
    around = [0, *codes, 0]
    return TokenAnalysis(
        tuple(term for term, _ in terms),
        tuple(offset for _, offset in terms),
        tuple(around[offset] for _, offset in terms),
        tuple(around[offset + 2] for _, offset in terms),
        width,
        *((codes[0], codes[-1]) if codes else ()),
    )


class TokenTable:
    """The analyses of all tokens seen, in columns; it lasts from one text to the next."""

    def __init__(self, analyse: Callable[[str], TokenAnalysis]) -> None:
        self._analyse = analyse
        self._clear()

    def _clear(self) -> None:
        self._token_numbers: dict[str, int] = {}
        self._term_numbers: dict[str, int] = {}
        self.terms: list[str] = []
        """All terms, by number."""
        self._by_token = {
            name: GrowableArray(np.int64) for name in ("width", "first", "last", "count")
        }
        self._by_term = {
            name: GrowableArray(np.int64) for name in ("term", "offsets", "before", "after")
        }

    def number_tokens(self, texts: Sequence[Sequence[str]]) -> IntArray:
        """Return the number of each token of the texts, one text after the other.

        The numbers, and those of terms, are valid until the next call.
        """
        different = dict.fromkeys(chain.from_iterable(texts))
        if len(self._token_numbers) > MAX_TOKENS:
            self._clear()
        self._add([token for token in different if token not in self._token_numbers])
        return int_array(map(self._token_numbers.__getitem__, chain.from_iterable(texts)))

    def column(self, name: str) -> IntArray:
        """Return a column of all tokens, or of all terms of all tokens.

        Names are the fields of `TokenAnalysis`; ``count`` is the number of a token's terms, and
        ``term`` the number of each term.
        """
        return (self._by_token.get(name) or self._by_term[name]).values

    def _add(self, tokens: Sequence[str]) -> None:
        analyses = [self._analyse(token) for token in tokens]
        self._token_numbers |= {
            token: number for number, token in enumerate(tokens, len(self._token_numbers))
        }
        terms = [term for analysis in analyses for term in analysis.terms]
        new = [term for term in dict.fromkeys(terms) if term not in self._term_numbers]
        self._term_numbers |= {term: number for number, term in enumerate(new, len(self.terms))}
        self.terms += new
        self._by_term["term"].extend(int_array(map(self._term_numbers.__getitem__, terms)))
        for name in ("offsets", "before", "after"):
            values = chain.from_iterable(map(attrgetter(name), analyses))
            self._by_term[name].extend(int_array(values))
        for name in ("width", "first", "last"):
            self._by_token[name].extend(int_array(map(attrgetter(name), analyses)))
        self._by_token["count"].extend(int_array(len(analysis.terms) for analysis in analyses))
