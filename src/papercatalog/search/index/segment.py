"""Segments: the postings and cards of some papers, before the index is cut into files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from papercatalog.search.codec import (
    Cursor,
    IndexFormatError,
    decode_file,
    encode_file,
    put_string,
    sort_key,
)
from papercatalog.search.constants import MAX_IMPACT, VOTES_FACT
from papercatalog.search.index.arrays import GrowableArray, IntArray, Mask

Column = NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, slots=True)
class PostingColumns:
    """Postings and their positions, in columns.

    ``position`` and ``stop_word_context`` have a row for each position, one posting after the
    other; the other columns have one for each posting.
    """

    term: Column
    """The number of the term."""
    paper: Column
    """The number of the paper."""
    impact_and_title: Column
    """Impact * 2, plus 1 if the term is in the title."""
    title_position: Column
    """The term's first position in the title, at most `MAX_TITLE_POSITION`."""
    count: Column
    """How many positions the posting has."""
    position: Column
    """The positions, ascending within a posting."""
    stop_word_context: Column
    """The code of the stop word before each position, times 16, plus that of the one after it."""

    @classmethod
    def from_columns(cls, **columns: IntArray) -> PostingColumns:
        """Convert columns of wider numbers."""
        return cls(**{name: columns[name].astype(kind) for name, kind in COLUMN_TYPES.items()})

    def columns(self) -> Iterator[Column]:
        """Yield the columns in the order of `COLUMN_TYPES`."""
        return (getattr(self, name) for name in COLUMN_TYPES)

    def with_fact(self, term: int, values: Sequence[tuple[int, int]]) -> PostingColumns:
        """Append a fact with a number for each paper: (paper, number >= 1).

        Larger numbers than `MAX_FACT_VALUE` become that.
        """
        paper, value = np.array(values, np.int64).T
        value = np.minimum(value, MAX_FACT_VALUE)
        zeros = np.zeros(len(values), np.int64)
        fact = self.from_columns(
            term=zeros + term, paper=paper, impact_and_title=value * 2, title_position=zeros,
            count=zeros, position=zeros[:0], stop_word_context=zeros[:0],
        )  # fmt: skip
        pairs = zip(COLUMN_TYPES, self.columns(), fact.columns(), strict=True)
        return PostingColumns(**{name: np.concatenate(pair) for name, *pair in pairs})


