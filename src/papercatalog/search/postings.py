"""Posting lists: which papers hold a word, how much it says about each, and where it stands.

The papers whose title holds a word of the stem come first in a list, then the others, each sorted.
``postings.js`` is its twin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, groupby, islice, pairwise, repeat
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from papercatalog.search.codec import Cursor, IndexFormatError, sort_key
from papercatalog.search.index.arrays import Numbers
from papercatalog.search.terms import group_key, is_marked

BODY_LEVELS = 5
"""Impacts 1 to 5 are of words in the abstract."""
AUTHOR_IMPACT = 8
"""The impact of a name in the list of authors."""
TOPIC_IMPACT = 10
"""The impact of a word in a topic's title."""
ELSEWHERE_IMPACT = 1
"""The impact of a word elsewhere in a paper whose title holds another form of it, which counts."""
TITLE_STEP = 5
"""Impacts in titles are multiples of this, from 4 times (a long title) to 12 times: twice as much
as anywhere else, and more."""
MOST_IMPACT = 12 * TITLE_STEP
"""No word says more of a paper."""

ABSTRACT_START = 32
"""The place of an abstract's first word; a title's words have the places below."""
AUTHOR_STEP = 8
"""The first name of the next author is this many places on."""
MOST_FIRST = 126
"""A word's first place in a title is taken to be this at most."""
MOST_PLACES = 255
"""Further places of a word in one paper are left out."""

_NOT_THERE = "a list of the search index names a paper or a word that is not there"


class Posting(NamedTuple):
    """One paper of a list."""

    paper: int
    """Its number: papers are numbered from the oldest, 0, to the newest."""
    impact: int
    """How much the word says about the paper, 1 to 60; of votes their number, at most 32,767."""
    title: int
    """The word's first place in the title, -1 where it is not there."""


Pattern = list[tuple[int, int]]
"""Which words of its group a paper holds, each by its number; 1 for those in the title, else 0."""
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
    return TITLE_STEP * np.clip(steps, 4, 12).astype(np.int64)


def decode_lists(
    first: Cursor, keys: Sequence[str], papers: int, rest: Callable[[], Cursor] | None
) -> list[list[Posting]]:
    """The lists of a shard's keys, in their order, yet without places.

    ``first`` is where the lists begin; ``rest`` gives the file with the rest of them, where that is
    apart. ``papers`` is how many the index holds. Raises IndexFormatError.
    """
    titles, others = ([first.number() for _ in keys] for _ in range(2))
    if "" in keys or not _are_in_order(keys, titles):
        raise IndexFormatError("a shard of the search index is not in order")
    groups = groupby(accumulate(map(bool, titles)))
    patterns = _read_patterns(first, [len(list(some)) for _, some in groups])
    titled = _pairs(first, (count - 1 for count in titles if count), repeat(papers))
    inside = list(_read_inside(first, patterns, titled))
    marked = [count if is_marked(key) else 0 for key, count in zip(keys, others, strict=True)]
    of_facts = _pairs(first, marked, repeat(papers))
    if rest:
        for _ in titled:
            first.number()
        first.finish()
        first = rest()
    words = [count - fact for count, fact in zip(others, marked, strict=True)]
    of_rest = _pairs(first, words, repeat(papers))
    first.finish()
    return [
        [
            *in_titles,
            *(Posting(paper, impact, -1) for part in parts for paper, impact in part),
        ]
        for in_titles, *parts in zip(inside, of_facts, of_rest, strict=True)
    ]


def _are_in_order(keys: Sequence[str], titles: Sequence[int]) -> bool:
    """Whether keys are sorted by group, then by themselves, and ``titles`` tell groups apart."""
    names = [(sort_key(group_key(key)), sort_key(key)) for key in keys]
    is_new = (one != other for (one, _), (other, _) in pairwise([("", ""), *names]))
    return names == sorted(set(names)) and list(is_new) == list(map(bool, titles))


def _read_patterns(cursor: Cursor, sizes: Sequence[int]) -> list[tuple[int, list[Pattern]]]:
    """The patterns of groups of so many keys."""
    counts = [cursor.number() for _ in sizes]
    lengths = [[cursor.number() for _ in range(count)] for count in counts]
    found = [
        (size, [[divmod(cursor.number(), 2) for _ in range(length)] for length in of_group])
        for size, of_group in zip(sizes, lengths, strict=True)
    ]
    for size, patterns in found:
        for pattern in patterns:
            words = [word for word, _ in pattern]
            if words != sorted(set(words)) or any(word >= size for word in words):
                raise IndexFormatError(_NOT_THERE)
    return found


def _read_inside(
    cursor: Cursor,
    patterns: Sequence[tuple[int, Sequence[Pattern]]],
    titled: Sequence[Sequence[tuple[int, int]]],
) -> Iterator[list[Posting]]:
    """Of each key the papers that have a word of its group in the title."""
    numbers = [[cursor.number() for _ in papers] for papers in titled]
    for (size, of_group), papers, of_papers in zip(patterns, titled, numbers, strict=True):
        lists: list[list[tuple[int, int, int]]] = [[] for _ in range(size)]
        for (paper, impact), number in zip(papers, of_papers, strict=True):
            if number >= len(of_group):
                raise IndexFormatError(_NOT_THERE)
            for word, is_in_title in of_group[number]:
                lists[word].append((paper, impact, is_in_title))
        for rows in lists:
            by_impact = sorted((row for row in rows if row[2]), key=itemgetter(1))
            places = {paper: cursor.number() for paper, *_ in by_impact}
            yield [
                Posting(paper, impact if is_in_title else ELSEWHERE_IMPACT, places.get(paper, -1))
                for paper, impact, is_in_title in rows
            ]


def _pairs(
    cursor: Cursor, sizes: Iterable[int], limits: Iterable[int]
) -> list[list[tuple[int, int]]]:
    """Two columns of lists of such sizes: ascending numbers below the list's limit, and values."""
    numbers = []
    for size, limit in zip(sizes, limits, strict=False):
        gaps = (cursor.number() + 1 for _ in range(size))
        numbers.append([number - 1 for number in accumulate(gaps)])
        if size and numbers[-1][-1] >= limit:
            raise IndexFormatError(_NOT_THERE)
    return [[(number, cursor.number()) for number in of_list] for of_list in numbers]


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
