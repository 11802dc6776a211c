"""Cuts posting lists and the vocabulary into shards of some kilobytes, by ranges of their keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from papercatalog.search.encoding import Lists, Mask, encode_lists, encode_places, sums
from papercatalog.search.keys import FACT_MARKS, is_marked
from papercatalog.search.spots import Numbers, spread
from papercatalog.search.summary import Column, Postings, Summary
from papercatalog.search.wire import cut, put_text, sort_key

TERMS_TARGET = 8_000
"""Bytes of a shard of posting lists, before compression, where a posting takes 5/4."""
WORDS_TARGET = 6_000
"""Bytes of a shard of the vocabulary, before compression."""

AT_ONCE = 1 << 18
"""At least about so many postings are sorted at once, and a 32nd of all."""

Shard = tuple[str, bytes]
"""The shortest beginning of its first key that sorts after the shard before; its payload."""


@dataclass(frozen=True, slots=True)
class TermShard:
    """The posting lists of a range of stems, and their places."""

    start: str
    keys: str
    """A line each."""
    lists: Lists
    places: list[bytes]

    @property
    def is_apart(self) -> bool:
        """Whether the rest of the lists has a file of its own."""
        return self.lists.holders is not None

    def payload(self, places: str, rest: str) -> tuple[bytes, list[bytes]]:
        """The shard's text and columns, given the names of its files of places and of its rest."""
        out = bytearray()
        for text in (places, rest, self.keys):
            put_text(out, text)
        lists = self.lists
        more = lists.rest if lists.holders is None else [lists.holders]
        return bytes(out), [*lists.first, *more]


def cut_terms(summary: Summary) -> Iterator[TermShard]:
    """Posting lists by range of stems; all keys of one stem are in one shard."""
    keys, stems = summary.keys, summary.groups
    rows = sorted(zip(map(sort_key, stems), map(sort_key, keys), range(len(keys)), strict=True))
    order = [at for *_, at in rows]
    columns = _Columns(summary.postings, np.argsort(np.array(order, np.int64)).astype(np.uint32))
    new_group = np.array([not at or row[0] != rows[at - 1][0] for at, row in enumerate(rows)], bool)
    group = np.cumsum(new_group) - 1
    groups = np.flatnonzero(new_group).tolist()
    marked = np.array([is_marked(keys[at]) for at in order], bool)
    del rows
    firsts = [stems[order[at]] for at in groups]
    weights = np.array([len(keys[at]) + 3 for at in order], np.int64) + columns.sizes * 5 // 4
    start, before = 0, ""
    for end in cut(
        zip(firsts, sums(weights, np.array(groups, np.int64)).tolist(), strict=True), TERMS_TARGET
    ):
        first, last = groups[start], groups[end] if end < len(groups) else len(order)
        lists, places = columns.take(first, last, group[first:last] - start, marked[first:last])
        text = "\n".join(keys[at] for at in order[first:last])
        yield TermShard(_shortest(firsts[start], before), text, lists, places)
        start, before = end, firsts[end - 1]


class _Columns:
    """All postings, by key and paper, and where their places are."""

    def __init__(self, postings: Postings, rank: Column) -> None:
        """``rank`` is the number of each key in the order of the lists."""
        self._postings = postings
        self._key = rank[postings.key]
        self.sizes = np.bincount(self._key, minlength=len(rank))
        """How many postings each key has."""
        self._ends = np.concatenate(([0], np.cumsum(self.sizes)))
        self._firsts = np.cumsum(postings.count, dtype=np.uint32)
        self._firsts -= postings.count
        self._papers = int(postings.paper.max(initial=0)) + 1
        self._order = np.zeros(0, np.int64)
        self._sorted = (0, 0)
        """The range of keys whose postings are in order."""

    def take(
        self, first: int, last: int, group: Numbers, marked: Mask
    ) -> tuple[Lists, list[bytes]]:
        """The lists of some keys, and their places. ``group`` and ``marked`` are of the keys."""
        of = self._postings
        some = self._rows(first, last)
        key = np.repeat(np.arange(last - first), self.sizes[first:last])
        columns = (column[some].astype(np.int64) for column in (of.paper, of.head, of.title))
        lists = encode_lists(group, marked, key, *columns)
        read = some[lists.order]
        counts = of.count[read]
        _, at = spread(self._firsts[read].astype(np.int64), counts.astype(np.int64))
        return lists, encode_places(counts, of.place[at], of.beside[at])

    def _rows(self, first: int, last: int) -> Numbers:
        """The numbers of some keys' postings, by key and paper. Keys are asked for in order."""
        start, end = self._sorted
        if last > end:
            start = first
            size = max(AT_ONCE, len(self._key) // 32)
            end = int(np.searchsorted(self._ends, self._ends[first] + size))
            end = min(max(last, end), len(self.sizes))
            self._sorted = start, end
            chosen = np.flatnonzero((self._key >= start) & (self._key < end))
            place = self._key[chosen].astype(np.int64)
            place *= self._papers
            place += self._postings.paper[chosen]
            self._order = chosen[np.argsort(place)]
        before = self._ends[start]
        return self._order[self._ends[first] - before : self._ends[last] - before]


def cut_words(weights: dict[str, str]) -> Iterator[Shard]:
    """Words a line each, then their weights, a hexadecimal digit each: the bits of their papers."""
    words = sorted(weights, key=sort_key)
    start, before = 0, ""
    for end in cut(((word, len(word) + 2) for word in words), WORDS_TARGET):
        out = bytearray()
        put_text(out, "\n".join(words[start:end]))
        put_text(out, "".join(weights[word] for word in words[start:end]))
        yield _shortest(words[start], before), bytes(out)
        start, before = end, words[end - 1]


def count_words(summary: Summary) -> dict[str, str]:
    """Words and names, each with its weight, a hexadecimal digit: its papers' number in bits."""
    counts = np.bincount(summary.postings.key, minlength=len(summary.keys)).tolist()
    most: dict[str, int] = {}
    for key, count in zip(summary.keys, counts, strict=True):
        if key[0] not in FACT_MARKS and key[-1] != "-":
            word = key.rstrip("@")
            most[word] = max(most.get(word, 0), count)
    return {word: f"{min(count.bit_length(), 15):x}" for word, count in most.items()}


def _shortest(key: str, before: str) -> str:
    """The shortest beginning of ``key`` that sorts after ``before``."""
    for end in range(1, len(key)):
        if sort_key(key[:end]) > sort_key(before):
            return key[:end]
    return key
