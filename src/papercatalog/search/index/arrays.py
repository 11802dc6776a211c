"""Arrays of whole numbers, and operations on runs within them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
Mask = NDArray[np.bool_]
Kind = TypeVar("Kind", bound=np.integer[Any])


class GrowableArray(Generic[Kind]):
    """A one-dimensional array that grows in one piece: many small ones would fragment memory."""

    def __init__(self, kind: type[Kind]) -> None:
        self._buffer = np.empty(0, kind)
        self._size = 0

    def extend(self, values: NDArray[Kind]) -> None:
        """Append values."""
        end = self._size + len(values)
        if end > len(self._buffer):
            grown = np.empty(2 * end, self._buffer.dtype)
            grown[: self._size] = self.values
            self._buffer = grown
        self._buffer[self._size : end] = values
        self._size = end

    @property
    def values(self) -> NDArray[Kind]:
        """The values so far, as a view."""
        return self._buffer[: self._size]


def int_array(values: Iterable[int]) -> IntArray:
    """Convert numbers to an array."""
    return np.fromiter(values, np.int64)


def expand_runs(starts: IntArray, sizes: IntArray) -> tuple[IntArray, IntArray]:
    """List the numbers of runs, one run after the other.

    Args:
        starts: The first number of each run; a run counts up from it.
        sizes: How many numbers each run has.

    Returns:
        The index of each number's run, and the number.
    """
    run = np.repeat(np.arange(len(sizes)), sizes)
    before = np.cumsum(sizes, dtype=np.int64) - sizes
    return run, np.arange(len(run)) + (starts - before)[run]


def run_sums(values: IntArray, starts: IntArray) -> IntArray:
    """Sum each run of values; runs begin at the indices ``starts``, and empty ones sum to 0."""
    total = np.concatenate(([0], np.cumsum(values, dtype=np.int64)))
    ends = np.append(starts[1:], len(values))
    found: IntArray = total[ends] - total[starts]
    return found
