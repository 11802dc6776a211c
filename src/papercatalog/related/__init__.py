"""Related papers: the nearest by the words they share, found without comparing all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np

from papercatalog.related.kept import Compared, find_again
from papercatalog.related.neighbours import find_nearest
from papercatalog.related.tfidf import Table, count_terms, invert, rank, weigh
from papercatalog.runtime.processes import parallel_map, split
from papercatalog.search.index.segment import Summary

_COMPARED = 256
"""Papers that are compared at a time."""

Related = dict[str, tuple[str, ...]]
"""The papers related to each, nearest first; all by their ids."""


class Counted(NamedTuple):
    """A run of papers whose terms are counted."""

    ids: list[str]
    table: Table
    """Papers are numbered in the run."""


class Comparison:
    """Papers that are to be compared; terms are counted run by run."""

    def __init__(self) -> None:
        self._stems: dict[str, int] = {}
        self._terms = 0
        """Stems' numbers are below this; not every number is one's."""

    def count(self, summary: Summary) -> Counted:
        """Count the terms of some papers."""
        terms = range(self._terms, self._terms + len(summary.groups))
        self._terms = terms.stop
        numbers = np.fromiter(map(self._stems.setdefault, summary.groups, terms), np.int64)
        return Counted(summary.ids, count_terms(summary, numbers))

    def relate(
        self, runs: Iterable[Counted], count: int = 5, before: bytes = b""
    ) -> tuple[Related, bytes]:
        """Name each paper's nearest papers, by id, nearest first, at most ``count``.

        A term is a word's stem; it weighs the square root of its frequency times the logarithm of
        its rarity (tf-idf), which is rounded to whole bits: so a paper more or less changes few
        others. Papers are compared by the cosine of their `TERMS` heaviest terms. Work grows with
        the papers times `TERMS` times `POSTINGS`. What is given beside the names makes the next
        comparison shorter, as ``before``, if its ``count`` is the same: what is related to a paper
        that has nothing to do with what has changed is known.
        """
        ids: list[str] = []
        tables = []
        for run in runs:
            tables.append(replace(run.table, papers=run.table.papers + len(ids)))
            ids += run.ids
        stems = np.zeros(self._terms, np.int32)
        stems[list(self._stems.values())] = rank(list(self._stems))
        vectors = weigh(tables, stems, rank(ids))
        pages, terms = sorted(ids), sorted(self._stems)
        postings = invert(vectors[0])
        again, nearest = find_again(Compared.load(before, count), pages, terms, vectors, postings)
        blocks = [again[block.start : block.stop] for block in split(len(again), _COMPARED)]
        work = partial(find_nearest, vectors, postings, count)
        for block, found in zip(blocks, parallel_map(work, blocks, enough=2), strict=True):
            nearest[block] = found
        related = {
            page: tuple(pages[other] for other in others if other >= 0)
            for page, others in zip(pages, nearest.tolist(), strict=True)
        }
        return related, Compared(pages, terms, vectors[0], nearest).dump()
