"""Related papers: the nearest by the words they share, found without comparing all."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial

from papercatalog.parallel import share_out, split
from papercatalog.related.kept import Compared, find_again
from papercatalog.related.nearest import find_nearest
from papercatalog.related.terms import Table, count_terms, invert, rank, weigh
from papercatalog.search import Summary

_COMPARED = 256
"""Papers that are compared at a time."""

Related = dict[str, tuple[str, ...]]
"""The papers related to each, nearest first; all by their ids."""


class Comparison:
    """Papers that are to be compared: their terms, counted as their summaries come."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._stems: dict[str, int] = {}
        self._tables: list[Table] = []

    @classmethod
    def of(cls, summaries: Iterable[Summary]) -> Comparison:
        """Of all papers of some summaries."""
        made = cls()
        deque(made.count(summaries), maxlen=0)
        return made

    def count(self, summaries: Iterable[Summary]) -> Iterator[Summary]:
        """Count the terms of some papers; the summaries are passed on."""
        for summary in summaries:
            self._tables.append(count_terms(summary, self._stems, len(self._ids)))
            self._ids += summary.ids
            yield summary

    def relate(self, count: int = 5, before: bytes = b"") -> tuple[Related, bytes]:
        """Name each paper's nearest papers, by id, nearest first, at most ``count``.

        A term is a word's stem; it weighs the square root of its frequency times the logarithm of
        its rarity (tf-idf), which is rounded to whole bits: so a paper more or less changes few
        others. Papers are compared by the cosine of their `TERMS` heaviest terms. Work grows with
        the papers times `TERMS` times `POSTINGS`. What is given beside the names makes the next
        comparison shorter, as ``before``, if its ``count`` is the same: what is related to a paper
        that has nothing to do with what has changed is known. What was counted is used up.
        """
        vectors = weigh(self._tables, rank(list(self._stems)), rank(self._ids))
        pages, terms = sorted(self._ids), sorted(self._stems)
        postings = invert(vectors[0])
        again, nearest = find_again(Compared.load(before, count), pages, terms, vectors, postings)
        blocks = [again[block.start : block.stop] for block in split(len(again), _COMPARED)]
        work = partial(find_nearest, vectors, postings, count)
        for block, found in zip(blocks, share_out(work, blocks, enough=2), strict=True):
            nearest[block] = found
        related = {
            page: tuple(pages[other] for other in others if other >= 0)
            for page, others in zip(pages, nearest.tolist(), strict=True)
        }
        return related, Compared(pages, terms, vectors[0], nearest).dump()
