"""Cuts posting lists and the vocabulary into shards of some kilobytes, by ranges of their keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from papercatalog.search.encoding import encode_lists, encode_places, encode_varints, sums
from papercatalog.search.keys import FACT_MARKS
from papercatalog.search.spots import Numbers, spread
from papercatalog.search.summary import Postings, Summary
from papercatalog.search.wire import cut, put_text, sort_key

TERMS_TARGET = 8_000
"""Bytes of a shard of posting lists, before compression."""
WORDS_TARGET = 6_000
"""Bytes of a shard of the vocabulary, before compression."""
AT_ONCE = 1 << 18
"""About so many postings are encoded at once."""

Shard = tuple[str, bytes]
"""The shortest beginning of its first key that sorts after the shard before; its payload."""


@dataclass(frozen=True, slots=True)
class TermShard:
    """The posting lists of a range of stems, and their places."""

    start: str
    keys: str
    """A line each."""
    lists: bytes
    """How long each key's list is, then the lists."""
    places: bytes

    def payload(self, places: str) -> bytes:
        """The shard's payload, given the name of the file of its places."""
        out = bytearray()
        put_text(out, places)
        put_text(out, self.keys)
        return bytes(out) + self.lists


def cut_terms(summary: Summary) -> Iterator[TermShard]:
    """Posting lists by range of stems; all keys of one stem are in one shard."""
    keys, stems = summary.keys, summary.groups
    rows = sorted(zip(map(sort_key, stems), map(sort_key, keys), range(len(keys)), strict=True))
    order = [at for *_, at in rows]
    lists = _Lists(summary.postings, np.argsort(np.array(order, np.int64)))
    groups = [at for at, row in enumerate(rows) if not at or row[0] != rows[at - 1][0]]
    firsts = [stems[order[at]] for at in groups]
    of_keys = np.array([len(keys[at]) + 3 for at in order], np.int64) + lists.sizes
    start, before = 0, ""
    for end in cut(
        zip(firsts, sums(of_keys, np.array(groups, np.int64)).tolist(), strict=True), TERMS_TARGET
    ):
        first, last = groups[start], groups[end] if end < len(groups) else len(order)
        yield TermShard(
            _shortest(firsts[start], before),
            "\n".join(keys[at] for at in order[first:last]),
            lists.take(first, last),
            lists.take_places(first, last),
        )
        start, before = end, firsts[end - 1]


class _Lists:
    """All posting lists, by key, encoded; and where their places are."""

    def __init__(self, postings: Postings, rank: Numbers) -> None:
        """``rank`` is the number of each key in the order of the lists."""
        levels = np.unique(postings.head)
        papers = int(postings.paper.max(initial=0)) + 1
        place = rank[postings.key]
        place *= len(levels)
        place -= np.searchsorted(levels, postings.head)
        place *= papers
        place += postings.paper
        order = np.argsort(place).astype(np.uint32)
        del place
        ends = np.cumsum(np.bincount(rank[postings.key], minlength=len(rank)))
        self._ends = np.concatenate(([0], ends))
        self._spots = (postings.place, postings.beside)
        self._counts = postings.count[order]
        firsts = np.cumsum(postings.count, dtype=np.uint32)
        firsts -= postings.count
        self._firsts = firsts[order]
        del firsts
        pieces = []
        self.sizes = np.empty(len(rank), np.int64)
        """The bytes of each key's list."""
        for first, last in _stretches(ends):
            some = slice(self._ends[first], self._ends[last])
            at = order[some]
            key = np.repeat(np.arange(first, last), np.diff(self._ends[first : last + 1]))
            data, self.sizes[first:last] = encode_lists(
                key,
                *(
                    column[at].astype(np.int64)
                    for column in (postings.head, postings.paper, postings.title)
                ),
            )
            pieces.append(data)
        self._lists = np.concatenate([np.zeros(0, np.uint8), *pieces])
        self._list_ends = np.concatenate(([0], np.cumsum(self.sizes)))

    def take(self, first: int, last: int) -> bytes:
        """The lists of some keys, before them how long each is."""
        lengths, _ = encode_varints(self.sizes[first:last])
        lists = self._lists[self._list_ends[first] : self._list_ends[last]]
        return lengths.tobytes() + lists.tobytes()

    def take_places(self, first: int, last: int) -> bytes:
        """The places of some keys."""
        some = slice(self._ends[first], self._ends[last])
        counts = self._counts[some]
        _, at = spread(self._firsts[some].astype(np.int64), counts.astype(np.int64))
        return encode_places(counts, *(column[at] for column in self._spots))


def _stretches(ends: Numbers) -> Iterator[tuple[int, int]]:
    """Cuts keys so that about ``AT_ONCE`` postings are between cuts; ``ends`` count them on."""
    total = int(ends[-1]) if len(ends) else 0
    wanted = np.searchsorted(ends, np.arange(AT_ONCE, total, AT_ONCE))
    return pairwise(np.unique([0, *wanted, len(ends)]).tolist())


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
