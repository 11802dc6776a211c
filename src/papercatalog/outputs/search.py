"""The search page, the scripts that read the index, and the index itself."""

from __future__ import annotations

from collections.abc import Iterator

from papercatalog.outputs.artifacts import Artifact, FileArtifact, FileGroup
from papercatalog.outputs.citations import FORMATS
from papercatalog.outputs.context import Context
from papercatalog.outputs.feed_links import has_feeds
from papercatalog.outputs.list_tools import is_by_year
from papercatalog.outputs.opensearch import render_opensearch
from papercatalog.outputs.scripts import build_scripts
from papercatalog.outputs.templates import make_page


def build(context: Context) -> Iterator[Artifact]:
    """Build ``search/index.md``, the files below ``assets/search/`` and ``opensearch.xml``.

    ``opensearch.xml`` needs whole addresses: a site that does not know its own has none.
    """
    catalog, site, words = context.catalog, context.site, context.words
    sizes = [(topic, len(catalog.by_topic[topic.slug])) for topic in catalog.vocabulary.topics]
    yield make_page(
        context,
        "search",
        "search/index.md",
        words.text("search.title"),
        words.text("search.description", site=site.name),
        has_feeds=has_feeds(context),
        formats=[(made.label, made.ending) for made in FORMATS.values()],
        by_year=is_by_year(catalog),
        has_votes=any(paper.votes for paper in catalog.papers),
        paper_count=len(catalog.papers),
        topics=sorted((size for size in sizes if size[1]), key=lambda size: -size[1]),
    )
    for path, content in build_scripts(words):
        yield FileArtifact(path, content)
    if site.url:
        description = render_opensearch(site.name, site.description, site.url, site.language)
        yield FileArtifact("opensearch.xml", description.encode())


def build_search_files(context: Context) -> Iterator[Artifact]:
    """Build the files below ``search/`` that browsers load piece by piece."""
    yield FileGroup("search", lambda: context.catalog.key, context.index_files)
