"""The search page, the index that it reads piece by piece, and the scripts that read it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from papercatalog.build.segments import list_summaries, list_topics
from papercatalog.model.catalog import Catalog
from papercatalog.outputs.artifacts import Artifact, FileArtifact, FilesArtifact
from papercatalog.outputs.opensearch import render_opensearch
from papercatalog.outputs.scripts import build_scripts
from papercatalog.outputs.site_info import Site
from papercatalog.outputs.templates import render_page_body
from papercatalog.search.codec import FOLDER

SEARCH = FOLDER
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
    from papercatalog.search.index.writer import build_index

    for path, content in build_index(list_summaries(catalog), list_topics(catalog)):
        yield FileArtifact(path, content)
