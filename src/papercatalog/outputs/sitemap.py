"""The sitemap, by the protocol of https://www.sitemaps.org/protocol.html."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain
from operator import attrgetter

from papercatalog.model.catalog import split_by
from papercatalog.outputs import authors, dates, searches, topics, trending
from papercatalog.outputs.artifacts import Artifact, FileArtifact
from papercatalog.outputs.context import Context, SiteInfo

LIMIT = 50_000
"""The most addresses that the protocol allows one file."""
FIXED = (
    *("", "authors/", "contribute/", "data/", "dates/", "reading-list/", "search/", "searches/"),
    *("stats/", "subscribe/", "topics/"),
)
"""Pages that every catalog has."""
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def build(context: Context) -> Iterator[Artifact]:
    """Build ``sitemap.xml``, an index, and the files it names: one of pages, one a year.

    Addresses must be whole ones, so a site that does not know its own has no sitemap.
    """
    catalog, site = context.catalog, context.site
    if not site.url:
        return
    listing = (topics, authors, dates, searches, trending)
    others = chain.from_iterable(output.list_urls(context) for output in listing)
    pages = dict.fromkeys((*site.pages, *FIXED, *others))
    files = [("pages", [(address, "") for address in pages])]
    for year, papers in split_by(catalog.papers, attrgetter("year")).items():
        rows = [(paper.url, str(paper.date)) for paper in papers]
        for start in range(0, len(rows), LIMIT):
            number = f"-{start // LIMIT + 1}" if start else ""
            files.append((f"{year}{number}", rows[start : start + LIMIT]))
    names = [(f"sitemap-{name}.xml", "") for name, _ in files]
    yield FileArtifact("sitemap.xml", _render("sitemapindex", "sitemap", site, names))
    for (name, _), (_, places) in zip(names, files, strict=True):
        yield FileArtifact(name, _render("urlset", "url", site, places))


def _render(root: str, item: str, site: SiteInfo, places: Iterable[tuple[str, str]]) -> bytes:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_NAMESPACE}">']
    base = escape(site.url)
    for address, day in places:
        changed = f"<lastmod>{day}</lastmod>" if day else ""
        lines.append(f"<{item}><loc>{base}{escape(address)}</loc>{changed}</{item}>")
    return "\n".join([*lines, f"</{root}>", ""]).encode()
