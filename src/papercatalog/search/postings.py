"""Posting lists: which papers hold a word, how much it says about each, and where it stands.

A list is sorted by impact, the highest first, then by paper. ``postings.js`` is its twin.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from papercatalog.search.wire import Cursor, IndexFormatError, put

BODY_LEVELS = 5
"""Impacts 1 to 5 are of words in the abstract."""
AUTHOR_IMPACT = 8
"""The impact of a name in the list of authors."""
TOPIC_IMPACT = 10
"""The impact of a word in a topic's title."""
TITLE_STEP = 5
"""Impacts in titles are multiples of this, from 3 times (a long title) to 12 times."""

ABSTRACT_START = 32
"""The place of an abstract's first word; a title's words have the places below."""
AUTHOR_STEP = 8
"""The first name of the next author is this many places on."""


NO_PLACES = b"\0"
"""What ``encode_places`` makes of no place."""


class Posting(NamedTuple):
    """One paper of a list."""

    paper: int
    """Its number: papers are numbered from the oldest, 0, to the newest."""
    impact: int
    """How much the word says about the paper, 1 to 60; for votes, as many as they are."""
    title: int
    """The word's first place in the title, -1 where it is not there."""


Row = tuple[int, int, int, bytes]
"""A posting being indexed: paper, impact, title's place or -1, and ``encode_places``'s bytes."""


def body_impact(count: int, length: int) -> int:
    """The impact of a word standing ``count`` times among ``length`` words of an abstract.

    BM25's saturated frequency with k1 = 1.2 and b = 0.3, for a fixed average of 200 words so that
    a list depends on the papers in it alone. Source: Robertson and Zaragoza, "The Probabilistic
    Relevance Framework: BM25 and Beyond", 2009.
    """
    normal = count / (0.7 + 0.3 * length / 200)
    return max(1, round(BODY_LEVELS * normal / (1.2 + normal)))


def title_impact(length: int) -> int:
    """The impact of a word in a title of ``length`` words: the shorter the title, the higher."""
    return TITLE_STEP * min(12, max(3, round(6 / (0.5 + 0.5 * length / 10))))


def encode_list(rows: Iterable[Row]) -> tuple[bytes, bytes]:
    """The list, and the places of its postings in the same order; ``rows`` come by paper.

    A list is how many groups it has, then for each group: impact * 2 + (1 where in the title),
    its size, and its papers, each as the gap to the one before; in titles with the place after.
    """
    groups: dict[int, list[Row]] = {}
    for row in rows:
        head = row[1] * 2 + (row[2] >= 0)
        if head in groups:
            groups[head].append(row)
        else:
            groups[head] = [row]
    out = bytearray()
    places = []
    put(out, len(groups))
    for head in sorted(groups, reverse=True):
        members = groups[head]
        put(out, head)
        put(out, len(members))
        titled = head & 1
        follows = 0
        for paper, _, title, spots in members:
            gap = paper - follows
            follows = paper + 1
            if gap < 128:
                out.append(gap)
            else:
                put(out, gap)
            if titled:
                put(out, title)
            places.append(spots)
    return bytes(out), b"".join(places)


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


ONE_PLACE = [bytes((1, place)) for place in range(255)]
"""What ``encode_places`` makes of one place."""


def encode_places(places: list[int]) -> bytes:
    """A word's places in one paper, in order: how many (255 at most), then the gaps between them.

    A gap is as many bytes 255 as it holds, then one byte for the rest.
    """
    out = bytearray((min(len(places), 255),))
    last = 0
    for place in places[:255]:
        gap = place - last
        last = place
        while gap >= 255:
            out.append(255)
            gap -= 255
        out.append(gap)
    return bytes(out)


def decode_places(data: bytes, at: int, size: int) -> list[list[int]]:
    """The places of ``size`` postings from byte ``at`` on. Raises IndexFormatError."""
    found = []
    try:
        for _ in range(size):
            places, place = [], 0
            count = data[at]
            at += 1
            for _ in range(count):
                while data[at] == 255:
                    place += 255
                    at += 1
                place += data[at]
                at += 1
                places.append(place)
            found.append(places)
    except IndexError:
        raise IndexFormatError("a search index's file ends too early") from None
    return found
