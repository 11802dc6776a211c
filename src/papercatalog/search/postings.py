"""Posting lists: which papers hold a word, how much it says about each, and where it stands.

A list is sorted by impact, the highest first, then by paper. ``postings.js`` is its twin.
"""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

import numpy as np

from papercatalog.search.spots import Numbers
from papercatalog.search.wire import Cursor, IndexFormatError

BODY_LEVELS = 5
"""Impacts 1 to 5 are of words in the abstract."""
AUTHOR_IMPACT = 8
"""The impact of a name in the list of authors."""
TOPIC_IMPACT = 10
"""The impact of a word in a topic's title."""
TITLE_STEP = 5
"""Impacts in titles are multiples of this, from 3 times (a long title) to 12 times."""
MOST_IMPACT = 12 * TITLE_STEP
"""No word says more of a paper."""

ABSTRACT_START = 32
"""The place of an abstract's first word; a title's words have the places below."""
AUTHOR_STEP = 8
"""The first name of the next author is this many places on."""
MOST_PLACES = 255
"""Further places of a word in one paper are left out."""


class Posting(NamedTuple):
    """One paper of a list."""

    paper: int
    """Its number: papers are numbered from the oldest, 0, to the newest."""
    impact: int
    """How much the word says about the paper, 1 to 60; for votes, as many as they are."""
    title: int
    """The word's first place in the title, -1 where it is not there."""


Place = tuple[int, int]
"""Where a word stands, and the codes of the stop words before it, times 16, and after it."""


def body_impacts(counts: Numbers, lengths: Numbers) -> Numbers:
    """The impact of words standing so many times among so many words of an abstract.

    BM25's saturated frequency with k1 = 1.2 and b = 0.3, for a fixed average of 200 words so that
    a list depends on the papers in it alone. Source: Robertson and Zaragoza, "The Probabilistic
    Relevance Framework: BM25 and Beyond", 2009.
    """
    normal = np.minimum(counts, 15) / (0.7 + 0.3 * lengths / 200)
    return np.maximum(1, np.rint(BODY_LEVELS * normal / (1.2 + normal))).astype(np.int64)


def title_impacts(lengths: Numbers) -> Numbers:
    """The impact of a word in titles of so many words: the shorter the title, the higher."""
    steps = np.rint(6 / (0.5 + 0.5 * lengths / 10))
    return TITLE_STEP * np.clip(steps, 3, 12).astype(np.int64)


def decode_list(cursor: Cursor, papers: int) -> list[Posting]:
    """The list at the cursor, yet without places; ``papers`` is how many the index holds."""
    found: list[Posting] = []
    for _ in range(cursor.number()):
        head, size = cursor.number(), cursor.number()
        paper = -1
        for _ in range(size):
            paper += cursor.number() + 1
            found.append(Posting(paper, head >> 1, cursor.number() if head & 1 else -1))
        if paper >= papers:
            raise IndexFormatError("a list of the search index names a paper that is not there")
    return found


def decode_places(data: bytes, postings: int) -> list[tuple[Place, ...]]:
    """The places of all postings of a shard. Raises IndexFormatError."""
    counts = data[:postings]
    total = sum(counts)
    if len(data) != postings + 3 * total:
        raise IndexFormatError("a search index's file of places is not as long as its lists say")
    planes = (data[at : at + total] for at in range(postings, len(data), total or 1))
    rest = iter(zip(*planes, strict=True))
    found = []
    for count in counts:
        place, places = 0, []
        for low, high, beside in islice(rest, count):
            place += low + 256 * high
            places.append((place, beside))
        found.append(tuple(places))
    return found