COLUMN_TYPES: dict[str, type[np.unsignedinteger[Any]]] = {
    "term": np.uint32, "paper": np.uint32, "impact_and_title": np.uint16,
    "title_position": np.uint8, "count": np.uint8, "position": np.uint16,
    "stop_word_context": np.uint8,
}  # fmt: skip
POSITION_COLUMNS = ("position", "stop_word_context")
"""The columns with a row for each position."""
MAX_FACT_VALUE = 0x7FFF
"""The highest number of a fact, which is stored as an impact."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The index of some papers, numbered from 0 in any order."""

    ids: list[str]
    dates: list[str]
    """ISO 8601."""
    cards: list[str]
    """The card of each paper, as JSON."""
    authors: list[list[str]]
    """The different authors of each paper, by name."""
    terms: list[str]
    """The different terms, in any order."""
    stems: list[str]
    """The stem of each term."""
    postings: PostingColumns

    def sort_papers(self) -> Segment:
        """Renumber the papers by date, then by id."""
        rows = sorted(zip(self.dates, self.ids, range(len(self.ids)), strict=True))
        order = [number for *_, number in rows]
        return replace(
            self,
            ids=[self.ids[number] for number in order],
            dates=[self.dates[number] for number in order],
            cards=[self.cards[number] for number in order],
            authors=[self.authors[number] for number in order],
            postings=replace(self.postings, paper=_invert(order)[self.postings.paper]),
        )

    def sort_terms(self) -> Segment:
        """Renumber the terms by stem, then by themselves, in the order of `sort_key`."""
        names = list(zip(map(sort_key, self.stems), map(sort_key, self.terms), strict=True))
        order = sorted(range(len(names)), key=names.__getitem__)
        return replace(
            self,
            terms=[self.terms[number] for number in order],
            stems=[self.stems[number] for number in order],
            postings=replace(self.postings, term=_invert(order)[self.postings.term]),
        )

    def select(self, papers: Sequence[int]) -> Segment:
        """Keep only these papers, given in ascending order, and the terms that they contain."""
        of = self.postings
        is_kept = np.zeros(len(self.ids), bool)
        is_kept[list(papers)] = True
        rows = is_kept[of.paper]
        is_used = np.zeros(len(self.terms), bool)
        is_used[of.term[rows]] = True
        used = np.flatnonzero(is_used).tolist()
        columns = dict(zip(COLUMN_TYPES, of.columns(), strict=True))
        for name, column in columns.items():
            columns[name] = column[np.repeat(rows, of.count) if name in POSITION_COLUMNS else rows]
        columns["term"] = _renumber(is_used)[columns["term"]]
        columns["paper"] = _renumber(is_kept)[columns["paper"]]
        return Segment(
            ids=[self.ids[number] for number in papers],
            dates=[self.dates[number] for number in papers],
            cards=[self.cards[number] for number in papers],
            authors=[self.authors[number] for number in papers],
            terms=[self.terms[number] for number in used],
            stems=[self.stems[number] for number in used],
            postings=PostingColumns(**columns),
        )

    def dump(self) -> bytes:
        """Encode the segment: texts and sizes as JSON, then the columns, little-endian."""
        of = self.postings
        head = (
            self.ids, self.dates, self.cards, self.authors, self.terms, self.stems,
            len(of.term), len(of.position),
        )  # fmt: skip
        out = bytearray()
        put_string(out, json.dumps(head, ensure_ascii=False, separators=(",", ":")))
        for column in of.columns():
            out += column.astype(column.dtype.newbyteorder("<")).tobytes()
        return encode_file(bytes(out), level=1)

    @classmethod
    def load(cls, data: bytes, *, trusted: bool = False) -> Segment:
        """Decode what `dump` encoded. Raises IndexFormatError.

        ``trusted`` data was written by this code, and its columns are not checked.
        """
        payload = decode_file(data)
        cursor = Cursor(payload)
        try:
            ids, dates, cards, authors, terms, stems, size, positions = json.loads(cursor.string())
            columns = []
            for name, kind in COLUMN_TYPES.items():
                length = positions if name in POSITION_COLUMNS else size
                column = np.frombuffer(payload, np.dtype(kind).newbyteorder("<"), length, cursor.at)
                columns.append(column.astype(kind))
                cursor.at += column.nbytes
            found = cls(ids, dates, cards, authors, terms, stems, PostingColumns(*columns))
            is_sound = cursor.at == len(payload) and (trusted or found._is_sound())
        except (ValueError, TypeError) as error:
            raise IndexFormatError(f"a damaged segment of the search index: {error}") from error
        if not is_sound:
            raise IndexFormatError("a damaged segment of the search index: its columns do not fit")
        return found

    def _is_sound(self) -> bool:
        """Whether the columns fit each other, the papers and the terms."""
        of = self.postings
        size = len(self.ids)
        texts = chain(self.ids, self.dates, self.cards, self.terms, self.stems, *self.authors)
        return (
            size == len(self.dates) == len(self.cards) == len(self.authors)
            and set(map(type, texts)) <= {str}
            and len(set(self.terms)) == len(self.terms) == len(self.stems)
            and int(of.paper.max(initial=0)) < max(1, size)
            and int(of.term.max(initial=0)) < max(1, len(self.terms))
            and int(of.count.sum(dtype=np.int64)) == len(of.position)
            and self._has_sound_impacts()
        )

    def _has_sound_impacts(self) -> bool:
        """Whether impacts are within their range; votes may be any number from 1 on."""
        is_votes = np.array([term == VOTES_FACT for term in self.terms], bool)
        impacts = self.postings.impact_and_title
        least = int(impacts.min(initial=2))
        most = int(impacts[~is_votes[self.postings.term]].max(initial=2))
        return least >= 2 and most <= 2 * MAX_IMPACT + 1


def _invert(order: Sequence[int]) -> Column:
    """The inverse of a permutation: the index of each number in it."""
    return np.argsort(np.array(order, np.int64)).astype(np.uint32)


def _renumber(is_kept: Mask) -> Column:
    """The new number of each item that is kept."""
    return (np.cumsum(is_kept) - is_kept).astype(np.uint32)


def merge_segments(segments: Iterable[Segment]) -> Segment:
    """Merge segments into one; papers are numbered in their order."""
    ids: list[str] = []
    dates: list[str] = []
    cards: list[str] = []
    authors: list[list[str]] = []
    first_uses: dict[str, int] = {}
    """The index of each term's first use among the terms of all segments."""
    stems: list[str] = []
    columns = {name: GrowableArray(kind) for name, kind in COLUMN_TYPES.items()}
    for segment in segments:
        uses = range(len(stems), len(stems) + len(segment.terms))
        numbers = np.fromiter(
            map(first_uses.setdefault, segment.terms, uses), np.uint32, len(segment.terms)
        )
        stems += segment.stems
        of = segment.postings
        of = replace(of, term=numbers[of.term], paper=of.paper + np.uint32(len(ids)))
        for name in COLUMN_TYPES:
            columns[name].extend(getattr(of, name))
        ids += segment.ids
        dates += segment.dates
        cards += segment.cards
        authors += segment.authors
    postings = PostingColumns(**{name: column.values for name, column in columns.items()})
    firsts = list(first_uses.values())
    numbers = np.zeros(len(stems), np.uint32)
    numbers[firsts] = np.arange(len(firsts), dtype=np.uint32)
    postings = replace(postings, term=numbers[postings.term])
    return Segment(
        ids, dates, cards, authors, list(first_uses), [stems[use] for use in firsts], postings
    )
