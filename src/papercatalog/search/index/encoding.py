"""Writes a shard's posting lists as columns of bytes; ``postings`` reads them one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from papercatalog.search.index.arrays import Numbers, spread
from papercatalog.search.index.segment import Column
from papercatalog.search.postings import MOST_IMPACT

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
    titled, impact = head & 1 > 0, head >> 1
    titles, at = np.unique(spot[titled], return_index=True)
    groups = int(group.max(initial=-1)) + 1
    in_group = np.searchsorted(titles, np.arange(groups + 1) * papers)
    position = np.searchsorted(titles, spot)
    inside = np.append(titles, -1)[position] == spot
    inside &= is_word
    outside, facts = ~inside & is_word, ~is_word
    of_titles = np.zeros(len(group), np.int64)
    of_titles[np.diff(group, prepend=-1) > 0] = np.diff(in_group) + 1
    patterns = _find_patterns(group, position[inside], (2 * key + titled)[inside])
    shown = np.flatnonzero(titled)
    shown = shown[np.argsort(key[shown] * (MOST_IMPACT + 1) + impact[shown], kind="stable")]
    first = [
        encode_varints(np.concatenate([of_titles, _count(key[~inside], group), *patterns.columns])),
        *_pairs(titles // papers, titles % papers, impact[titled][at]),
        encode_varints(patterns.of_titles),
        encode_varints(title[shown]),
        *_pairs(key[facts], paper[facts], impact[facts]),
    ]
    rest = _pairs(key[outside], paper[outside], impact[outside])
    holders = None
    if np.count_nonzero(outside) >= APART:
        held = np.unique(spot[is_word]) // papers
        holders = encode_varints(np.bincount(held, minlength=groups))
    return Lists(first, rest, holders, np.argsort(2 * key + ~inside, kind="stable"))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Which words of their group papers hold that have one of them in the title."""

    of_titles: Numbers
    """Of each title the number of its pattern among the group's, the most frequent one first."""
    columns: tuple[Numbers, Numbers, Numbers]
    """Of each group how many patterns; of each of these how many words; those, each its number in
    the group times 2, plus 1 where it is in the title."""


def _find_patterns(group: Numbers, title: Numbers, code: Numbers) -> _Patterns:
    """Number the patterns of titles, given a row for each word that a title's paper holds.

    ``group`` is each key's; ``code`` is a key's number times 2, plus 1 where it is in the title.
    Rows are sorted by code, and titles numbered by group.
    """
    code = code[np.argsort(title, kind="stable")]
    sizes = np.bincount(title)
    first = np.cumsum(sizes) - sizes
    number = np.zeros(len(sizes), np.int64)
    longer, depth, known = np.arange(len(sizes)), 0, 0
    while len(longer):
        path = number[longer] * 2 * len(group) + code[first[longer] + depth]
        paths, at = np.unique(path, return_inverse=True)
        number[longer] = known + at
        known += len(paths)
        depth += 1
        longer = longer[sizes[longer] > depth]
    counts = np.bincount(number, minlength=known)
    holder = np.zeros(known, np.int64)
    holder[number] = np.arange(len(number))
    of_group = group[code[first[holder]] // 2]
    order = np.lexsort((-counts, of_group))
    order = order[counts[order] > 0]
    of_group, holder = of_group[order], holder[order]
    groups = np.arange(int(group.max(initial=-1)) + 1)
    begin = np.searchsorted(of_group, groups)
    rank = np.empty_like(counts)
    rank[order] = np.arange(len(order)) - begin[of_group]
    run, at = spread(first[holder], sizes[holder])
    codes = code[at] - 2 * np.searchsorted(group, groups)[of_group[run]]
    return _Patterns(
        rank[number],
        (np.bincount(of_group, minlength=len(groups)), sizes[holder], codes),
    )


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
