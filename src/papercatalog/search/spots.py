"""Reads texts into arrays: which keys stand where. A token is taken apart once, then looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from papercatalog.search.analysis import MAX_TERM, STOP_WORDS, analyse, chunks, fold

Numbers = NDArray[np.int64]

_SEPARATORS = {
    code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "'+#.-")
}
"""What no chunk holds, of ASCII."""


class Reading(NamedTuple):
    """A token taken apart."""

    keys: tuple[str, ...]
    places: tuple[int, ...]
    """Of each key, counted from the token's first word."""
    width: int
    """How many words the token is wide; stop words count."""


class Spots(NamedTuple):
    """Where keys stand in texts."""

    keys: Sequence[str]
    """Without repetition."""
    key: Numbers
    """The number of the key of each spot, in columns of one length with those below."""
    text: Numbers
    """The number of the text, from 0."""
    place: Numbers
    lengths: Numbers
    """How many words each text has."""


_STOP_WORD = Reading((), (), 1)


def tokens(text: str) -> list[str]:
    """A text folded and cut at spaces and most signs, so that no chunk is in two tokens."""
    return fold(text).translate(_SEPARATORS).replace(". ", " ").split()


@lru_cache(maxsize=1 << 17)
def read_token(token: str) -> Reading:
    """The words of a token."""
    if (word := token.strip(".'-")).isalnum() and word.isascii() and len(word) <= MAX_TERM:
        return _STOP_WORD if word in STOP_WORDS else Reading((word,), (0,), 1)
    spots: list[tuple[str, int]] = []
    width = 0
    for chunk in chunks(token):
        words, wide = analyse(chunk)
        spots += [(word, width + at) for word, at in words]
        width += wide
    return Reading(tuple(word for word, _ in spots), tuple(at for _, at in spots), width)


def find_spots(texts: Sequence[Sequence[str]], read: Callable[[str], Reading]) -> Spots:
    """Where the keys of texts, given as tokens, stand; ``read`` takes a token apart."""
    numbers = number_all(chain.from_iterable(texts))
    readings = [read(token) for token in numbers]
    keys = number_all(chain.from_iterable(one.keys for one in readings))
    row = numbers_of(map(keys.__getitem__, chain.from_iterable(one.keys for one in readings)))
    place = numbers_of(chain.from_iterable(one.places for one in readings))
    count = numbers_of(len(one.keys) for one in readings)
    width = numbers_of(one.width for one in readings)

    token = numbers_of(map(numbers.__getitem__, chain.from_iterable(texts)))
    sizes = numbers_of(map(len, texts))
    ends = np.cumsum(sizes)
    text = np.repeat(np.arange(len(texts)), sizes)
    passed = np.concatenate(([0], np.cumsum(width[token])))
    lengths = passed[ends] - passed[ends - sizes]
    start = passed[:-1] - passed[ends - sizes][text]
    at, spot = spread((np.cumsum(count) - count)[token], count[token])
    return Spots(list(keys), row[spot], text[at], start[at] + place[spot], lengths)


def number_all(values: Iterable[str]) -> dict[str, int]:
    """The number of each of the values, in the order in which they first come."""
    found = dict.fromkeys(values, 0)
    return dict(zip(found, range(len(found)), strict=True))


def spread(starts: Numbers, sizes: Numbers) -> tuple[Numbers, Numbers]:
    """For runs of numbers from ``starts`` on, one after the other: the run of each, the number."""
    run = np.repeat(np.arange(len(sizes)), sizes)
    before = np.cumsum(sizes, dtype=np.int64) - sizes
    return run, np.arange(len(run)) + (starts - before)[run]


def numbers_of(values: Iterable[int]) -> Numbers:
    """A column of numbers."""
    return np.fromiter(values, np.int64)
