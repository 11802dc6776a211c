"""The outputs: one pure ``build(catalog, site)`` a module, all listed in one table."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator

from papercatalog.model.catalog import Catalog
from papercatalog.outputs import (
    contribute,
    dates,
    feeds,
    home,
    papers,
    redirects,
    search,
    sitemap,
    topics,
)
from papercatalog.outputs.artifacts import Artifact
from papercatalog.outputs.site_info import Site

Build = Callable[[Catalog, Site], Iterator[Artifact]]

OUTPUTS: tuple[tuple[str, Build], ...] = (
    ("papers", papers.build),
    ("topics", topics.build),
    ("dates", dates.build),
    ("home", home.build),
    ("contribute", contribute.build),
    ("search", search.build),
    ("feeds", feeds.build),
    ("redirects", redirects.build),
    ("sitemap", sitemap.build),
)
"""Every output by name, in the order in which they are made."""

STYLES = ("assets/papercatalog.css",)
"""The style sheets that every page loads."""
SCRIPT = "assets/search/start.js"
"""The module that every page loads: it wakes the search where a reader goes to it."""


def is_source(path: str) -> bool:
    """Whether a file of ``docs`` or the theme only serves to make others.

    Papers and topics become pages; the scripts of search are joined.
    """
    is_page = path.startswith(("papers/", "topics/")) and path.endswith(".md")
    return is_page or (path.startswith("assets/search/") and path.endswith(".js"))


def build_artifacts(
    catalog: Catalog, site: Site, *, without: Container[str] = ()
) -> Iterator[Artifact]:
    """Make every page and file that is derived from a catalog, but those of the outputs named."""
    for name, build in OUTPUTS:
        if name not in without:
            yield from build(catalog, site)
