"""Finds where keys stand in texts, for many texts at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from papercatalog.search.index.arrays import Numbers, numbers_of, spread
from papercatalog.search.index.token_table import Lexicon


class Spots(NamedTuple):
    """Where keys stand in texts."""

    keys: Sequence[str]
    """Without repetition, in the order in which they first come."""
    key: Numbers
    """The number of the key of each spot, in columns of one length with those below."""
    text: Numbers
    """The number of the text, from 0."""
    place: Numbers
    beside: Numbers
    """The codes of the stop words before, times 16, and after; 0 for none."""
    lengths: Numbers
    """How many words each text has."""


def find_spots(texts: Sequence[Sequence[str]], lexicon: Lexicon) -> Spots:
    """Where the keys of texts, given as tokens, stand."""
    token = lexicon.number(texts)
    width, first, last, count = map(lexicon.column, ("width", "first", "last", "count"))
    row, place, before, after = map(lexicon.column, ("key", "places", "before", "after"))

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
    keys, key = _number_anew(row[spot])
    return Spots(
        [lexicon.keys[number] for number in keys],
        key,
        text[at],
        (passed[:-1] - starts[text])[at] + in_token,
        np.where(in_token == 0, behind[at], before[spot]) << 4
        | np.where(in_token == width[token][at] - 1, ahead[at], after[spot]),
        passed[bounds[1:]] - starts,
    )


def _number_anew(values: Numbers) -> tuple[list[int], Numbers]:
    """The different values in the order in which they first come, and each one's place in that."""
    found, firsts, places = np.unique(values, return_index=True, return_inverse=True)
    order = np.argsort(firsts)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return found[order].tolist(), rank[places]
