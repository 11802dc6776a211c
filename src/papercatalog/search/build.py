"""Cuts the index into the files of the site's ``search/`` folder; reads and ranks nothing."""

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby

from papercatalog.search.document import Document, SearchTopic
from papercatalog.search.index import FACT_MARKS, Index, build_index, group_key
from papercatalog.search.postings import encode_list
from papercatalog.search.wire import Names, cut, pack, put, put_text, sort_key

Artifact = tuple[str, bytes]
"""A path relative to the site's root, and the file's content."""

TERMS_TARGET = 8_000
"""Bytes of a shard of posting lists, before compression."""
WORDS_TARGET = 6_000
"""Bytes of a shard of the vocabulary, before compression."""
CARDS, MANY_CARDS, MANY = 8, 16, 20_000
"""Papers in a block of cards; in a catalog of many, blocks are larger and their names fewer."""
AUTHORS = 1024
"""Papers in a block of the authors' facet."""
GIST = 80
"""The most characters of an abstract that a card holds."""


def build_search(
    documents: Iterable[Document], topics: Iterable[SearchTopic]
) -> Iterator[Artifact]:
    """The files of the search index, the manifest last.

    Papers are numbered by date, then id, so that new papers leave the older ones' numbers alone.
    """
    papers = sorted(documents, key=lambda paper: (paper.date, paper.id))
    tree = sorted(topics, key=lambda topic: topic.slug)
    with _no_collection():
        index = build_index(papers, tree)
    months = groupby(f"{paper.date:%Y-%m}" for paper in papers)
    vocabulary = _vocabulary(index)
    reversed_vocabulary = {word[::-1]: weight for word, weight in vocabulary.items()}
    terms, places = _term_shards(index)
    cards = CARDS if len(papers) < MANY else MANY_CARDS
    parts = {
        "terms": terms,
        "words": _word_shards(vocabulary),
        "endings": _word_shards(reversed_vocabulary),
        "cards": [("", block) for block in _card_blocks(papers, tree, cards)],
        "authors": [("", block) for block in _author_blocks(papers)],
    }
    for name, content in places:
        yield f"search/places/{name}.bin", content
    manifest: dict[str, object] = {
        "papers": len(papers),
        "months": [[month, len(list(members))] for month, members in months],
        "topics": [[topic.slug, topic.title, topic.parent or ""] for topic in tree],
        "sizes": {"cards": cards, "authors": AUTHORS},
    }
    for part, shards in parts.items():
        names = Names()
        called = [names.name(content) for _, content in shards]
        for name, (_, content) in sorted(dict(zip(called, shards, strict=True)).items()):
            yield f"search/{part}/{name}.bin", content
        manifest[part] = {"from": "\n".join(first for first, _ in shards), "names": "".join(called)}
    yield "search/manifest.bin", pack(_json(manifest))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Millions of small values are made and none is garbage: looking for it costs a quarter."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _shortest(key: str, before: str) -> str:
    """The shortest beginning of ``key`` that sorts after ``before``."""
    for end in range(1, len(key)):
        if sort_key(key[:end]) > sort_key(before):
            return key[:end]
    return key


def _vocabulary(index: Index) -> dict[str, str]:
    """Words and names, each with its weight, a hexadecimal digit: its papers' number in bits."""
    counts: dict[str, int] = {}
    for key, rows in index.items():
        if key[0] not in FACT_MARKS and key[-1] != "-":
            word = key.rstrip("@")
            counts[word] = max(counts.get(word, 0), len(rows))
    return {word: f"{min(count.bit_length(), 15):x}" for word, count in counts.items()}


