"""Columns of whole numbers, and what is done with them all over the index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Kind = TypeVar("Kind", bound=np.integer[Any])


class Growing(Generic[Kind]):
    """A column that grows, in one piece: many small ones would leave gaps in memory."""

    def __init__(self, kind: type[Kind]) -> None:
        self._room = np.empty(0, kind)
        self._size = 0

    def extend(self, column: NDArray[Kind]) -> None:
        """Append a column."""
        end = self._size + len(column)
        if end > len(self._room):
            grown = np.empty(2 * end, self._room.dtype)
            grown[: self._size] = self.filled
            self._room = grown
        self._room[self._size : end] = column
        self._size = end

    @property
    def filled(self) -> NDArray[Kind]:
        """What is in the column."""
        return self._room[: self._size]


def numbers_of(values: Iterable[int]) -> Numbers:
    """A column of numbers."""
    return np.fromiter(values, np.int64)


def spread(starts: Numbers, sizes: Numbers) -> tuple[Numbers, Numbers]:
    """For runs of numbers from ``starts`` on, one after the other: the run of each, the number."""
    run = np.repeat(np.arange(len(sizes)), sizes)
    before = np.cumsum(sizes, dtype=np.int64) - sizes
    return run, np.arange(len(run)) + (starts - before)[run]


def sums(values: Numbers, starts: Numbers) -> Numbers:
    """The sum of each run of values; runs begin at ``starts``, and empty ones sum to 0."""
    total = np.concatenate(([0], np.cumsum(values, dtype=np.int64)))
    ends = np.append(starts[1:], len(values))
    found: Numbers = total[ends] - total[starts]
    return found
