"""Finds each paper's related papers in the segments of the search index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

import numpy as np

from papercatalog.related.neighbours import find_nearest
from papercatalog.related.tfidf import count_terms, invert, rank, weigh
from papercatalog.runtime.processes import parallel_map, split
from papercatalog.search.index.segment import Segment

Related = Mapping[str, tuple[str, ...]]
"""The ids of the papers related to each paper, nearest first, by the paper's id."""

_BLOCK = 256
"""Papers that are compared at a time: the arrays of more would take too much memory."""


def find_related(segments: Iterable[Segment], count: int = 5) -> Related:
    """Find each paper's ``count`` nearest papers; of two that are equally near, by id.

    A term is a word's stem. Its weight in a paper is the square root of its frequency times the
    logarithm of its rarity (tf-idf), rounded to whole bits: one more paper changes the weights of
    few others. Papers are compared by the cosine of their `tfidf.TERMS` heaviest terms. The work
    grows with the number of papers times `tfidf.TERMS` times `tfidf.POSTINGS`.
    """
    numbers: dict[str, int] = {}
    """The number of each stem; numbers are not dense."""
    tables = []
    ids: list[str] = []
    end = 0
    for segment in segments:
        fresh = range(end, end + len(segment.stems))
        end = fresh.stop
        terms = np.fromiter(map(numbers.setdefault, segment.stems, fresh), np.int64)
        table = count_terms(segment, terms)
        tables.append(replace(table, papers=table.papers + len(ids)))
        ids += segment.ids
    stems = np.zeros(end, np.int32)
    stems[list(numbers.values())] = rank(list(numbers))
    vectors = weigh(tables, stems, rank(ids))
    work = partial(find_nearest, vectors, invert(vectors[0]), count)
    blocks = [np.arange(block.start, block.stop) for block in split(len(ids), _BLOCK)]
    pages = sorted(ids)
    nearest = (row for rows in parallel_map(work, blocks, min_items=2) for row in rows.tolist())
    return {
        page: tuple(pages[other] for other in others if other >= 0)
        for page, others in zip(pages, nearest, strict=True)
    }
