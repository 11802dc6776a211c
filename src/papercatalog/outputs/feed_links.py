"""Where feeds are: the links to them in pages and in pages' heads."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from papercatalog.outputs.context import Context

if TYPE_CHECKING:
    from papercatalog.outputs.paper_lists import PaperList

FORMATS = (
    ("Atom", "feed.xml", "application/atom+xml"),
    ("JSON", "feed.json", "application/feed+json"),
)
"""Name, file and media type of each format; the file lies beside the page of the papers."""


def has_feeds(context: Context) -> bool:
    """Whether the site has feeds.

    Papers are known by whole addresses in feeds, so a site that does not know its own has none. A
    feed names the day on which it was updated, so a catalog without papers has none either.
    """
    return bool(context.site.url and context.catalog.papers)


def title_feed(context: Context, listed: PaperList) -> str:
    """Give the title of a list's feed: the list's with the site's name."""
    site = context.site.name
    return context.words.text("follow.of", list=listed.title, site=site) if listed.url else site


def list_feeds(context: Context, listed: PaperList) -> list[tuple[str, str]]:
    """Give name and file, beside the list's page, of each of its feeds; none for what ends."""
    if not (listed.grows and has_feeds(context)):
        return []
    return [(name, file) for name, file, _ in FORMATS]


def render_feed_links(context: Context, url: str, listed: PaperList | None = None) -> str:
    """Render the links by which feed readers find the feeds of a page.

    Args:
        context: Knows whether there are feeds.
        url: The page's address, relative to the site.
        listed: The list of papers that the page is about. Where it has no feeds, since it does not
            grow, and where it is None the links lead to the feeds of all papers.
    """
    if not has_feeds(context):
        return ""
    followed = listed if listed and listed.grows else None
    folder = "" if followed else "../" * url.count("/")
    title = title_feed(context, followed) if followed else context.site.name
    return "".join(_render_links(folder, title))


def _render_links(folder: str, title: str) -> Iterator[str]:
    for _, file, kind in FORMATS:
        yield (
            f'<link rel="alternate" type="{kind}" title="{escape(title)}" href="{folder}{file}">'
        )
