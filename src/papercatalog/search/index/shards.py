"""Cuts posting lists and the vocabulary into shards of some kilobytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from papercatalog.search.codec import cut_shards, encode_file, put_string, sort_key
from papercatalog.search.constants import AUTHOR_MARK, FACT_MARKS, JOINED_MARK
from papercatalog.search.index.arrays import IntArray, Mask, expand_runs, run_sums
from papercatalog.search.index.encoding import (
    EncodedLists,
    encode_positions,
    encode_posting_lists,
)
from papercatalog.search.index.segment import PostingColumns, Segment
from papercatalog.search.terms import is_text_word

TERMS_TARGET = 8_000
"""Bytes of a shard of posting lists before compression, where a posting counts 5/4."""
WORDS_TARGET = 6_000
"""Bytes of a shard of the vocabulary before compression."""
MIN_SORTED = 1 << 18
"""Sort at least this many postings at once, and a 32nd of all: all at once would take more memory,
fewer would take more passes."""


@dataclass(frozen=True, slots=True)
class EncodedShard:
    """The encoded posting lists and positions of a range of stems."""

    start: str
    """The shortest prefix of its first stem that sorts after the shard before."""
    terms: str
    """Its terms, a line each."""
    lists: EncodedLists
    positions: list[bytes]
    """Columns; see `encode_positions`."""

    @property
    def has_tail_file(self) -> bool:
        """Whether the tail of the lists gets a file of its own."""
        return self.lists.document_frequency is not None

    def encode_positions(self) -> bytes:
        """Encode the file in ``places``."""
        return encode_file(b"", self.positions)

    def encode_tail(self) -> bytes:
        """Encode the file in ``rest``."""
        return encode_file(b"", self.lists.tail)

    def encode_terms(self, positions_name: str, tail_name: str) -> bytes:
        """Encode the file in ``terms``, given the names of those of positions and of the tail."""
        out = bytearray()
        for text in (positions_name, tail_name, self.terms):
            put_string(out, text)
        frequency = self.lists.document_frequency
        last = self.lists.tail if frequency is None else [frequency]
        return encode_file(bytes(out), [*self.lists.head, *last])


def cut_term_shards(segment: Segment) -> Iterator[EncodedShard]:
    """Cut the posting lists of a segment, whose terms are sorted, into shards.

    All terms of a stem are in one shard.
    """
    terms, stems = segment.terms, segment.stems
    posting_counts = np.bincount(segment.postings.term, minlength=len(terms))
    is_first = np.array([stem != before for before, stem in pairwise(["", *stems])], bool)
    stem = np.cumsum(is_first) - 1
    first_terms = np.flatnonzero(is_first).tolist()
    is_word = np.array(list(map(is_text_word, terms)), bool)
    names = [stems[term] for term in first_terms]
    sizes = np.array(list(map(len, terms)), np.int64) + 3 + posting_counts * 5 // 4
    of_stems = run_sums(sizes, np.array(first_terms, np.int64)).tolist()
    ends = list(cut_shards(zip(names, of_stems, strict=True), TERMS_TARGET))
    bounds = [*first_terms, len(terms)]
    postings = _SortedPostings(segment.postings, posting_counts)
    for start, end in zip([0, *ends], ends, strict=False):
        part = slice(bounds[start], bounds[end])
        of_shard = range(bounds[start], bounds[end])
        lists, positions = postings.encode(of_shard, stem[part] - start, is_word[part])
        before = names[start - 1] if start else ""
        yield EncodedShard(
            _shortest_prefix(names[start], before), "\n".join(terms[part]), lists, positions
        )


class _SortedPostings:
    """Postings, sorted by term and paper some at a time, as shards need them."""

    def __init__(self, postings: PostingColumns, posting_counts: IntArray) -> None:
        """``posting_counts`` is how many postings each term has."""
        self._postings, self._posting_counts = postings, posting_counts
        self._first_positions = np.cumsum(postings.count, dtype=np.uint32)
        self._first_positions -= postings.count
        self._papers = int(postings.paper.max(initial=0)) + 1
        self._order = np.zeros(0, np.int64)
        """The indices of the postings of `_terms`, sorted."""
        self._terms = range(0)
        self._bounds = np.zeros(1, np.int64)
        """Where in `_order` the postings of each of these terms begin, and the last one's end."""

    def encode(
        self, terms: range, stem: IntArray, is_word: Mask
    ) -> tuple[EncodedLists, list[bytes]]:
        """Encode the lists and positions of a range of terms; ranges must ascend.

        ``stem`` and ``is_word`` describe these terms, as `encode_posting_lists` says.
        """
        if terms.stop > self._terms.stop:
            self._sort(terms)
        first = terms.start - self._terms.start
        rows = self._order[self._bounds[first] : self._bounds[first + len(terms)]]
        of = self._postings
        term = np.repeat(np.arange(len(terms)), self._posting_counts[terms.start : terms.stop])
        columns = (of.paper, of.impact_and_title, of.title_position)
        lists = encode_posting_lists(
            stem, is_word, term, *(column[rows].astype(np.int64) for column in columns)
        )
        rows = rows[lists.order]
        counts = of.count[rows]
        firsts = self._first_positions[rows].astype(np.int64)
        _, at = expand_runs(firsts, counts.astype(np.int64))
        return lists, encode_positions(counts, of.position[at], of.stop_word_context[at])

    def _sort(self, terms: range) -> None:
        """Sort the postings of these terms and of some that follow."""
        of = self._postings
        bounds = np.concatenate(([0], np.cumsum(self._posting_counts[terms.start :])))
        size = max(MIN_SORTED, len(of.term) // 32)
        count = max(len(terms), int(np.searchsorted(bounds, size)))
        self._terms = range(terms.start, min(terms.start + count, len(self._posting_counts)))
        rows = np.flatnonzero((of.term >= self._terms.start) & (of.term < self._terms.stop))
        term_and_paper = of.term[rows].astype(np.int64)
        term_and_paper *= self._papers
        term_and_paper += of.paper[rows]
        self._order = rows[np.argsort(term_and_paper)]
        self._bounds = bounds


def cut_word_shards(frequency_bits: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Cut a vocabulary into shards.

    ``frequency_bits`` is what `count_frequency_bits` returns, perhaps with its words reversed.
    Yields the shortest prefix of each shard's first word that sorts after the shard before, and
    the shard's payload.
    """
    words = sorted(frequency_bits, key=sort_key)
    start, before = 0, ""
    for end in cut_shards(((word, len(word) + 2) for word in words), WORDS_TARGET):
        out = bytearray()
        put_string(out, "\n".join(words[start:end]))
        put_string(out, "".join(frequency_bits[word] for word in words[start:end]))
        yield _shortest_prefix(words[start], before), bytes(out)
        start, before = end, words[end - 1]


def count_frequency_bits(segment: Segment) -> dict[str, str]:
    """Return the frequency bits of each word and name, as a hexadecimal digit.

    They are the bit length of the document frequency, at most 15.
    """
    counts = np.bincount(segment.postings.term, minlength=len(segment.terms)).tolist()
    frequency: dict[str, int] = {}
    for term, count in zip(segment.terms, counts, strict=True):
        if term[0] not in FACT_MARKS and term[-1] != JOINED_MARK:
            word = term.rstrip(AUTHOR_MARK)
            frequency[word] = max(frequency.get(word, 0), count)
    return {word: f"{min(count.bit_length(), 15):x}" for word, count in frequency.items()}


def _shortest_prefix(text: str, before: str) -> str:
    """The shortest prefix of ``text`` that sorts after ``before``."""
    for end in range(1, len(text)):
        if sort_key(text[:end]) > sort_key(before):
            return text[:end]
    return text
