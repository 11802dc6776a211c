"""The search page, the index that it reads piece by piece, and the scripts that read it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from weakref import WeakKeyDictionary

from papercatalog.artifact import Artifact, FileArtifact, FilesArtifact
from papercatalog.cache import hash_key
from papercatalog.catalog import Catalog
from papercatalog.outputs.templates import render_page_body
from papercatalog.search import (
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
    yield FilesArtifact(SEARCH, partial(_build_index, catalog), partial(hash_catalog, catalog))
    for path, content in build_scripts():
        yield FileArtifact(path, content)
    if site.url:
        description = render_opensearch(site.name, site.description, site.url)
        yield FileArtifact("opensearch.xml", description.encode())


def _build_index(catalog: Catalog) -> Iterator[FileArtifact]:
    for path, content in build_from([summarise_catalog(catalog)], list_topics(catalog)):
        yield FileArtifact(path, content)


def summarise_catalog(catalog: Catalog) -> Summary:
    """Read all papers' words, once: the index and related papers are made of that."""
    found = _summaries.get(catalog)
    if found is None:
        found = summarise(list_documents(catalog), list_topics(catalog))
        _summaries[catalog] = found
    return found


_summaries: WeakKeyDictionary[Catalog, Summary] = WeakKeyDictionary()


def hash_catalog(catalog: Catalog) -> bytes:
    """Make a key that changes with any paper and any topic."""
    return hash_key(catalog.vocabulary_key, *(entry.key for entry in catalog.entries))


def list_documents(catalog: Catalog) -> list[Document]:
    """Give each paper as the search engine takes it."""
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
        for entry in catalog.entries
    ]


def list_topics(catalog: Catalog) -> list[SearchTopic]:
    """Give each topic as the search engine takes it."""
    return [
        SearchTopic(topic.slug, topic.title, topic.parent) for topic in catalog.vocabulary.topics
    ]
