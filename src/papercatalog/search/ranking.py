"""Scores papers for the terms of a query and sorts them.

Scores are whole numbers, so that every machine ranks alike. ``ranking.js`` does the same in the
browser. Words are weighted by BM25's inverse document frequency; see `idf` for the source.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from papercatalog.search.constants import (
    ALL_AS_WRITTEN_FACTOR,
    ALL_IN_TITLE_FACTOR,
    AS_WRITTEN_FACTOR,
    IN_ORDER_BONUS,
)
from papercatalog.search.postings import Posting


@dataclass(frozen=True, slots=True)
class WeightedList:
    """A posting list that satisfies a query term."""

    postings: Sequence[Posting]
    idf: int
    weight: int
    """`WORD_WEIGHT` for a word that the reader typed; less for a completion or a correction."""
    as_written: bool = False
    """Whether its term is the word as the reader wrote it."""


@dataclass(slots=True)
class QueryTerm:
    """A word or phrase of a query; the best of its lists gives its value for a paper."""

    lists: list[WeightedList] = field(default_factory=list)
    optional: bool = False
    """Whether it only adds to the score."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper found."""

    paper: int
    score: int
    matched: int
    """How many query terms, optional ones aside, the paper matches."""


def idf(paper_count: int, document_frequency: int) -> int:
    """BM25's inverse document frequency in thousandths, at least 1.

    Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009;
    1 is added inside the logarithm so that no value is negative.
    """
    rarity = math.log(1 + (paper_count - document_frequency + 0.5) / (document_frequency + 0.5))
    return max(1, math.floor(rarity * 1000 + 0.5))


def min_matched(wanted: int) -> int:
    """How many of the wanted query terms a result must match: below three, all; else two thirds."""
    return wanted if wanted < 3 else wanted - wanted // 3


def rank(terms: Sequence[QueryTerm], allowed: Collection[int] | None) -> list[Hit]:
    """Rank papers by the number of terms they match, then by score, then the newest first.

    ``allowed`` limits the papers; None allows all. If no paper matches `min_matched` terms, those
    that match most are found.
    """
    score: dict[int, int] = {}
    matched: dict[int, int] = {}
    as_written_count: dict[int, int] = {}
    in_title: dict[int, int] = {}
    position_before: dict[int, int] = {}
    for term in terms:
        best, as_written, positions = _score_term(term, allowed)
        for paper, value in best.items():
            score[paper] = score.get(paper, 0) + value
        if term.optional:
            continue
        for paper in best:
            matched[paper] = matched.get(paper, 0) + 1
        for paper in as_written:
            as_written_count[paper] = as_written_count.get(paper, 0) + 1
        for paper, position in positions.items():
            in_title[paper] = in_title.get(paper, 0) + 1
            gap = position - position_before.get(paper, position)
            if gap > 0:
                score[paper] += IN_ORDER_BONUS * (2 if gap <= 2 else 1)
        position_before = positions
    wanted = sum(not term.optional for term in terms)
    least = min(min_matched(wanted), max(matched.values(), default=0))
    hits = [
        Hit(
            paper,
            score[paper]
            * (ALL_IN_TITLE_FACTOR if in_title.get(paper) == wanted else 1)
            * (ALL_AS_WRITTEN_FACTOR if as_written_count.get(paper) == wanted else 1),
            count,
        )
        for paper, count in matched.items()
        if count >= least
    ]
    return sorted(hits, key=lambda hit: (-hit.matched, -hit.score, -hit.paper))


def _score_term(
    term: QueryTerm, allowed: Collection[int] | None
) -> tuple[dict[int, int], set[int], dict[int, int]]:
    """Give each matching paper's value, the papers with the word as written, and the first
    position in each title that has one.
    """
    best: dict[int, int] = {}
    as_written: set[int] = set()
    positions: dict[int, int] = {}
    for one in term.lists:
        factor = one.idf * one.weight * (AS_WRITTEN_FACTOR if one.as_written else 1)
        for paper, impact, position in one.postings:
            if allowed is not None and paper not in allowed:
                continue
            best[paper] = max(best.get(paper, 0), impact * factor)
            if one.as_written:
                as_written.add(paper)
            if position >= 0:
                positions[paper] = min(positions.get(paper, position), position)
    return best, as_written, positions
