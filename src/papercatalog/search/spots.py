"""Reads texts into arrays: which keys stand where. A token is taken apart once, then looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from papercatalog.search.analysis import MAX_TERM, STOP_CODES, analyse, atoms, chunks, fold

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
    before: tuple[int, ...]
    """Of each key, the code of the stop word before it in the token, else 0."""
    after: tuple[int, ...]
    width: int
    """How many words the token is wide; stop words count."""
    first: int = 0
    """The code of the token's first word if it is a stop word, else 0."""
    last: int = 0


class Spots(NamedTuple):
    """Where keys stand in texts."""

    keys: Sequence[str]
    """Without repetition."""
    key: Numbers
    """The number of the key of each spot, in columns of one length with those below."""
    text: Numbers
    """The number of the text, from 0."""
    place: Numbers
    beside: Numbers
    """The codes of the stop words before, times 16, and after; 0 for none."""
    lengths: Numbers
    """How many words each text has."""


def tokens(text: str) -> list[str]:
    """A text folded and cut at spaces and most signs, so that no chunk is in two tokens."""
    return fold(text).translate(_SEPARATORS).replace(". ", " ").split()


@lru_cache(maxsize=1 << 17)
def read_token(token: str) -> Reading:
    """The words of a token."""
    if (word := token.strip(".'-")).isalnum() and word.isascii() and len(word) <= MAX_TERM:
        if code := STOP_CODES.get(word):
            return Reading((), (), (), (), 1, code, code)
        return Reading((word,), (0,), (0,), (0,), 1)
    read = chunks(token)
    codes = [STOP_CODES.get(atom, 0) for chunk in read for atom in atoms(chunk)]
    spots: list[tuple[str, int]] = []
    width = 0
    for chunk in read:
        words, wide = analyse(chunk)
        spots += [(word, width + at) for word, at in words]
        width += wide
    beside = [0, *codes, 0]
    return Reading(
        tuple(word for word, _ in spots),
        tuple(at for _, at in spots),
        tuple(beside[at] for _, at in spots),
        tuple(beside[at + 2] for _, at in spots),
        width,
        *((codes[0], codes[-1]) if codes else ()),
    )


def find_spots(texts: Sequence[Sequence[str]], read: Callable[[str], Reading]) -> Spots:
    """Where the keys of texts, given as tokens, stand; ``read`` takes a token apart."""
    numbers = number_all(chain.from_iterable(texts))
    readings = [read(token) for token in numbers]
    keys = number_all(chain.from_iterable(one.keys for one in readings))
    row = numbers_of(map(keys.__getitem__, chain.from_iterable(one.keys for one in readings)))
    place, before, after = (
        numbers_of(chain.from_iterable(map(itemgetter(column), readings))) for column in (1, 2, 3)
    )
    width, first, last = (numbers_of(map(itemgetter(column), readings)) for column in (4, 5, 6))
    count = numbers_of(len(one.keys) for one in readings)

    token = numbers_of(map(numbers.__getitem__, chain.from_iterable(texts)))
    text = np.repeat(np.arange(len(texts)), numbers_of(map(len, texts)))
    wide = width[token] > 0
    token, text = token[wide], text[wide]
    passed = np.concatenate(([0], np.cumsum(width[token])))
    bounds = np.searchsorted(text, np.arange(len(texts) + 1))
    starts = passed[bounds[:-1]]
    follows = np.concatenate(([False], text[1:] == text[:-1]))[: len(text)]
    coming = np.concatenate((follows[1:], [False]))[: len(text)]
    behind = np.where(follows, np.roll(last[token], 1), 0)
    ahead = np.where(coming, np.roll(first[token], -1), 0)

    at, spot = spread((np.cumsum(count) - count)[token], count[token])
    in_token = place[spot]
    return Spots(
        list(keys),
        row[spot],
        text[at],
        (passed[:-1] - starts[text])[at] + in_token,
        np.where(in_token == 0, behind[at], before[spot]) << 4
        | np.where(in_token == width[token][at] - 1, ahead[at], after[spot]),
        passed[bounds[1:]] - starts,
    )


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
