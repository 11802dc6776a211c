"""The page that explains and lists the feeds, and offers mail where a service takes it."""

from __future__ import annotations

from collections.abc import Iterator

from papercatalog.outputs.artifacts import Artifact, FileArtifact
from papercatalog.outputs.context import Context
from papercatalog.outputs.feed_links import has_feeds
from papercatalog.outputs.feeds.opml import render_opml
from papercatalog.outputs.templates import make_page
from papercatalog.outputs.topics import count_children


def build(context: Context) -> Iterator[Artifact]:
    """Build ``subscribe/index.md`` and ``subscribe/topics.opml``.

    A site without feeds has the page all the same, since its navigation may name it.
    """
    catalog, site = context.catalog, context.site
    followed = has_feeds(context)
    yield make_page(
        context,
        "subscribe",
        "subscribe/index.md",
        context.words.text("follow.title"),
        context.words.text("follow.description", site=site.name),
        has_feeds=followed,
        site_name=site.name,
        site_url=site.url,
        mail_form=site.mail_form,
        mail_field=site.mail_field,
        total=len(catalog.papers),
        people=len(context.people),
        searches=[
            (saved.title, len(context.search(saved.query)), saved.url) for saved in catalog.searches
        ],
        branches=[
            (topic, len(catalog.by_topic[topic.slug]), count_children(catalog, topic))
            for topic in catalog.vocabulary.roots
        ],
    )
    if followed:
        yield FileArtifact("subscribe/topics.opml", render_opml(context))
