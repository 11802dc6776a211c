"""Reads the files of a search index as queries need them. ``reader.js`` does so in the browser."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from papercatalog.search.codec import FOLDER, Cursor, decode_file, file_path, sort_key
from papercatalog.search.constants import MANIFEST_NAME
from papercatalog.search.manifest import decode_manifest
from papercatalog.search.postings import (
    Position,
    Posting,
    decode_positions,
    decode_posting_lists,
)
from papercatalog.search.terms import term_stem


@dataclass(frozen=True, slots=True)
class Card:
    """A paper in a list of results."""

    title: str
    url: str
    date: str
    topics: tuple[str, ...]
    """Slugs."""
    authors: str
    votes: int
    code: bool
    gist: str
    """The beginning of the abstract's most telling sentence."""


@dataclass(frozen=True, slots=True)
class TermShard:
    """The decoded posting lists of a range of stems."""

    stems: dict[str, dict[str, list[Posting]]]
    """The lists by stem, then by term."""
    spans: dict[str, slice]
    """Which of the shard's postings belong to each term."""
    posting_count: int
    """How many postings the shard has."""
    positions_name: str
    """The name of its file of positions."""


class SearchIndex:
    """An index whose files are loaded on demand and kept. All methods raise IndexFormatError."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        """``read`` returns the content of a path such as ``search/manifest.bin``."""
        self._read = read
        self.manifest = decode_manifest(read(f"{FOLDER}/{MANIFEST_NAME}"))
        self._files: dict[tuple[str, str], Any] = {}
        self.paper_count = self.manifest.papers

    def posting_lists(self, stem: str) -> dict[str, list[Posting]]:
        """The posting lists of a stem's terms, by term; a fact is its own stem."""
        shard = self._term_shard(stem)
        return shard.stems.get(stem, {}) if shard else {}

    def positions(self, stem: str, term: str) -> list[tuple[Position, ...]]:
        """The positions of each posting of a term."""
        shard = self._term_shard(stem)
        if shard is None or term not in shard.spans:
            return []
        decode = partial(decode_positions, posting_count=shard.posting_count)
        of_shard: list[tuple[Position, ...]] = self._load("places", shard.positions_name, decode)
        return of_shard[shard.spans[term]]

    def words_starting(self, prefix: str) -> list[tuple[str, int]]:
        """The words with a prefix, and others near them, each with its frequency bits.

        These are the bit length of the word's document frequency.
        """
        return self._vocabulary("words", prefix)

    def words_ending(self, suffix: str) -> list[tuple[str, int]]:
        """The words with a suffix, and others, each with its frequency bits."""
        found = self._vocabulary("endings", suffix[::-1])
        return [(reversed_word[::-1], bits) for reversed_word, bits in found]

    def card(self, paper: int) -> Card:
        """The card of a paper."""
        sizes = self.manifest.sizes
        group, block = divmod(paper // sizes["cards"], sizes["blocks"])
        name = f"{self.manifest.names['cards'][group]}{block:02x}"
        rows = self._load("cards", name, json.loads)
        title, url, date, topics, authors, votes, code, gist = rows[paper % sizes["cards"]]
        slugs = tuple(self.manifest.topics[topic][0] for topic in topics)
        return Card(title, url, date, slugs, authors, votes, bool(code), gist)

    def _load(self, folder: str, name: str, decode: Callable[[bytes], Any]) -> Any:
        if (folder, name) not in self._files:
            payload = decode_file(self._read(file_path(folder, name)))
            self._files[folder, name] = decode(payload)
        return self._files[folder, name]

    def _term_shard(self, stem: str) -> TermShard | None:
        number = bisect_right(self.manifest.starts["terms"], sort_key(stem)) - 1
        if number < 0:
            return None
        name = self.manifest.names["terms"][number]
        shard: TermShard = self._load("terms", name, self._decode_term_shard)
        return shard

    def _decode_term_shard(self, payload: bytes) -> TermShard:
        cursor = Cursor(payload)
        positions_name, tail_name = cursor.string(), cursor.string()
        terms = cursor.string().split("\n")
        load_tail = (lambda: Cursor(self._load("rest", tail_name, bytes))) if tail_name else None
        lists = decode_posting_lists(cursor, terms, self.paper_count, load_tail)
        stems: dict[str, dict[str, list[Posting]]] = {}
        spans = {}
        count = 0
        for term, postings in zip(terms, lists, strict=True):
            stems.setdefault(term_stem(term), {})[term] = postings
            spans[term] = slice(count, count + len(postings))
            count += len(postings)
        return TermShard(stems, spans, count, positions_name)

    def _vocabulary(self, folder: str, prefix: str) -> list[tuple[str, int]]:
        starts, key = self.manifest.starts[folder], sort_key(prefix)
        first = max(0, bisect_right(starts, key) - 1)
        found: list[tuple[str, int]] = []
        for name, start in zip(self.manifest.names[folder][first:], starts[first:], strict=True):
            if found and not start.startswith(key):
                break
            found += self._load(folder, name, _decode_words)
        return found


def _decode_words(payload: bytes) -> list[tuple[str, int]]:
    cursor = Cursor(payload)
    words, frequency_bits = cursor.string().split("\n"), cursor.string()
    return [(word, int(bits, 16)) for word, bits in zip(words, frequency_bits, strict=True)]
