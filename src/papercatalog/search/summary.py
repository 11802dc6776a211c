"""What is known of some papers before the index is cut: compact, joined to others, kept as bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from papercatalog.search.encoding import Bytes
from papercatalog.search.spots import Numbers
from papercatalog.search.wire import Cursor, IndexFormatError, pack, put_text, unpack

Whole = NDArray[np.uint32]
"""Numbers as they are kept."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Which paper holds which key, in columns of one length; and the places of all, as bytes."""

    key: Whole
    """The number of the key."""
    paper: Whole
    head: Whole
    """Impact * 2, and 1 more where the key is in the title."""
    title: Whole
    """The key's first place in the title."""
    size: Whole
    """How many bytes of ``spots`` are this posting's."""
    spots: Bytes
    """The places of each posting, as ``decode_places`` reads them."""

    @classmethod
    def of(
        cls, key: Numbers, paper: Numbers, head: Numbers, title: Numbers, size: Numbers, spots: Bytes
    ) -> Postings:
        """Postings of columns of any kind of numbers."""
        return cls(*(column.astype(np.uint32) for column in (key, paper, head, title, size)), spots)

    @property
    def columns(self) -> tuple[Whole, ...]:
        return self.key, self.paper, self.head, self.title, self.size

    def and_facts(self, key: int, values: Sequence[tuple[int, int]]) -> Postings:
        """With a key that says a number, at least 1, of each of some papers."""
        paper, value = np.array(values, np.uint32).T
        none = np.zeros(len(paper), np.uint32)
        more = (none + np.uint32(key), paper, value * 2, none, none + 1)
        columns = [
            np.concatenate(pair).astype(np.uint32) for pair in zip(self.columns, more, strict=True)
        ]
        return Postings(*columns, np.concatenate((self.spots, np.zeros(len(paper), np.uint8))))


@dataclass(frozen=True, slots=True)
class Summary:
    """Some papers, numbered from 0 in any order."""

    ids: list[str]
    dates: list[str]
    """Of each paper, as ISO 8601."""
    cards: list[str]
    """What a list of results shows of each paper, as JSON."""
    authors: list[list[str]]
    """Of each paper, without repetition, by name."""
    keys: list[str]
    """Without repetition, in any order."""
    postings: Postings

    def renumbered(self, order: Sequence[int]) -> Summary:
        """The same papers in another order."""
        numbers = np.argsort(np.array(order, np.int64)).astype(np.uint32)
        return Summary(
            [self.ids[at] for at in order],
            [self.dates[at] for at in order],
            [self.cards[at] for at in order],
            [self.authors[at] for at in order],
            self.keys,
            replace(self.postings, paper=numbers[self.postings.paper]),
        )

    def dump(self) -> bytes:
        """The summary as bytes: a header, the texts as JSON, then the columns."""
        out = bytearray()
        texts = (self.ids, self.dates, self.cards, self.authors, self.keys)
        put_text(out, json.dumps(texts, ensure_ascii=False, separators=(",", ":")))
        for column in self.postings.columns:
            out += column.astype("<u4").tobytes()
        return pack(bytes(out) + self.postings.spots.tobytes())

    @classmethod
    def load(cls, data: bytes) -> Summary:
        """The summary that ``dump`` made. Raises IndexFormatError."""
        cursor = Cursor(unpack(data))
        try:
            ids, dates, cards, authors, keys = json.loads(cursor.text())
            
        except (ValueError, TypeError) as error:
            raise IndexFormatError(f"a damaged summary: {error}") from error
        raise NotImplementedError


def join(summaries: Iterable[Summary]) -> Summary:
    """The summary of all papers of some, numbered on."""
    ids: list[str] = []
    dates: list[str] = []
    cards: list[str] = []
    authors: list[list[str]] = []
    keys: dict[str, int] = {}
    parts: list[Postings] = []
    for one in summaries:
        numbers = np.fromiter(
            (keys.setdefault(key, len(keys)) for key in one.keys), np.uint32, len(one.keys)
        )
        of = one.postings
        parts.append(
            Postings(
                numbers[of.key], of.paper + np.uint32(len(ids)), of.head, of.title, of.size, of.spots
            )
        )
        ids += one.ids
        dates += one.dates
        cards += one.cards
        authors += one.authors
    return Summary(ids, dates, cards, authors, list(keys), _concatenate(parts))


def _concatenate(parts: Sequence[Postings]) -> Postings:
    columns = [
        np.concatenate([np.zeros(0, np.uint32), *column])
        for column in zip(*(part.columns for part in parts), strict=True)
    ] or [np.zeros(0, np.uint32)] * 5
    spots = np.concatenate([np.zeros(0, np.uint8), *(part.spots for part in parts)])
    return Postings(*columns, spots)
