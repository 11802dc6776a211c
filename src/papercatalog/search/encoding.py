"""Writes a shard's posting lists as columns of bytes; ``postings`` reads them one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from papercatalog.search.columns import Numbers
from papercatalog.search.summary import Column

Mask = NDArray[np.bool_]

APART = 8_000
"""From so many postings on, the rest of a shard's lists has a file of its own."""


def encode_varints(numbers: Numbers) -> bytes:
    """The numbers as varints, one after the other."""
    most = int(numbers.max(initial=0))
    if most < 128:
        return numbers.astype(np.uint8).tobytes()
    sizes = np.ones(len(numbers), np.int64)
    for bits in range(7, most.bit_length(), 7):
        sizes += numbers >> bits > 0
    ends = np.cumsum(sizes)
    out = np.empty(int(ends[-1]) if len(ends) else 0, np.uint8)
    at = ends - sizes
    while len(numbers):
        more = numbers > 127
        out[at] = numbers & 127 | more << 7
        numbers, at = numbers[more] >> 7, at[more] + 1
    return out.tobytes()


@dataclass(frozen=True, slots=True)
class Lists:
    """The posting lists of a shard's keys, in columns."""

    first: list[bytes]
    """What of the lists is always wanted."""
    rest: list[bytes]
    """The papers whose title holds no word of the stem."""
    holders: bytes | None
    """Of each group, how many papers hold a word; None where the rest is not worth a file."""
    order: Numbers
    """The shard's postings in the order in which they are read."""


def encode_lists(
    group: Numbers, marked: Mask, key: Numbers, paper: Numbers, head: Numbers, title: Numbers
) -> Lists:
    """The posting lists of a shard. ``group`` and ``marked`` are of its keys, numbered from 0.

    ``group`` is each key's, numbered from 0; ``marked`` says which keys are no words of texts. The
    other columns are of postings, sorted by key, then by paper.
    """
    of_group, is_word = group[key], ~marked[key]
    papers = int(paper.max(initial=0)) + 1
    spot = of_group * papers + paper
    titled = head & 1 > 0
    title = np.where(titled, title, -1)
    titles, at = np.unique(spot[titled], return_index=True)
    groups = int(group.max(initial=-1)) + 1
    in_group = np.searchsorted(titles, np.arange(groups + 1) * papers)
    position = np.searchsorted(titles, spot)
    inside = np.append(titles, -1)[position] == spot
    inside &= is_word
    outside, facts = ~inside & is_word, ~is_word
    new_group = np.diff(group, prepend=-1) > 0
    of_titles = np.zeros(len(group), np.int64)
    of_titles[new_group] = np.diff(in_group) + 1
    first = [
        encode_varints(
            np.concatenate([of_titles, _count(key[inside], group), _count(key[~inside], group)])
        ),
        *_pairs(titles // papers, titles % papers, (head >> 1)[titled][at]),
        *_pairs(key[inside], (position - in_group[of_group])[inside], (title + 1)[inside]),
        *_pairs(key[facts], paper[facts], head[facts] >> 1),
    ]
    rest = _pairs(key[outside], paper[outside], head[outside] >> 1)
    holders = None
    if np.count_nonzero(outside) >= APART:
        held = np.unique(spot[is_word]) // papers
        holders = encode_varints(np.bincount(held, minlength=groups))
    return Lists(first, rest, holders, np.argsort(2 * key + ~inside, kind="stable"))


def _count(key: Numbers, group: Numbers) -> Numbers:
    """How many postings each key has."""
    return np.bincount(key, minlength=len(group))


def _pairs(of: Numbers, numbers: Numbers, values: Numbers) -> list[bytes]:
    """Lists of numbers and values as two columns; ``of`` says whose they are.

    A number is written as the gap to the one before in the list: so many numbers are between.
    """
    gaps = np.diff(numbers, prepend=0) - 1
    new = np.diff(of, prepend=-1) != 0
    gaps[new] = numbers[new]
    return [encode_varints(gaps), encode_varints(values)]


def encode_places(counts: Column, places: Column, beside: Column) -> list[bytes]:
    """Where words stand, in columns, each a byte for every posting or every place.

    How many places each posting has; of each place the gap to the posting's one before, its lower
    and its upper byte; the codes of the stop words beside it.
    """
    first = (np.cumsum(counts, dtype=np.int64) - counts)[counts > 0]
    gaps = np.diff(places, prepend=places.dtype.type(0))
    gaps[first] = places[first]
    columns = (counts, gaps & 255, gaps >> 8, beside)
    return [column.astype(np.uint8).tobytes() for column in columns]
