"""Compares papers: a paper's nearest are those that its terms bring up most."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from papercatalog.related.tfidf import Numbers, Vectors
from papercatalog.search.index.arrays import expand_runs

_SCORE_BITS = 26
"""A score is below this power of 2: twice the bits of a weight, and some for rounding."""


def find_nearest(
    vectors: Vectors, postings: Vectors, count: int, some: Numbers
) -> NDArray[np.int32]:
    """Give the numbers of some papers' nearest, a row of ``count`` each, -1 where there is none.

    A pair of papers and what a term adds to it is one number.
    """
    (own, starts), (lists, places) = vectors, postings
    pages = len(starts) - 1
    papers, rows = expand_runs(starts[some], starts[some + 1] - starts[some])
    terms, weights = own.terms[rows], own.weights[rows]
    first, sizes = places[terms], places[terms + 1] - places[terms]
    row, reached = expand_runs(first, sizes)
    added = weights[row] * lists.weights[reached]
    pairs = papers[row] * pages + lists.papers[reached]
    packed = np.sort(pairs << _SCORE_BITS | added)
    pairs = packed >> _SCORE_BITS
    firsts = np.flatnonzero(np.diff(pairs, prepend=-1))
    scores = np.add.reduceat(packed & (1 << _SCORE_BITS) - 1, firsts) if pairs.size else pairs
    papers, others = np.divmod(pairs[firsts], pages)
    apart = some[papers] != others
    papers, others, scores = papers[apart], others[apart], scores[apart]
    bits = pages.bit_length()
    ranked = np.sort((papers + 1 << _SCORE_BITS) - scores << bits | others) & (1 << bits) - 1
    place = np.arange(len(papers)) - np.searchsorted(papers, np.arange(len(some)))[papers]
    found = np.full((len(some), count), -1, np.int32)
    kept = place < count
    found[papers[kept], place[kept]] = ranked[kept]
    return found
