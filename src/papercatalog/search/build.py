"""Cuts the index into the files of the site's ``search/`` folder; reads and ranks nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from papercatalog.parallel import no_collection, share_out
from papercatalog.search.document import Document, SearchTopic
from papercatalog.search.shards import Shard, count_words, cut_terms, cut_words
from papercatalog.search.summarise import summarise
from papercatalog.search.summary import Summary, join
from papercatalog.search.wire import Names, pack

Artifact = tuple[str, bytes]
"""A path relative to the site's root, and the file's content."""

CARDS, MANY_CARDS, MANY = 8, 16, 20_000
"""Papers in a block of cards; in a catalog of many, blocks are larger and their names fewer."""
BLOCKS = ("cards", "authors")
"""What is cut by papers. Its files' names are many, so they are in files of their own. A single one
is loaded beside the posting lists; of several, those that name the blocks of the papers shown."""
NAMES = 128
"""Names of blocks in one file, in a catalog of many; else all are in one."""
AUTHORS = 1024
"""Papers in a block of the authors' facet."""


def build_search(
    documents: Iterable[Document], topics: Iterable[SearchTopic]
) -> Iterator[Artifact]:
    """The files of the search index, the manifest last."""
    topics = list(topics)
    with no_collection():
        summary = summarise(documents, topics)
    yield from build_from([summary], topics)


def build_from(summaries: Iterable[Summary], topics: Iterable[SearchTopic]) -> Iterator[Artifact]:
    """The files of the search index of all papers of some summaries, the manifest last.

    Papers are numbered by date, then id, so that new papers leave the older ones' numbers alone.
    """
    with no_collection():
        files = list(_files(summaries, topics))
    yield from files


def _files(summaries: Iterable[Summary], topics: Iterable[SearchTopic]) -> Iterator[Artifact]:
    whole = _by_date(join(summaries))
    papers = len(whole.ids)
    terms = list(cut_terms(whole))
    words = count_words(whole)
    few = papers < MANY
    size = CARDS if few else MANY_CARDS
    shards: dict[str, list[Shard]] = {
        "words": list(cut_words(words)),
        "endings": list(cut_words({word[::-1]: weight for word, weight in words.items()})),
        "cards": [("", block) for block in _card_blocks(whole.cards, size)],
        "authors": [("", block) for block in _author_blocks(whole.authors)],
    }
    months = [[month, len(list(days))] for month, days in groupby(day[:7] for day in whole.dates)]
    del whole  # the files are made of less
    packed = iter(share_out(pack, [payload for part in shards.values() for _, payload in part]))
    places = _Named("places", share_out(_pack, [(b"", shard.places) for shard in terms]))
    yield from places.files()
    apart = [(b"", shard.lists.rest) for shard in terms if shard.is_apart]
    rests = _Named("rest", share_out(_pack, apart))
    yield from rests.files()
    rest = iter(rests.names)
    called = zip(terms, places.names, strict=True)
    payloads = [shard.payload(name, next(rest) if shard.is_apart else "") for shard, name in called]
    parts = {"terms": _Named("terms", share_out(_pack, payloads))}
    starts = {"terms": [shard.start for shard in terms]}
    for name, part in shards.items():
        parts[name] = _Named(name, [next(packed) for _ in part])
        starts[name] = [start for start, _ in part]
    sizes = {"cards": size, "authors": AUTHORS}
    manifest: dict[str, object] = {
        "papers": papers,
        "months": months,
        "topics": [
            [topic.slug, topic.title, topic.parent or ""]
            for topic in sorted(topics, key=lambda topic: topic.slug)
        ],
        "sizes": sizes,
    }
    for name, named in parts.items():
        yield from named.files()
        if name not in BLOCKS:
            manifest[name] = {"from": "\n".join(starts[name]), "names": "".join(named.names)}
    of_blocks = [name for part in BLOCKS for name in parts[part].names]
    sizes["blocks"] = max(1, len(of_blocks)) if few else NAMES
    blocks = _Named("blocks", list(map(_pack_names, _runs(of_blocks, sizes["blocks"]))))
    yield from blocks.files()
    manifest["blocks"] = "".join(blocks.names)
    yield "search/manifest.bin", pack(_json(manifest))


def _by_date(summary: Summary) -> Summary:
    """The same papers, the oldest first."""
    rows = sorted(zip(summary.dates, summary.ids, range(len(summary.ids)), strict=True))
    return summary.renumbered([at for *_, at in rows])


class _Named:
    """The files of one folder, each named by a hash of its content."""

    def __init__(self, folder: str, contents: Sequence[bytes]) -> None:
        names = Names()
        self._folder = folder
        self._contents = contents
        self.names = [names.name(content) for content in contents]

    def files(self) -> Iterator[Artifact]:
        """The files, each once, by name."""
        for name, content in sorted(dict(zip(self.names, self._contents, strict=True)).items()):
            yield f"search/{self._folder}/{name}.bin", content


def _pack(payload: tuple[bytes, Sequence[bytes]]) -> bytes:
    return pack(*payload)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _runs(names: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (names[start : start + size] for start in range(0, len(names), size))


def _pack_names(names: Iterable[str]) -> bytes:
    """Names, four bytes each."""
    return pack(bytes.fromhex("".join(names)))


def _card_blocks(cards: Sequence[str], size: int) -> Iterator[bytes]:
    """What a list of results shows of each paper, as JSON."""
    for start in range(0, len(cards), size):
        yield f"[{','.join(cards[start : start + size])}]".encode()


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
