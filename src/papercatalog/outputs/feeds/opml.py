"""Writes the list of all topics' feeds as OPML 2.0, which feed readers import.

Source: http://opml.org/spec2.opml. Every kind of feed has the type ``rss`` there.
"""

from __future__ import annotations

from collections.abc import Iterator

from papercatalog.model.topics import Topic
from papercatalog.outputs.context import Context
from papercatalog.outputs.feeds.atom import quote_xml


def render_opml(context: Context) -> bytes:
    """Render the topics' tree: a topic with subtopics is a folder, its own feed first in it."""
    title = context.words.text("follow.opml", site=context.site.name)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<opml version="2.0">',
        f"<head><title>{quote_xml(title)}</title></head>",
        "<body>",
        *(line for topic in context.catalog.vocabulary.roots for line in _outline(context, topic)),
        "</body>",
        "</opml>",
        "",
    ]
    return "\n".join(lines).encode()


def _outline(context: Context, topic: Topic) -> Iterator[str]:
    address = quote_xml(f"{context.site.url}topics/{topic.slug}/")
    title = quote_xml(topic.title)
    feed = (
        f'<outline type="rss" text="{title}" title="{title}" '
        f'xmlUrl="{address}feed.xml" htmlUrl="{address}"/>'
    )
    children = context.catalog.vocabulary.children(topic.slug)
    if not children:
        yield feed
        return
    yield f'<outline text="{title}" title="{title}">'
    yield feed
    for child in children:
        yield from _outline(context, child)
    yield "</outline>"
