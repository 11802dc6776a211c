"""Cuts posting lists and the vocabulary into shards of some kilobytes, by ranges of their keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from papercatalog.search.columns import Numbers, spread, sums
from papercatalog.search.encoding import Lists, Mask, encode_lists, encode_places
from papercatalog.search.keys import FACT_MARKS, is_marked
from papercatalog.search.summary import Postings, Summary
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
    """Posting lists by range of stems; all keys of one stem are in one shard.

    The summary's keys are sorted.
    """
    keys, stems = summary.keys, summary.groups
    columns = _Columns(summary.postings, len(keys))
    new_group = np.array([stem != before for before, stem in pairwise(["", *stems])], bool)
    group = np.cumsum(new_group) - 1
    groups = np.flatnonzero(new_group).tolist()
    marked = np.array(list(map(is_marked, keys)), bool)
    firsts = [stems[at] for at in groups]
    weights = np.array(list(map(len, keys)), np.int64) + 3 + columns.sizes * 5 // 4
    start, before = 0, ""
    for end in cut(
        zip(firsts, sums(weights, np.array(groups, np.int64)).tolist(), strict=True), TERMS_TARGET
    ):
        first, last = groups[start], groups[end] if end < len(groups) else len(keys)
        lists, places = columns.take(first, last, group[first:last] - start, marked[first:last])
        text = "\n".join(keys[first:last])
        yield TermShard(_shortest(firsts[start], before), text, lists, places)
        start, before = end, firsts[end - 1]


class _Columns:
    """All postings, by key and paper, and where their places are."""

    def __init__(self, postings: Postings, keys: int) -> None:
        """``keys`` is how many keys there are."""
        self._postings = postings
        self.sizes = np.bincount(postings.key, minlength=keys)
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
            of = self._postings
            size = max(AT_ONCE, len(of.key) // 32)
            end = int(np.searchsorted(self._ends, self._ends[first] + size))
            end = min(max(last, end), len(self.sizes))
            self._sorted = start, end
            chosen = np.flatnonzero((of.key >= start) & (of.key < end))
            place = of.key[chosen].astype(np.int64)
            place *= self._papers
            place += of.paper[chosen]
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
