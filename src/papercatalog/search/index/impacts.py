"""The impact of a term on a paper, from the paper alone: no other paper changes it."""

from __future__ import annotations

import numpy as np

from papercatalog.search.constants import MAX_ABSTRACT_IMPACT, MAX_IMPACT
from papercatalog.search.index.arrays import IntArray

AUTHOR_IMPACT = 8
"""The impact of an author's name."""
TITLE_STEP = 5
"""Impacts in titles are multiples of this, from 4 times (a long title) to `MAX_IMPACT`: at least
twice the impact of a word anywhere else."""
FACT_IMPACT = 1
"""The impact of a fact, which is never ranked by."""


def abstract_impacts(counts: IntArray, lengths: IntArray) -> IntArray:
    """The impacts of words by how often they stand in an abstract and how many words it has.

    BM25's saturated frequency with k1 = 1.2 and b = 0.3, for a fixed average of 200 words instead
    of the catalog's, so that a posting list depends on its own papers alone. Source: Robertson and
    Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.
    """
    normal = np.minimum(counts, 15) / (0.7 + 0.3 * lengths / 200)
    return np.maximum(1, np.rint(MAX_ABSTRACT_IMPACT * normal / (1.2 + normal))).astype(np.int64)


def title_impacts(lengths: IntArray) -> IntArray:
    """The impacts of words in titles of these lengths, in words: the shorter, the higher."""
    steps = np.rint(6 / (0.5 + 0.5 * lengths / 10))
    return TITLE_STEP * np.clip(steps, 4, MAX_IMPACT // TITLE_STEP).astype(np.int64)
