"""Reads the files of a search index; checks them; knows nothing of queries."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from papercatalog.search.codec import Cursor, sort_key, unpack
from papercatalog.search.manifest import Manifest
from papercatalog.search.postings import Place, Posting, decode_lists, decode_places
from papercatalog.search.terms import group_key


@dataclass(frozen=True, slots=True)
class Card:
    """What a list of results shows of a paper."""

    title: str
    url: str
    date: str
    topics: tuple[str, ...]
    """Slugs."""
    authors: str
    votes: int
    code: bool
    gist: str


@dataclass(frozen=True, slots=True)
class _Shard:
    groups: dict[str, dict[str, list[Posting]]]
    spans: dict[str, slice]
    """Which of the shard's postings are each key's."""
    postings: int
    """How many there are."""
    places: str
    """The name of the shard's file of places."""


class SearchIndex:
    """An index, read file by file as it is needed and kept. Raises IndexFormatError."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        """``read`` gives the content of a path such as ``search/manifest.bin``."""
        self._read = read
        self.manifest = Manifest.load(read("search/manifest.bin"))
        self._kept: dict[tuple[str, str], Any] = {}
        self.papers = self.manifest.papers

    def group(self, stem: str) -> dict[str, list[Posting]]:
        """The posting lists of a stem's words, by word; of a fact, under its key."""
        shard = self._term_shard(stem)
        return shard.groups.get(stem, {}) if shard else {}

    def places(self, stem: str, key: str) -> list[tuple[Place, ...]]:
        """For each posting of a list, its places."""
        shard = self._term_shard(stem)
        if shard is None or key not in shard.spans:
            return []
        decode = partial(decode_places, postings=shard.postings)
        found: list[tuple[Place, ...]] = self._file("places", shard.places, decode)[
            shard.spans[key]
        ]
        return found

    def words(self, start: str) -> list[tuple[str, int]]:
        """The vocabulary from a beginning on, each with its weight; more than asked may come."""
        return self._vocabulary("words", start)

    def words_ending(self, end: str) -> list[tuple[str, int]]:
        """The vocabulary with an ending; more than asked may come."""
        return [(word[::-1], weight) for word, weight in self._vocabulary("endings", end[::-1])]

    def card(self, paper: int) -> Card:
        """What to show of a paper."""
        sizes = self.manifest.sizes
        number, at = divmod(paper // sizes["cards"], sizes["blocks"])
        name = f"{self.manifest.names['cards'][number]}{at:02x}"
        block = self._file("cards", name, json.loads)
        title, url, date, topics, authors, votes, code, gist = block[paper % sizes["cards"]]
        slugs = tuple(self.manifest.topics[number][0] for number in topics)
        return Card(title, url, date, slugs, authors, votes, bool(code), gist)

    def _file(self, folder: str, name: str, decode: Callable[[bytes], Any]) -> Any:
        if (folder, name) not in self._kept:
            data = unpack(self._read(f"search/{folder}/{name}.bin"))
            self._kept[folder, name] = decode(data)
        return self._kept[folder, name]

    def _term_shard(self, stem: str) -> _Shard | None:
        number = bisect_right(self.manifest.starts["terms"], sort_key(stem)) - 1
        if number < 0:
            return None
        name = self.manifest.names["terms"][number]
        shard: _Shard = self._file("terms", name, self._decode_terms)
        return shard

    def _decode_terms(self, payload: bytes) -> _Shard:
        cursor = Cursor(payload)
        places, rest = cursor.text(), cursor.text()
        keys = cursor.text().split("\n")
        apart = (lambda: Cursor(self._file("rest", rest, bytes))) if rest else None
        groups: dict[str, dict[str, list[Posting]]] = {}
        spans = {}
        count = 0
        for key, postings in zip(keys, decode_lists(cursor, keys, self.papers, apart), strict=True):
            groups.setdefault(group_key(key), {})[key] = postings
            spans[key] = slice(count, count + len(postings))
            count += len(postings)
        return _Shard(groups, spans, count, places)

    def _vocabulary(self, part: str, start: str) -> list[tuple[str, int]]:
        firsts, key = self.manifest.starts[part], sort_key(start)
        first = max(0, bisect_right(firsts, key) - 1)
        found: list[tuple[str, int]] = []
        for name, begins in zip(self.manifest.names[part][first:], firsts[first:], strict=True):
            if found and not begins.startswith(key):
                break
            found += self._file(part, name, _decode_words)
        return found


def _decode_words(payload: bytes) -> list[tuple[str, int]]:
    cursor = Cursor(payload)
    words, weights = cursor.text().split("\n"), cursor.text()
    return [(word, int(weight, 16)) for word, weight in zip(words, weights, strict=True)]
