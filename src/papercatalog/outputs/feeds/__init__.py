"""Feeds of the newest papers: of all, of each topic and of each author, as Atom and JSON Feed.

`feed` says which papers a feed holds, `entry` what it says of each; `atom` and `json_feed` write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from papercatalog.outputs.artifacts import Artifact, LazyFile
from papercatalog.outputs.context import Context
from papercatalog.outputs.feed_links import FORMATS, has_feeds
from papercatalog.outputs.feeds.atom import render_atom
from papercatalog.outputs.feeds.feed import Feed, make_feed
from papercatalog.outputs.feeds.json_feed import render_json_feed
from papercatalog.outputs.paper_lists import list_all, list_authors, list_searches, list_topics

_WRITERS: Mapping[str, Callable[[Context, Feed], bytes]] = {
    "Atom": render_atom,
    "JSON": render_json_feed,
}


def build(context: Context) -> Iterator[Artifact]:
    """Build ``feed.xml`` and ``feed.json`` beside the page of each list of papers that grows."""
    if not has_feeds(context):
        return
    for listed in (list_all(context), *list_topics(context), *list_searches(context)):
        yield from _make_files(context, make_feed(context, listed))
    for listed in list_authors(context):
        yield from _make_files(context, make_feed(context, listed, of_author=True))


def _make_files(context: Context, feed: Feed) -> Iterator[Artifact]:
    key = partial(feed.hash, context)
    for name, file, _ in FORMATS:
        yield LazyFile(f"{feed.url}{file}", key, partial(_WRITERS[name], context, feed))
