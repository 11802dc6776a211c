"""Feeds of the newest papers, of all and of each topic, as Atom (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from papercatalog.model.paper import Paper
from papercatalog.outputs.artifacts import Artifact, FileArtifact
from papercatalog.outputs.context import Context

NEWEST = 30
"""The most papers that a feed holds."""

_NOT_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def build(context: Context) -> Iterator[Artifact]:
    """Build ``feed.xml`` and ``topics/SLUG/feed.xml``.

    Papers are known by whole addresses, so a site that does not know its own has no feeds.
    """
    catalog, site = context.catalog, context.site
    if not site.url:
        return
    yield _feed(context, "", site.name, catalog.papers)
    for topic in catalog.vocabulary.topics:
        title = f"{topic.title}, {site.name}"
        yield _feed(context, f"topics/{topic.slug}/", title, catalog.by_topic[topic.slug])


def _feed(context: Context, folder: str, title: str, papers: Sequence[Paper]) -> FileArtifact:
    """Make the feed of a page's papers; it was updated on the day of the newest."""
    site = context.site
    address = f"{site.url}{folder}"
    newest = papers[:NEWEST]
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{_text(address)}</id>",
        f"<title>{_text(title)}</title>",
        f"<updated>{_time(newest[0]) if newest else '1970-01-01T00:00:00Z'}</updated>",
        f"<link rel={_quoted('self')} href={_quoted(f'{address}feed.xml')}/>",
        f"<link href={_quoted(address)}/>",
        f"<author><name>{_text(site.name)}</name></author>",
        *(line for paper in newest for line in _render_entry(context, paper)),
        "</feed>",
        "",
    ]
    return FileArtifact(f"{folder}feed.xml", "\n".join(lines).encode(errors="xmlcharrefreplace"))


def _render_entry(context: Context, paper: Paper) -> Iterator[str]:
    address = f"{context.site.url}{paper.url}"
    yield "<entry>"
    yield f"<id>{_text(address)}</id>"
    yield f"<title>{_text(paper.title)}</title>"
    yield f"<updated>{_time(paper)}</updated>"
    yield f"<link href={_quoted(address)}/>"
    yield from (f"<author><name>{_text(author)}</name></author>" for author in paper.authors)
    yield from (f"<category term={_quoted(slug)}/>" for slug in paper.topics)
    yield f"<summary>{_text(context.render(paper.abstract).plain)}</summary>"
    yield "</entry>"


def _time(paper: Paper) -> str:
    return f"{paper.date.isoformat()}T00:00:00Z"


def _text(text: str) -> str:
    """Escape a text; what XML 1.0 cannot hold is left out (section 2.2 of its specification)."""
    return escape(_NOT_XML.sub("", text), quote=False)


def _quoted(text: str) -> str:
    return f'"{escape(text)}"'
