"""Writes feeds as JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

import json
from collections.abc import Mapping

from papercatalog.model.paper import Paper
from papercatalog.outputs.context import Context
from papercatalog.outputs.feeds.entry import (
    find_external,
    format_time,
    render_content,
    render_fallback,
    render_note,
    strip_invalid,
)
from papercatalog.outputs.feeds.feed import Feed
from papercatalog.outputs.icons import find_icon
from papercatalog.text import plain_title

VERSION = "https://jsonfeed.org/version/1.1"
ICON = 512
"""The width of the icon in pixels, as the specification advises; authors' feeds have none."""


def render_json_feed(context: Context, feed: Feed) -> bytes:
    """Render a feed as JSON Feed."""
    site = context.site
    address = f"{site.url}{feed.url}"
    value = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": address,
        "feed_url": f"{address}feed.json",
        "icon": "" if feed.author else f"{site.url}{find_icon(site, ICON)}",
        "language": site.language,
        "authors": [{"name": feed.author or site.name}],
        "items": [_describe_item(context, feed, paper) for paper in feed.papers],
    }
    known = {name: _strip(one) for name, one in value.items() if one != ""}
    text = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode()


def _describe_item(context: Context, feed: Feed, paper: Paper) -> Mapping[str, object]:
    address = f"{context.site.url}{paper.url}"
    item: dict[str, object] = {
        "id": address,
        "url": address,
        "title": plain_title(paper.title),
        "date_published": format_time(paper.date),
    }
    if feed.author:
        return item | {"content_text": render_note(context, paper)}
    by_slug = context.catalog.vocabulary.by_slug
    item |= {
        "external_url": find_external(paper),
        "content_html": render_content(context, paper),
        "content_text": render_fallback(context, paper),
        "summary": context.find_gist(paper),
        "authors": [{"name": name} for name in paper.authors],
        "tags": [by_slug[slug].title for slug in paper.topics],
    }
    return {name: value for name, value in item.items() if value}


def _strip(value: object) -> object:
    """Leave out of all texts what Atom cannot hold, so that both formats say the same."""
    if isinstance(value, str):
        return strip_invalid(value)
    if isinstance(value, list):
        return [_strip(one) for one in value]
    if isinstance(value, dict):
        return {name: _strip(one) for name, one in value.items()}
    return value
