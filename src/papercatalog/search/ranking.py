"""Scores and orders papers for slots of posting lists. All in whole numbers, so that every machine
ranks alike; ``ranking.js`` is its twin.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from papercatalog.search.postings import Posting

EXACT = 2
"""A word as written counts this many times as much as another form of it."""
ALL_EXACT = 4
"""A paper that has all words as written is worth this many times as much."""
ALL_IN_TITLE = 2
"""So is a paper with all words in its title."""
IN_ORDER = 1_500_000
"""What two words of the query following each other in the title add; twice that where close."""


@dataclass(frozen=True, slots=True)
class Source:
    """One posting list that can fill a slot."""

    postings: Sequence[Posting]
    idf: int
    weight: int
    """100 for the reader's own word, less for a completion or a correction."""
    exact: bool = False


@dataclass(slots=True)
class Slot:
    """One thing wanted: the lists that fill it; a paper has its best."""

    sources: list[Source] = field(default_factory=list)
    optional: bool = False
    """Whether it only adds to the score."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper found."""

    paper: int
    score: int
    matched: int
    """How many of the wanted slots it fills."""


def idf(papers: int, found: int) -> int:
    """BM25's inverse document frequency, in thousandths, at least 1."""
    rarity = math.log(1 + (papers - found + 0.5) / (found + 0.5))
    return max(1, math.floor(rarity * 1000 + 0.5))


def least_matched(wanted: int) -> int:
    """How many of the wanted slots a paper fills to be in the result; below three, all."""
    return wanted if wanted < 3 else wanted - wanted // 3


def rank(slots: Sequence[Slot], allowed: Collection[int] | None) -> list[Hit]:
    """The papers that fill most slots, in order: slots filled, score, newest.

    ``allowed`` limits the papers; None allows all. A paper may lack a third of the slots, and more
    where no paper has so many.
    """
    score: dict[int, int] = {}
    matched: dict[int, int] = {}
    exact: dict[int, int] = {}
    titled: dict[int, int] = {}
    place_before: dict[int, int] = {}
    for slot in slots:
        best, written, places = _fill(slot, allowed)
        for paper, value in best.items():
            score[paper] = score.get(paper, 0) + value
        if slot.optional:
            continue
        for paper in best:
            matched[paper] = matched.get(paper, 0) + 1
        for paper in written:
            exact[paper] = exact.get(paper, 0) + 1
        for paper, place in places.items():
            titled[paper] = titled.get(paper, 0) + 1
            gap = place - place_before.get(paper, place)
            if gap > 0:
                score[paper] += IN_ORDER * (2 if gap <= 2 else 1)
        place_before = places
    wanted = sum(not slot.optional for slot in slots)
    least = min(least_matched(wanted), max(matched.values(), default=0))
    hits = [
        Hit(
            paper,
            score[paper]
            * (ALL_IN_TITLE if titled.get(paper) == wanted else 1)
            * (ALL_EXACT if exact.get(paper) == wanted else 1),
            count,
        )
        for paper, count in matched.items()
        if count >= least
    ]
    return sorted(hits, key=lambda hit: (-hit.matched, -hit.score, -hit.paper))


def _fill(
    slot: Slot, allowed: Collection[int] | None
) -> tuple[dict[int, int], set[int], dict[int, int]]:
    """For each paper in the slot its best value; those as written; first places in titles."""
    best: dict[int, int] = {}
    written: set[int] = set()
    places: dict[int, int] = {}
    for source in slot.sources:
        times = source.idf * source.weight * (EXACT if source.exact else 1)
        for paper, impact, title in source.postings:
            if allowed is not None and paper not in allowed:
                continue
            best[paper] = max(best.get(paper, 0), impact * times)
            if source.exact:
                written.add(paper)
            if title >= 0:
                places[paper] = min(places.get(paper, title), title)
    return best, written, places
