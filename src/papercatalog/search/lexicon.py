"""Reads texts into arrays: which keys stand where, each text's tokens looked up and not read twice."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from papercatalog.search.analysis import analyse, chunks, fold

Numbers = NDArray[np.int64]

Spot = tuple[str, int]
"""A key, and its place counted from the token's first word."""

_SEPARATORS = {
    code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "'+#.-")
}
"""What no chunk holds, of ASCII."""


class Spots(NamedTuple):
    """Where keys stand in texts, in columns of one length."""

    key: Numbers
    text: Numbers
    """The number of the text, from 0."""
    place: Numbers


def tokens(text: str) -> list[str]:
    """A text folded and cut at spaces and most signs, so that no chunk is in two tokens."""
    return fold(text).translate(_SEPARATORS).replace(". ", " ").split()


@lru_cache(maxsize=1 << 17)
def read_token(token: str) -> tuple[tuple[Spot, ...], int]:
    """The words of a token and how many words it is wide; stop words count."""
    spots: list[Spot] = []
    width = 0
    for chunk in chunks(token):
        words, wide = analyse(chunk)
        spots += [(word, width + offset) for word, offset in words]
        width += wide
    return tuple(spots), width


class Lexicon(dict[str, int]):
    """The number of each token that was met; keeps its keys and their places in columns."""

    def __init__(
        self, keys: dict[str, int], read: Callable[[str], tuple[tuple[Spot, ...], int]]
    ) -> None:
        """``keys`` numbers the keys, of several lexicons maybe; ``read`` takes a token apart."""
        super().__init__()
        self._keys = keys
        self._read = read
        self._key = array("l")
        self._offset = array("l")
        self._ends = array("l", [0])
        self._widths = array("l")

    def __missing__(self, token: str) -> int:
        spots, width = self._read(token)
        keys = self._keys
        for key, offset in spots:
            self._key.append(keys.setdefault(key, len(keys)))
            self._offset.append(offset)
        self._ends.append(len(self._key))
        self._widths.append(width)
        self[token] = number = len(self)
        return number

    def spots(self, texts: Sequence[Sequence[str]]) -> tuple[Spots, Numbers]:
        """Where keys stand in texts given as tokens, and how many words each text has."""
        look_up = self.__getitem__
        flat = array("l")
        for text in texts:
            flat.extend(map(look_up, text))
        token = _numbers(flat)
        sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        ends = np.concatenate(([0], np.cumsum(_numbers(self._widths)[token])))
        first = np.cumsum(sizes) - sizes
        starts, lengths = ends[first], ends[first + sizes] - ends[first]
        text = np.repeat(np.arange(len(texts)), sizes)
        return self._spread(token, text, ends[:-1] - starts[text]), lengths

    def _spread(self, token: Numbers, text: Numbers, start: Numbers) -> Spots:
        """The spots of tokens, each in a text, at the place where it starts."""
        ends = _numbers(self._ends)
        counts = ends[token + 1] - ends[token]
        row, at = spread(ends[token], counts)
        place = start[row] + _numbers(self._offset)[at]
        return Spots(_numbers(self._key)[at], text[row], place)


def spread(starts: Numbers, sizes: Numbers) -> tuple[Numbers, Numbers]:
    """For runs of numbers from ``starts`` on, one after the other: the run of each, the number."""
    run = np.repeat(np.arange(len(sizes)), sizes)
    before = np.cumsum(sizes, dtype=np.int64) - sizes
    return run, np.arange(len(run)) + (starts - before)[run]


def _numbers(column: array[int]) -> Numbers:
    return np.array(column, dtype=np.int64)
