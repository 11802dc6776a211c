"""Writes feeds as Atom: https://www.rfc-editor.org/rfc/rfc4287."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from papercatalog.model.paper import Paper
from papercatalog.outputs.context import Context
from papercatalog.outputs.feeds.entry import (
    format_time,
    render_content,
    render_fallback,
    render_note,
    strip_invalid,
)
from papercatalog.outputs.feeds.feed import Feed
from papercatalog.outputs.icons import FAVICON, find_icon
from papercatalog.outputs.paper_links import find_pdf
from papercatalog.text import plain_title


def render_atom(context: Context, feed: Feed) -> bytes:
    """Render a feed as Atom."""
    site = context.site
    address = f"{site.url}{feed.url}"
    icon = "" if feed.author else f"<icon>{escape_xml(site.url + find_icon(site, FAVICON))}</icon>"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{quote_xml(site.language)}">',
        f"<id>{escape_xml(address)}</id>",
        f"<title>{escape_xml(feed.title)}</title>",
        f"<updated>{format_time(feed.updated)}</updated>",
        f'<link rel="self" type="application/atom+xml" href="{quote_xml(f"{address}feed.xml")}"/>',
        f'<link href="{quote_xml(address)}"/>',
        f"<author><name>{escape_xml(feed.author or site.name)}</name></author>",
        *filter(None, [icon]),
        *("".join(_render_entry(context, feed, paper)) for paper in feed.papers),
        "</feed>",
        "",
    ]
    return "\n".join(lines).encode()


def _render_entry(context: Context, feed: Feed, paper: Paper) -> Iterator[str]:
    address = f"{context.site.url}{paper.url}"
    yield "<entry>"
    yield f"<id>{escape_xml(address)}</id>"
    yield f"<title>{escape_xml(plain_title(paper.title))}</title>"
    yield f"<published>{format_time(paper.date)}</published>"
    yield f"<updated>{format_time(paper.date)}</updated>"
    yield f'<link href="{quote_xml(address)}"/>'
    if feed.author:
        yield f"<content>{escape_xml(render_note(context, paper))}</content>"
    else:
        yield from _render_whole(context, paper)
    yield "</entry>"


def _render_whole(context: Context, paper: Paper) -> Iterator[str]:
    """Render what is known of a paper beside its title, days and page."""
    if pdf := find_pdf(paper):
        yield f'<link rel="related" type="application/pdf" title="PDF" href="{quote_xml(pdf)}"/>'
    if code := paper.links.code:
        label = quote_xml(context.words.text("paper.link_code"))
        yield f'<link rel="related" title="{label}" href="{quote_xml(code)}"/>'
    yield from (f"<author><name>{escape_xml(name)}</name></author>" for name in paper.authors)
    for slug in paper.topics:
        label = context.catalog.vocabulary.by_slug[slug].title
        scheme = f"{context.site.url}topics/"
        yield (f'<category term="{slug}" scheme="{quote_xml(scheme)}" label="{quote_xml(label)}"/>')
    summary = render_fallback(context, paper) or context.find_gist(paper)
    yield f"<summary>{escape_xml(summary)}</summary>"
    yield f'<content type="html">{escape_xml(render_content(context, paper))}</content>'


def escape_xml(text: str) -> str:
    """Escape a text; what XML cannot hold is left out."""
    return escape(strip_invalid(text), quote=False)


def quote_xml(text: str) -> str:
    """Escape a text, as `escape_xml` does, for an attribute in double quotes."""
    return escape_xml(text).replace('"', "&quot;")
