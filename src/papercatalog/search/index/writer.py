"""Writes the files of the index: merges segments, sorts them, and cuts them into files."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby
from typing import TypeVar

from papercatalog.runtime.processes import gc_paused
from papercatalog.search.codec import FOLDER, FileNames, encode_file, file_path
from papercatalog.search.constants import MANIFEST_NAME
from papercatalog.search.index.document import SearchTopic, order_topics
from papercatalog.search.index.manifest_writer import encode_manifest
from papercatalog.search.index.segment import Segment, merge_segments
from papercatalog.search.index.shards import (
    EncodedShard,
    count_frequency_bits,
    cut_term_shards,
    cut_word_shards,
)
from papercatalog.search.manifest import Manifest

Item = TypeVar("Item")
IndexFile = tuple[str, bytes]
"""A path relative to the site's root, and the file's content."""

CARD_BLOCK_PAPERS = 8
"""Papers in a block of cards."""
NAMED_CARD_BLOCKS = 32
"""Blocks of cards that share a name in the manifest."""
AUTHOR_BLOCK_PAPERS = 1024
"""Papers in a block of the authors' facet."""
MIN_AUTHOR_PAPERS = 3
"""Authors of fewer papers are left out of the facet."""


def build_index(segments: Iterable[Segment], topics: Iterable[SearchTopic]) -> Iterator[IndexFile]:
    """Build the index of all papers of some segments; yield its files, the manifest last.

    Papers are numbered by date, then by id, so that new papers leave the numbers of older ones
    alone. Each file is yielded as soon as it is encoded, and none is kept in memory.
    """
    with gc_paused():
        whole = merge_segments(segments).sort_papers().sort_terms()
    papers = len(whole.ids)
    months = [(month, len(list(days))) for month, days in groupby(day[:7] for day in whole.dates)]
    cards, authors, words, reversed_words, terms = map(
        _Folder, ("cards", "authors", "words", "endings", "terms")
    )
    for some in _split(whole.cards, CARD_BLOCK_PAPERS * NAMED_CARD_BLOCKS):
        blocks = [encode_file(block) for block in _render_card_blocks(some)]
        yield from cards.add_together(blocks)[1]
    for block in _render_author_blocks(whole.authors):
        yield from authors.add(encode_file(block))[1]
    whole = replace(whole, ids=[], dates=[], cards=[], authors=[])  # frees their memory
    yield from _encode_term_shards(cut_term_shards(whole), terms)
    frequency_bits = count_frequency_bits(whole)
    del whole
    for start, payload in cut_word_shards(frequency_bits):
        yield from words.add(encode_file(payload), start)[1]
    for start, payload in cut_word_shards(
        {word[::-1]: frequency_bits[word] for word in frequency_bits}
    ):
        yield from reversed_words.add(encode_file(payload), start)[1]
    sharded = (terms, words, reversed_words)
    manifest = Manifest(
        papers=papers,
        months=months,
        topics=[(topic.slug, topic.title, topic.parent or "") for topic in order_topics(topics)],
        sizes={
            "cards": CARD_BLOCK_PAPERS,
            "blocks": NAMED_CARD_BLOCKS,
            "authors": AUTHOR_BLOCK_PAPERS,
        },
        starts={folder.name: folder.starts for folder in sharded},
        names={folder.name: folder.names for folder in (*sharded, cards, authors)},
    )
    yield f"{FOLDER}/{MANIFEST_NAME}", encode_manifest(manifest)


def _encode_term_shards(shards: Iterable[EncodedShard], terms: _Folder) -> Iterator[IndexFile]:
    """Yield the files of posting lists, of their positions and of their tails."""
    positions, tails = _Folder("places"), _Folder("rest")
    for shard in shards:
        positions_name, files = positions.add(shard.encode_positions())
        yield from files
        tail_name = ""
        if shard.has_tail_file:
            tail_name, files = tails.add(shard.encode_tail())
            yield from files
        yield from terms.add(shard.encode_terms(positions_name, tail_name), shard.start)[1]


class _Folder:
    """The files of a folder, each named by a hash of its content."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.names: list[str] = []
        """The name of each file that was added, in order."""
        self.starts: list[str] = []
        """The first string of each file; empty in folders that are not sharded."""
        self._names = FileNames()

    def add(self, content: bytes, start: str = "") -> tuple[str, list[IndexFile]]:
        """Name a file.

        Returns:
            Its name, and the file, or nothing if its content was added before.
        """
        return self._add([(content, "")], start)

    def add_together(self, contents: Sequence[bytes]) -> tuple[str, list[IndexFile]]:
        """Name files by one hash of them all, each with its number in two digits behind it.

        Returns:
            The name that they share, and the files, or nothing if they were added before.
        """
        return self._add([(content, f"{number:02x}") for number, content in enumerate(contents)])

    def _add(
        self, files: Sequence[tuple[bytes, str]], start: str = ""
    ) -> tuple[str, list[IndexFile]]:
        name, is_new = self._names.add(b"".join(content for content, _ in files))
        self.names.append(name)
        self.starts.append(start)
        if not is_new:
            return name, []
        return name, [(file_path(self.name, name + end), content) for content, end in files]


def _split(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _render_card_blocks(cards: Sequence[str]) -> Iterator[bytes]:
    for some in _split(cards, CARD_BLOCK_PAPERS):
        yield f"[{','.join(some)}]".encode()


def _render_author_blocks(authors: Sequence[Sequence[str]]) -> Iterator[bytes]:
    """Render the blocks of the facet: names, and each paper's authors by their numbers."""
    counts = Counter(chain.from_iterable(authors))
    for some in _split(authors, AUTHOR_BLOCK_PAPERS):
        block = [
            [name for name in of_paper if counts[name] >= MIN_AUTHOR_PAPERS] for of_paper in some
        ]
        names = sorted(set(chain.from_iterable(block)))
        numbers = {name: number for number, name in enumerate(names)}
        of_papers = [[numbers[name] for name in of_paper] for of_paper in block]
        text = json.dumps(
            {"names": names, "of": of_papers}, ensure_ascii=False, separators=(",", ":")
        )
        yield text.encode("utf-8")
