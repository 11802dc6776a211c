"""Cuts the index into the files of the site's ``search/`` folder; reads and ranks nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby
from typing import TypeVar

from papercatalog.runtime.processes import gc_paused
from papercatalog.search.codec import Names, pack, path_of
from papercatalog.search.index.document import Document, SearchTopic
from papercatalog.search.index.segment import Summary, join
from papercatalog.search.index.segment_builder import summarise
from papercatalog.search.index.shards import TermShard, count_words, cut_terms, cut_words
from papercatalog.search.manifest import Manifest

Item = TypeVar("Item")
IndexFile = tuple[str, bytes]
"""A path relative to the site's root, and the file's content."""

CARDS = 8
"""Papers in a block of cards."""
BLOCKS = 32
"""Blocks of cards that are named together: the manifest has a name for all of these."""
AUTHORS = 1024
"""Papers in a block of the authors' facet."""


def build_search(
    documents: Iterable[Document], topics: Iterable[SearchTopic]
) -> Iterator[IndexFile]:
    """Build the search index of papers; gives its files, the manifest last."""
    topics = list(topics)
    with gc_paused():
        segment = summarise(documents, topics)
    yield from build_index([segment], topics)


def build_index(segments: Iterable[Summary], topics: Iterable[SearchTopic]) -> Iterator[IndexFile]:
    """Build the search index of all papers of some segments; gives its files, the manifest last.

    Papers are numbered by date, then by id, so that new papers leave the numbers of older ones
    alone. Files are given one by one as they are made, and none is kept in memory.
    """
    with gc_paused():
        whole = join(segments).by_date().by_key()
    papers = len(whole.ids)
    months = [(month, len(list(days))) for month, days in groupby(day[:7] for day in whole.dates)]
    cards, authors, words, endings, terms = map(
        _Folder, ("cards", "authors", "words", "endings", "terms")
    )
    for some in _runs(whole.cards, CARDS * BLOCKS):
        yield from cards.add_together([pack(block) for block in _card_blocks(some)])
    for block in _author_blocks(whole.authors):
        yield from authors.add(pack(block))
    whole = replace(whole, ids=[], dates=[], cards=[], authors=[])  # frees memory for the rest
    yield from _build_terms(cut_terms(whole), terms)
    weights = count_words(whole)
    del whole
    for start, block in cut_words(weights):
        yield from words.add(pack(block), start)
    for start, block in cut_words({word[::-1]: weight for word, weight in weights.items()}):
        yield from endings.add(pack(block), start)
    manifest = Manifest(
        papers=papers,
        months=months,
        topics=[
            (topic.slug, topic.title, topic.parent or "")
            for topic in sorted(topics, key=lambda topic: topic.slug)
        ],
        sizes={"cards": CARDS, "blocks": BLOCKS, "authors": AUTHORS},
        starts={folder.name: folder.starts for folder in (terms, words, endings)},
        names={folder.name: folder.names for folder in (terms, words, endings, cards, authors)},
    )
    yield "search/manifest.bin", manifest.dump()


def _build_terms(shards: Iterable[TermShard], terms: _Folder) -> Iterator[IndexFile]:
    """Write the posting lists: the files in ``terms``, and those of places and of rests."""
    places, rest = _Folder("places"), _Folder("rest")
    for shard in shards:
        yield from places.add(shard.pack_places())
        rest_name = ""
        if shard.is_apart:
            yield from rest.add(shard.pack_rest())
            rest_name = rest.names[-1]
        yield from terms.add(shard.pack_terms(places.names[-1], rest_name), shard.start)


class _Folder:
    """The files of one folder, each named by a hash of its content."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.names: list[str] = []
        """The name of each file that was added, in order."""
        self.starts: list[str] = []
        """The first key of each file; empty where files are not cut by keys."""
        self._names = Names()

    def add(self, content: bytes, start: str = "") -> Iterator[IndexFile]:
        """Name a file and give it, unless the same content was given before."""
        return self._add([(content, "")], start)

    def add_together(self, contents: Sequence[bytes]) -> Iterator[IndexFile]:
        """Name files by one hash of all of them, with the number of each behind it."""
        return self._add([(content, f"{number:02x}") for number, content in enumerate(contents)])

    def _add(self, files: Sequence[tuple[bytes, str]], start: str = "") -> Iterator[IndexFile]:
        name, is_new = self._names.name(b"".join(content for content, _ in files))
        self.names.append(name)
        self.starts.append(start)
        if is_new:
            yield from ((path_of(self.name, name + end), content) for content, end in files)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _runs(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _card_blocks(cards: Sequence[str]) -> Iterator[bytes]:
    """What a list of results shows of each paper, as JSON."""
    for some in _runs(cards, CARDS):
        yield f"[{','.join(some)}]".encode()


def _author_blocks(authors: Sequence[Sequence[str]]) -> Iterator[bytes]:
    """For the facet: the authors of three papers or more, by name, and each paper's, by number."""
    counts = Counter(chain.from_iterable(authors))
    for start in range(0, len(authors), AUTHORS):
        block = [
            [author for author in of_paper if counts[author] > 2]
            for of_paper in authors[start : start + AUTHORS]
        ]
        names = sorted(set(chain.from_iterable(block)))
        numbers = {name: number for number, name in enumerate(names)}
        of_papers = [[numbers[author] for author in of_paper] for of_paper in block]
        yield _json({"names": names, "of": of_papers})