def _term_shards(index: Index) -> tuple[list[Artifact], list[Artifact]]:
    """Posting lists by range of stems, each shard with its first key; and their places, by name.

    A shard holds its places' name, its keys a line each, the lengths of each key's list and places,
    then the lists. All keys of one stem are in one shard.
    """
    ordered = sorted((sort_key(group_key(key)), sort_key(key), key) for key in index)
    groups = [
        (group_key(members[0]), members)
        for members in ([key for *_, key in run] for _, run in groupby(ordered, lambda row: row[0]))
    ]
    encoded = {key: encode_list(rows) for key, rows in index.items()}
    sizes = [
        (stem, sum(len(key) + 3 + len(encoded[key][0]) for key in keys)) for stem, keys in groups
    ]
    names = Names()
    shards: list[Artifact] = []
    all_places: dict[str, bytes] = {}
    start, before = 0, ""
    for end in cut(sizes, TERMS_TARGET):
        keys = [key for _, members in groups[start:end] for key in members]
        places = pack(b"".join(encoded[key][1] for key in keys))
        name = names.name(places)
        all_places[name] = places
        out = bytearray()
        put_text(out, name)
        put_text(out, "\n".join(keys))
        for key in keys:
            put(out, len(encoded[key][0]))
            put(out, len(encoded[key][1]))
        for key in keys:
            out += encoded[key][0]
        shards.append((_shortest(groups[start][0], before), pack(bytes(out))))
        start, before = end, groups[end - 1][0]
    return shards, sorted(all_places.items())


def _word_shards(vocabulary: dict[str, str]) -> list[Artifact]:
    """Words a line each, then their weights, a hexadecimal digit each: the bits of their papers."""
    words = sorted(vocabulary, key=sort_key)
    shards = []
    start, before = 0, ""
    for end in cut(((word, len(word) + 2) for word in words), WORDS_TARGET):
        out = bytearray()
        put_text(out, "\n".join(words[start:end]))
        put_text(out, "".join(vocabulary[word] for word in words[start:end]))
        shards.append((_shortest(words[start], before), pack(bytes(out))))
        start, before = end, words[end - 1]
    return shards


def _card_blocks(
    papers: Sequence[Document], topics: Sequence[SearchTopic], size: int
) -> Iterator[bytes]:
    """What a list of results shows of each paper, in columns, as JSON."""
    numbers = {topic.slug: number for number, topic in enumerate(topics)}
    for start in range(0, len(papers), size):
        block = papers[start : start + size]
        columns = {
            "title": [paper.title for paper in block],
            "url": [paper.url for paper in block],
            "date": [paper.date.isoformat() for paper in block],
            "topics": [[numbers[slug] for slug in paper.topics] for paper in block],
            "authors": [_byline(paper.authors) for paper in block],
            "votes": [paper.votes or 0 for paper in block],
            "code": [int(paper.code) for paper in block],
            "gist": [_gist(paper.abstract) for paper in block],
        }
        yield pack(_json(columns))


def _byline(authors: Sequence[str]) -> str:
    """Three authors at most, else two: ``Ada Li, Bo Wang and 4 others``."""
    if len(authors) <= 3:
        return ", ".join(authors)
    return f"{', '.join(authors[:2])} and {len(authors) - 2} others"


def _gist(abstract: str) -> str:
    """The beginning of an abstract, to the end of a word."""
    text = " ".join(abstract.split())
    if len(text) <= GIST:
        return text
    return text[: text.rfind(" ", GIST // 2, GIST)].rstrip(",;:") + " …"


def _author_blocks(papers: Sequence[Document]) -> Iterator[bytes]:
    """For the facet: the authors of three papers or more, by name, and each paper's, by number."""
    counts = Counter(author for paper in papers for author in set(paper.authors))
    for start in range(0, len(papers), AUTHORS):
        block = [
            sorted({author for author in paper.authors if counts[author] > 2})
            for paper in papers[start : start + AUTHORS]
        ]
        names = sorted({author for authors in block for author in authors})
        numbers = {name: number for number, name in enumerate(names)}
        of_papers = [[numbers[author] for author in authors] for authors in block]
        yield pack(_json({"names": names, "of": of_papers}))
