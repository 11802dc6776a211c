"""The search page, the index that it reads piece by piece, and the scripts that read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from weakref import WeakKeyDictionary

from papercatalog.artifact import Artifact, FileArtifact, FilesArtifact
from papercatalog.cache import Cache, hash_key
from papercatalog.catalog import Catalog
from papercatalog.entry import Entry
from papercatalog.outputs.templates import render_page_body
from papercatalog.parallel import share_out, split
from papercatalog.search import (
    RUN,
    Document,
    SearchTopic,
    Summary,
    build_from,
    build_scripts,
    render_opensearch,
    summarise,
)
from papercatalog.site import Site

SEARCH = "search"
"""The name of the index among the artifacts."""


def build(catalog: Catalog, site: Site) -> Iterator[Artifact]:
    """Make ``search/index.md``, the files below ``search/`` and ``assets/search/``.

    ``opensearch.xml`` needs whole addresses: a site that does not know its own has none.
    """
    yield render_page_body(
        "search",
        "search/index.md",
        "Search",
        f"Search all papers of {site.name}",
        site=site,
    )
    yield FilesArtifact(SEARCH, partial(_build_index, catalog), lambda: catalog.key)
    for path, content in build_scripts():
        yield FileArtifact(path, content)
    if site.url:
        description = render_opensearch(site.name, site.description, site.url)
        yield FileArtifact("opensearch.xml", description.encode())


def _build_index(catalog: Catalog) -> Iterator[FileArtifact]:
    for path, content in build_from(list_summaries(catalog), list_topics(catalog)):
        yield FileArtifact(path, content)


def list_summaries(catalog: Catalog) -> Iterator[Summary]:
    """Give what is known of each run of papers: the index and related papers are made of that."""
    return map(Summary.load, read_words(catalog))


def read_words(catalog: Catalog, cache: Cache | None = None) -> list[bytes]:
    """Read all papers' words, once, and give what is known of each run of papers, as bytes.

    A run is of a month. Runs that the cache knows are not read again.
    """
    found = _words.get(catalog)
    if found is None:
        found = _words[catalog] = _read_words(catalog, cache or Cache())
    return found


_words: WeakKeyDictionary[Catalog, list[bytes]] = WeakKeyDictionary()


def _read_words(catalog: Catalog, cache: Cache) -> list[bytes]:
    runs = {
        hash_key(catalog.vocabulary_key, *(entry.key for entry in run)): run
        for run in _split_by_month(catalog.entries)
    }
    known = cache.get("summary", runs)
    missing = {key: run for key, run in runs.items() if key not in known}
    read = partial(_read_run, catalog, list_topics(catalog))
    fresh = dict(zip(missing, share_out(read, list(missing.values()), enough=2), strict=True))
    cache.put("summary", fresh)
    cache.prune("summary", runs, spare=0)
    known |= fresh
    return [known[key] for key in runs]


def _split_by_month(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    for _, month in groupby(entries, key=lambda entry: (entry.date.year, entry.date.month)):
        papers = list(month)
        for run in split(len(papers), RUN):
            yield papers[run.start : run.stop]


def _read_run(catalog: Catalog, topics: Sequence[SearchTopic], run: Sequence[Entry]) -> bytes:
    return summarise(list_documents(catalog, run), topics).dump()


def list_documents(catalog: Catalog, entries: Iterable[Entry]) -> list[Document]:
    """Give papers of a catalog as the search engine takes them."""
    return [
        Document(
            id=entry.id,
            url=entry.url,
            title=entry.title,
            authors=entry.authors,
            topics=entry.topics,
            abstract=catalog.render(entry.abstract).plain,
            date=entry.date,
            votes=entry.votes,
            code=entry.links.code is not None,
            arxiv=entry.arxiv,
            doi=entry.doi,
        )
        for entry in entries
    ]


def list_topics(catalog: Catalog) -> list[SearchTopic]:
    """Give each topic as the search engine takes it."""
    return [
        SearchTopic(topic.slug, topic.title, topic.parent) for topic in catalog.vocabulary.topics
    ]
