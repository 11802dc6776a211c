"""Cuts posting lists and the vocabulary into shards of some kilobytes, by ranges of their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from itertools import pairwise

import numpy as np

from papercatalog.search.codec import cut, pack, put_text, sort_key
from papercatalog.search.index.arrays import Numbers, spread, sums
from papercatalog.search.index.encoding import Lists, Mask, encode_lists, encode_places
from papercatalog.search.index.segment import Postings, Summary
from papercatalog.search.terms import FACT_MARKS, is_marked

TERMS_TARGET = 8_000
"""Bytes of a shard of posting lists, before compression, where a posting takes 5/4."""
WORDS_TARGET = 6_000
"""Bytes of a shard of the vocabulary, before compression."""

AT_ONCE = 1 << 18
"""At least about so many postings are sorted at once, and a 32nd of all."""

Shard = tuple[str, bytes]
"""The shortest beginning of its first key that sorts after the shard before; its payload."""


class TermShard:
    """The posting lists of a range of stems, and their places; encoded when they are wanted."""

    def __init__(
        self,
        start: str,
        keys: Sequence[str],
        take: Callable[[], tuple[Lists, list[bytes]]],
    ) -> None:
        self.start = start
        self.keys = "\n".join(keys)
        """A line each."""
        self._take = take

    @cached_property
    def _taken(self) -> tuple[Lists, list[bytes]]:
        return self._take()

    @property
    def is_apart(self) -> bool:
        """Whether the rest of the lists has a file of its own."""
        return self._taken[0].holders is not None

    def pack_places(self) -> bytes:
        """The file of the lists' places."""
        return pack(b"", self._taken[1])

    def pack_rest(self) -> bytes:
        """The file of the lists' rest, where it has one."""
        return pack(b"", self._taken[0].rest)

    def pack_terms(self, places: str, rest: str) -> bytes:
        """The file of the lists, given the names of its files of places and of its rest."""
        out = bytearray()
        for text in (places, rest, self.keys):
            put_text(out, text)
        lists = self._taken[0]
        more = lists.rest if lists.holders is None else [lists.holders]
        return pack(bytes(out), [*lists.first, *more])


def cut_terms(summary: Summary) -> Iterator[TermShard]:
    """Posting lists by range of stems; all keys of one stem are in one shard.

    The summary's keys are sorted. Shards must be encoded in the order in which they are given.
    """
    keys, stems = summary.keys, summary.groups
    sizes = np.bincount(summary.postings.key, minlength=len(keys))
    new_group = np.array([stem != before for before, stem in pairwise(["", *stems])], bool)
    group = np.cumsum(new_group) - 1
    groups = np.flatnonzero(new_group).tolist()
    marked = np.array(list(map(is_marked, keys)), bool)
    firsts = [stems[at] for at in groups]
    weights = np.array(list(map(len, keys)), np.int64) + 3 + sizes * 5 // 4
    weighed = zip(firsts, sums(weights, np.array(groups, np.int64)).tolist(), strict=True)
    ends = list(cut(weighed, TERMS_TARGET))
    starts = [0, *ends][: len(ends)]
    places = [*groups, len(keys)]
    ranges = [range(places[start], places[end]) for start, end in zip(starts, ends, strict=True)]
    columns = _Columns(summary.postings, sizes)
    for start, some in zip(starts, ranges, strict=True):
        part = slice(some.start, some.stop)
        take = partial(columns.take, some, group[part] - start, marked[part])
        before = firsts[start - 1] if start else ""
        yield TermShard(_shortest(firsts[start], before), keys[part], take)


class _Columns:
    """All postings, by key and paper, and where their places are."""

    def __init__(self, postings: Postings, sizes: Numbers) -> None:
        """``sizes`` is how many postings each key has."""
        self._postings, self._sizes = postings, sizes
        self._firsts = np.cumsum(postings.count, dtype=np.uint32)
        self._firsts -= postings.count
        self._papers = int(postings.paper.max(initial=0)) + 1
        self._order = np.zeros(0, np.int64)
        self._sorted = range(0)
        """The keys whose postings are in order."""
        self._ends = np.zeros(1, np.int64)
        """Where the postings of each of these begin and the last one's end."""

    def take(self, keys: range, group: Numbers, marked: Mask) -> tuple[Lists, list[bytes]]:
        """The lists of a range of keys, and their places. Ranges are asked for in order.

        ``group`` and ``marked`` are of the keys.
        """
        if keys.stop > self._sorted.stop:
            self._sort(keys)
        first = keys.start - self._sorted.start
        some = self._order[self._ends[first] : self._ends[first + len(keys)]]
        of = self._postings
        key = np.repeat(np.arange(len(keys)), self._sizes[keys.start : keys.stop])
        columns = (column[some].astype(np.int64) for column in (of.paper, of.head, of.title))
        lists = encode_lists(group, marked, key, *columns)
        read = some[lists.order]
        counts = of.count[read]
        _, at = spread(self._firsts[read].astype(np.int64), counts.astype(np.int64))
        return lists, encode_places(counts, of.place[at], of.beside[at])

    def _sort(self, keys: range) -> None:
        """Sort the postings of some keys, and of some more behind them."""
        of = self._postings
        ends = np.concatenate(([0], np.cumsum(self._sizes[keys.start :])))
        size = max(AT_ONCE, len(of.key) // 32)
        count = max(len(keys), int(np.searchsorted(ends, size)))
        self._sorted = range(keys.start, min(keys.start + count, len(self._sizes)))
        chosen = np.flatnonzero((of.key >= self._sorted.start) & (of.key < self._sorted.stop))
        place = of.key[chosen].astype(np.int64)
        place *= self._papers
        place += of.paper[chosen]
        self._order = chosen[np.argsort(place)]
        self._ends = ends


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
