"""Writes many posting lists at once, as arrays of bytes; ``postings`` reads them one by one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from papercatalog.search.spots import Numbers
from papercatalog.search.summary import Column

Bytes = NDArray[np.uint8]


def sums(values: Numbers, starts: Numbers) -> Numbers:
    """The sum of each run of values; runs begin at ``starts``, and empty ones sum to 0."""
    total = np.concatenate(([0], np.cumsum(values, dtype=np.int64)))
    ends = np.append(starts[1:], len(values))
    found: Numbers = total[ends] - total[starts]
    return found


def encode_varints(numbers: Numbers) -> tuple[Bytes, Numbers]:
    """The numbers as varints, one after the other, and how many bytes each takes."""
    sizes = np.ones(len(numbers), np.int64)
    for bits in range(7, 35, 7):
        sizes += numbers >> bits > 0
    ends = np.cumsum(sizes)
    out = np.empty(int(ends[-1]) if len(ends) else 0, np.uint8)
    at = ends - sizes
    while len(numbers):
        more = numbers > 127
        out[at] = numbers & 127 | more << 7
        numbers, at = numbers[more] >> 7, at[more] + 1
    return out, sizes


def encode_lists(
    key: Numbers, head: Numbers, paper: Numbers, title: Numbers
) -> tuple[Bytes, Numbers]:
    """The posting lists of keys, one after the other, and how many bytes each takes.

    The columns are sorted by key, by head from the highest, by paper. A list is how many groups it
    has, then for each group its head, its size and its papers, each as the gap to the one before;
    where the head is odd, with the place in the title after.
    """
    titled = head & 1
    new_key = np.diff(key, prepend=-1) != 0
    new_group = new_key | (np.diff(head, prepend=-1) != 0)
    groups, keys = np.flatnonzero(new_group), np.flatnonzero(new_key)
    gap = np.diff(paper, prepend=0) - 1
    gap[groups] = paper[groups]
    ends = np.cumsum(1 + titled + 2 * new_group + new_key)
    numbers = np.empty(int(ends[-1]) if len(ends) else 0, np.int64)
    numbers[ends - 1 - titled] = gap
    numbers[ends[titled == 1] - 1] = title[titled == 1]
    start = ends[groups] - 1 - titled[groups]
    numbers[start - 2] = head[groups]
    numbers[start - 1] = np.diff(groups, append=len(key))
    first = ends[keys] - 1 - titled[keys] - 3
    numbers[first] = sums(new_group.astype(np.int64), keys)
    data, sizes = encode_varints(numbers)
    return data, sums(sizes, first)


def encode_places(counts: Column, places: Column, beside: Column) -> bytes:
    """Where words stand, in planes, each a byte for every posting or every place.

    How many places each posting has; of each place the gap to the posting's one before, its lower
    and its upper byte; the codes of the stop words beside it.
    """
    first = (np.cumsum(counts, dtype=np.int64) - counts)[counts > 0]
    gaps = np.diff(places, prepend=places.dtype.type(0))
    gaps[first] = places[first]
    planes = (counts, gaps & 255, gaps >> 8, beside)
    return b"".join(plane.astype(np.uint8).tobytes() for plane in planes)
