"""Cuts the index into the files of the site's ``search/`` folder; reads and ranks nothing."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, groupby
from typing import TypeVar

from papercatalog.runtime.processes import gc_paused
from papercatalog.search.codec import Names, first_name, pack, path_of
from papercatalog.search.index.document import Document, SearchTopic
from papercatalog.search.index.known import Known, hash_text
from papercatalog.search.index.segment import Summary, join
from papercatalog.search.index.segment_builder import summarise
from papercatalog.search.index.shards import TermShard, count_words, cut_terms, cut_words
from papercatalog.search.manifest import Manifest

Item = TypeVar("Item")
Artifact = tuple[str, bytes]
"""A path relative to the site's root, and the file's content."""
Wanted = tuple[str, bytes | None]
"""The same; None where the file lies there already."""

CARDS = 8
"""Papers in a block of cards."""
BLOCKS = 32
"""Blocks of cards that are named together: the manifest has a name for all of these."""
AUTHORS = 1024
"""Papers in a block of the authors' facet."""


def build_search(
    documents: Iterable[Document], topics: Iterable[SearchTopic]
) -> Iterator[Artifact]:
    """The files of the search index, the manifest last."""
    topics = list(topics)
    with gc_paused():
        summary = summarise(documents, topics)
    yield from build_from([summary], topics)


def build_from(summaries: Iterable[Summary], topics: Iterable[SearchTopic]) -> Iterator[Artifact]:
    """The files of the search index of all papers of some summaries, the manifest last.

    Papers are numbered by date, then id, so that new papers leave the older ones' numbers alone.
    A file is given as soon as it is made, and none is kept.
    """
    with gc_paused():
        whole = join(summaries)
    for path, content in build_joined(whole, topics):
        assert content is not None  # noqa: S101, of no index before is anything known
        yield path, content


def build_joined(
    whole: Summary, topics: Iterable[SearchTopic], known: Known | None = None
) -> Iterator[Wanted]:
    """The files of the search index of all papers of one summary, as `build_from` gives them.

    What is ``known`` of an index that was built before is used, and remembered anew.
    """
    known = known or Known()
    with gc_paused():
        whole = whole.by_date()
        whole = whole.by_key()
    known.count_in(whole.ids)
    papers = len(whole.ids)
    months = [(month, len(list(days))) for month, days in groupby(day[:7] for day in whole.dates)]
    cards, authors, words, endings, terms = (
        _Folder(name, known) for name in ("cards", "authors", "words", "endings", "terms")
    )
    for some in _runs(whole.cards, CARDS * BLOCKS):
        yield from cards.add_texts(list(_card_blocks(some)))
    for block in _author_blocks(whole.authors):
        yield from authors.add_text(block)
    whole = replace(whole, ids=[], dates=[], cards=[], authors=[])  # the rest is made of less
    yield from _build_terms(cut_terms(whole, known.is_same), terms, known)
    weights = count_words(whole)
    del whole
    for start, block in cut_words(weights):
        yield from words.add_text(block, start)
    for start, block in cut_words({word[::-1]: weight for word, weight in weights.items()}):
        yield from endings.add_text(block, start)
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


def _build_terms(shards: Iterable[TermShard], terms: _Folder, known: Known) -> Iterator[Wanted]:
    """The files of posting lists: those in ``terms``, of places, and of what is apart."""
    places, rest = _Folder("places", known), _Folder("rest", known)
    for shard in shards:
        of, is_same = hash_text(shard.keys), shard.is_same
        yield from places.add(of, shard.pack_places, is_same=is_same)
        if known.find(rest.name, of) if is_same else shard.is_apart:
            yield from rest.add(of, shard.pack_rest, is_same=is_same)
            apart = rest.last
        else:
            known.keep(rest.name, of, b"")
            apart = ""
        of = hash_text("\n".join([places.last, apart, shard.keys]))
        make = partial(shard.pack_terms, places.last, apart)
        yield from terms.add(of, make, shard.start, is_same=is_same)


class _Folder:
    """The files of one folder, each named by a hash of its content."""

    def __init__(self, name: str, known: Known) -> None:
        self.name, self._known = name, known
        self.names: list[str] = []
        """The name of each file that was added, in order."""
        self.starts: list[str] = []
        """Where each begins, if it is cut by its keys."""
        self._names = Names()

    def add_text(self, text: bytes, start: str = "") -> list[Wanted]:
        """Name the file of a text; give it, unless the same has been given before."""
        return self.add(hash_text(text), partial(pack, text), start)

    def add_texts(self, texts: Sequence[bytes]) -> list[Wanted]:
        """Name the files of some texts by one hash of all, with the number of each behind it."""
        ends = [f"{number:02x}" for number in range(len(texts))]
        return self._add(hash_text(b"\n".join(texts)), lambda: list(map(pack, texts)), ends)

    def add(
        self, of: str, make: Callable[[], bytes], start: str = "", *, is_same: bool = True
    ) -> list[Wanted]:
        """Name a file; give it, unless the same has been given before.

        ``of`` tells what it is made of, as far as ``is_same`` says that the rest is as it was.
        """
        return self._add(of, lambda: [make()], [""], start, is_same=is_same)

    def _add(
        self,
        of: str,
        make: Callable[[], list[bytes]],
        ends: Sequence[str],
        start: str = "",
        *,
        is_same: bool = True,
    ) -> list[Wanted]:
        contents: Sequence[bytes | None] = [None] * len(ends)
        whole = self._known.find(self.name, of, ends) if is_same else None
        name = first_name(whole) if whole else ""
        is_new = self._names.add(name, whole) if whole else None
        if is_new is None or whole is None:
            contents = made = make()
            together = b"".join(made)
            whole = hashlib.sha256(together).digest()
            name, is_new = self._names.name(together, whole)
        if name == first_name(whole):
            self._known.keep(self.name, of, whole)
        self.names.append(name)
        self.starts.append(start)
        paths = (path_of(self.name, name + end) for end in ends)
        return list(zip(paths, contents, strict=True)) if is_new else []

    @property
    def last(self) -> str:
        """The name of the file that was added last."""
        return self.names[-1]


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
