"""The context in which outputs are built, made in this process of a catalog's papers alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from papercatalog.build.context import make_search
from papercatalog.build.segments import (
    make_find_gist,
    make_render,
    render_and_index,
    to_search_topics,
)
from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.outputs.artifacts import FileArtifact
from papercatalog.outputs.context import Context, SiteInfo
from papercatalog.related import find_related
from papercatalog.runtime.cache import Cache
from papercatalog.search.index.segment import Segment
from papercatalog.search.index.writer import build_index


def make_context(
    catalog: Catalog, site: SiteInfo, related: Mapping[str, Sequence[str]] | None = None
) -> Context:
    """``related`` has the ids of papers' related papers, where they shall not be found."""
    texts = render_and_index(catalog, Cache())
    segments = [Segment.load(data) for data in texts.segments]
    found = find_related(segments) if related is None else related

    def relate(paper: Paper) -> Sequence[Paper]:
        return [catalog.by_id[page] for page in found.get(paper.id, ())]

    def index_files() -> Iterator[FileArtifact]:
        for path, content in build_index(segments, to_search_topics(catalog)):
            yield FileArtifact(path, content)

    search = make_search(catalog, index_files)
    render = make_render(texts.rendered)
    find_gist = make_find_gist(texts.gists, render)
    return Context(catalog, site, render, find_gist, relate, index_files, search)
