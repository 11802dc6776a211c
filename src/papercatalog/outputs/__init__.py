"""The outputs: one ``build(context)`` a module, all listed in one table."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator

from papercatalog.model.placement import PAGE_FOLDERS
from papercatalog.outputs import (
    api,
    authors,
    contribute,
    dates,
    exports,
    feeds,
    home,
    icons,
    llms,
    papers,
    pictures,
    reading_list,
    redirects,
    search,
    searches,
    sitemap,
    stats,
    subscribe,
    topic_colours,
    topics,
    trending,
)
from papercatalog.outputs.artifacts import Artifact
from papercatalog.outputs.context import Context

OUTPUTS: dict[str, Callable[[Context], Iterator[Artifact]]] = {
    "papers": papers.build,
    "topics": topics.build,
    "authors": authors.build,
    "dates": dates.build,
    "home": home.build,
    "contribute": contribute.build,
    "search": search.build,
    "searches": searches.build,
    "trending": trending.build,
    "stats": stats.build,
    "search-files": search.build_search_files,
    "feeds": feeds.build,
    "subscribe": subscribe.build,
    "reading-list": reading_list.build,
    "exports": exports.build,
    "api": api.build,
    "llms": llms.build,
    "pictures": pictures.build,
    "icons": icons.build,
    "topic-colours": topic_colours.build,
    "redirects": redirects.build,
    "sitemap": sitemap.build,
}
"""Every output by name."""

STYLES = ("assets/papercatalog.css",)
"""The style sheets that every page loads."""
SCRIPT = "assets/search/start.js"
"""The module that every page loads: it loads search when a reader turns to it."""
CATALOG_SCRIPT = "assets/search/catalog.js"
"""The module of catalog pages in place of `SCRIPT` and the theme's script; it does what both do."""

_BUNDLED = ("assets/search/", "assets/cite/", "assets/lists/")


def is_source(path: str) -> bool:
    """Tell whether a file of ``docs`` or the theme only serves to make others.

    Papers, topics and what curators say of authors become pages, and nothing else in their folders
    is published; the scripts of search and of citations are joined.
    """
    is_page = path.partition("/")[0] in PAGE_FOLDERS
    return is_page or (path.startswith(_BUNDLED) and path.endswith(".js"))


def build_artifacts(context: Context, *, without: Container[str] = ()) -> Iterator[Artifact]:
    """Build every page and file that is derived from a catalog, but those of the outputs named."""
    for name, build in OUTPUTS.items():
        if name not in without:
            yield from build(context)
