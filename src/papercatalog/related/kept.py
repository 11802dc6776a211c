"""What papers were compared by the last time: most need not be compared again.

A paper's nearest follow from its own terms and from the lists of papers that these bring up. Where
neither has changed, neither have they.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from papercatalog.related.tfidf import SCALE_BITS, Numbers, Table, Vectors, invert

_KINDS = (np.int32, np.int32, np.int16)
"""The kinds of number of a table's columns."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Papers, what they were compared by, and what came of it."""

    ids: Sequence[str]
    """Of each paper, sorted."""
    stems: Sequence[str]
    """Of each term, sorted."""
    vectors: Table
    nearest: NDArray[np.int32]
    """A row of papers' numbers for each paper, -1 for none."""

    def dump(self) -> bytes:
        """Write it as bytes: a line of JSON, then the columns."""
        table = self.vectors
        head = (self.ids, self.stems, len(table.papers), self.nearest.shape[1])
        columns = zip((table.papers, table.terms, table.weights), _KINDS, strict=True)
        parts = [column.astype(kind).tobytes() for column, kind in columns]
        return b"".join([json.dumps(head).encode(), b"\n", *parts, self.nearest.tobytes()])

    @classmethod
    def load(cls, data: bytes, count: int) -> Compared:
        """Read what ``dump`` wrote, if it has ``count`` a paper; else, that none were compared."""
        head, _, rest = data.partition(b"\n")
        ids, stems, size, rows = json.loads(head or b"[[], [], 0, 0]")
        if rows != count:
            return cls([], [], Table(*np.zeros((3, 0), np.int32)), np.zeros((0, count), np.int32))
        columns = []
        for kind in _KINDS:
            columns.append(np.frombuffer(rest, kind, size).astype(np.int32))
            rest = rest[columns[-1].size * np.dtype(kind).itemsize :]
        return cls(ids, stems, Table(*columns), np.frombuffer(rest, np.int32).reshape(-1, count))


def find_again(
    before: Compared, ids: Sequence[str], stems: Sequence[str], vectors: Vectors, postings: Vectors
) -> tuple[Numbers, NDArray[np.int32]]:
    """Give the numbers of the papers to compare, and all papers' nearest as they were before."""
    paper_now, term_now = _renumber(before.ids, ids), _renumber(before.stems, stems)
    terms = len(stems) + len(before.stems)
    touched = _differing(before.vectors, paper_now, term_now, vectors[0], terms) // terms
    lists, _ = invert(before.vectors)
    changed = _differing(lists, paper_now, term_now, postings[0], terms) % terms
    now = vectors[0]
    again = np.zeros(len(ids), bool)
    again[touched[touched < len(ids)]] = True
    has_changed = np.zeros(terms, bool)
    has_changed[changed] = True
    again[now.papers[has_changed[now.terms]]] = True
    still = paper_now < len(ids)
    nearest = np.full((len(ids), before.nearest.shape[1]), -1, np.int32)
    nearest[paper_now[still]] = np.append(paper_now, -1)[before.nearest[still]]
    return np.flatnonzero(again), nearest


def _renumber(names: Sequence[str], now: Sequence[str]) -> Numbers:
    """Give the number that each name has now; a number that no other has, where it is gone."""
    numbers = {name: number for number, name in enumerate(now)}
    gone = range(len(now), len(now) + len(names))
    pairs = zip(names, gone, strict=True)
    return np.array([numbers.get(name, other) for name, other in pairs], np.int64)


def _differing(
    before: Table, paper_now: Numbers, term_now: Numbers, now: Table, terms: int
) -> Numbers:
    """Give the rows that one table has and the other has not, each as paper * terms + term."""
    old = _pack(paper_now[before.papers], term_now[before.terms], before.weights, terms)
    new = _pack(now.papers.astype(np.int64), now.terms, now.weights, terms)
    return np.setxor1d(old, new, assume_unique=True) >> SCALE_BITS + 1


def _pack(papers: Numbers, terms: Numbers, weights: Numbers, count: int) -> Numbers:
    packed: Numbers = papers * count + terms << SCALE_BITS + 1 | weights
    return packed
