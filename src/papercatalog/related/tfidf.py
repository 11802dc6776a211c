"""What papers are compared by: their most telling terms, and each term's papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from papercatalog.search.constants import FACT_MARKS
from papercatalog.search.index.segment import Segment
from papercatalog.search.terms import WORD_MARKS

TERMS = 20
"""How many of a paper's most telling terms are compared."""
POSTINGS = 80
"""How many papers a term brings at most: those in which it tells most."""
SCALE_BITS = 12
"""Weights are whole numbers, so that sums do not depend on their order: 1 is this power of 2."""

_TITLE_WEIGHT = 3
_COUNT_BITS = 10
"""How often a term stands in a paper is below this power of 2, for each key that is of the term."""

Numbers = NDArray[np.signedinteger[Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a paper's number, a term's number and how much the term says of the paper."""

    papers: Numbers
    terms: Numbers
    weights: Numbers

    @classmethod
    def joined(cls, tables: Iterable[Table]) -> Table:
        """The rows of some, one after the other."""
        every = [cls(*np.zeros((3, 0), np.int32)), *tables]
        columns = zip(*((one.papers, one.terms, one.weights) for one in every), strict=True)
        return cls(*map(np.concatenate, columns))

    def sorted_by(self, key: Numbers, most: int) -> tuple[Table, Numbers]:
        """Sort by a key, then the heaviest first; keep ``most`` rows of a key.

        Gives where each key's rows start, too; one more place says where the last one's end.
        """
        order = _order(key, -self.weights, self.terms, self.papers)
        keys = key[order]
        starts = np.searchsorted(keys, np.arange(int(keys[-1]) + 2 if keys.size else 1))
        kept = np.arange(keys.size) - starts[keys] < most
        starts = np.concatenate(([0], np.cumsum(kept)))[starts]
        rows = order[kept]
        return Table(self.papers[rows], self.terms[rows], self.weights[rows]), starts


Vectors = tuple[Table, Numbers]
"""A table, sorted by paper or by term, and where each one's rows start."""


def _order(*columns: Numbers) -> Numbers:
    """Give the places of rows in the order of their columns, the first one first.

    Where the columns' numbers fit into one of 63 bits side by side, that is sorted: it is faster.
    """
    if not columns[0].size:
        return columns[0]
    packed, bits = np.zeros(len(columns[0]), np.int64), 0
    for column in columns:
        least = column.min()
        width = int(column.max() - least).bit_length()
        packed, bits = packed << width | column - least, bits + width
    return np.argsort(packed) if bits < 64 else np.lexsort(columns[::-1])


def rank(names: Sequence[str]) -> Numbers:
    """Give the place of each name among all, sorted."""
    order = sorted(range(len(names)), key=names.__getitem__)
    ranks = np.empty(len(names), np.int32)
    ranks[order] = np.arange(len(names), dtype=np.int32)
    return ranks


def count_terms(segment: Segment, terms: Numbers) -> Table:
    """Count the terms of a run's papers; in its title a word counts `_TITLE_WEIGHT` times.

    ``terms`` are the numbers of the keys' stems.
    """
    count = int(terms.max(initial=0)) + 1
    postings = segment.postings
    is_word = np.array([_is_word(key) for key in segment.terms], dtype=bool)
    rows = is_word[postings.term] if len(is_word) else np.zeros(0, dtype=bool)
    packed = postings.paper[rows].astype(np.int64) * count + terms[postings.term[rows]]
    packed <<= _COUNT_BITS
    packed += postings.count[rows]
    packed += (_TITLE_WEIGHT - 1) * (postings.impact_and_title[rows] & 1)
    packed.sort()
    counts = packed & (1 << _COUNT_BITS) - 1
    packed >>= _COUNT_BITS
    firsts = np.flatnonzero(np.diff(packed, prepend=-1))
    counts = np.add.reduceat(counts, firsts) if counts.size else counts
    papers, terms = np.divmod(packed[firsts], count)
    return Table(papers.astype(np.int32), terms.astype(np.int32), counts.astype(np.int16))


def _is_word(key: str) -> bool:
    """Whether a key of the index is one word of a title or an abstract."""
    return key[0] not in FACT_MARKS and key[-1] not in WORD_MARKS and len(key) > 1


def weigh(tables: list[Table], terms: Numbers, papers: Numbers) -> Vectors:
    """Give each paper's heaviest terms, its weights' squares summing to 1, and where they start.

    ``tables`` are counted terms, and none is left; ``terms`` and ``papers`` give for each number of
    theirs the one that it has from here on.
    """
    spread = np.zeros(len(terms), np.int64)
    for table in tables:
        spread += np.bincount(table.terms, minlength=len(terms))
    rarity = np.where(spread > 1, np.rint(np.log2(1 + len(papers) / np.maximum(spread, 1))), 0)
    best = Table.joined(_take_heaviest(tables.pop(), rarity, terms) for _ in range(len(tables)))
    order = np.argsort(papers[best.papers], kind="stable")
    best = Table(papers[best.papers][order], best.terms[order], best.weights[order])
    starts = np.searchsorted(best.papers, np.arange(len(papers) + 1))
    squares = np.bincount(best.papers, best.weights.astype(float) ** 2, minlength=len(papers))
    lengths = np.sqrt(np.maximum(squares, 1))[best.papers]
    unit = np.rint(best.weights / lengths * (1 << SCALE_BITS)).astype(np.int32)
    return Table(best.papers, best.terms, unit), starts


def _take_heaviest(counts: Table, rarity: Numbers, terms: Numbers) -> Table:
    """Weigh the terms of some papers, and leave each paper its `TERMS` heaviest."""
    exact = np.sqrt(counts.weights, dtype=float) * rarity[counts.terms]
    scaled = np.rint(exact * (1 << SCALE_BITS)).astype(np.int32)
    told = scaled > 0
    table = Table(counts.papers[told], terms[counts.terms[told]], scaled[told])
    return table.sorted_by(table.papers, TERMS)[0]


def invert(table: Table) -> Vectors:
    """Give for each term the papers it tells most in, and where they start."""
    return table.sorted_by(table.terms, POSTINGS)
