"""Feeds of the newest papers: of all, of each topic and of each author, as Atom and JSON Feed.

`feed` says which papers a feed holds, `entry` what it says of each; `atom` and `json_feed` write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from papercatalog.outputs.artifacts import Artifact, LazyFile
from papercatalog.outputs.context import Context
from papercatalog.outputs.feeds.atom import render_atom
from papercatalog.outputs.feeds.feed import Feed, has_feeds, make_feed
from papercatalog.outputs.feeds.json_feed import render_json_feed
from papercatalog.outputs.paper_lists import PaperList, list_all, list_topics

FORMATS: dict[str, Callable[[Context, Feed], bytes]] = {
    "feed.xml": render_atom,
    "feed.json": render_json_feed,
}
"""The formats of feeds, by the name of the file beside the page of the papers."""


def build(context: Context) -> Iterator[Artifact]:
    """Build ``feed.xml`` and ``feed.json`` beside the page of each list of papers that grows."""
    if not has_feeds(context):
        return
    for papers in (list_all(context), *list_topics(context)):
        yield from _make_files(context, papers)


def _make_files(context: Context, papers: PaperList) -> Iterator[Artifact]:
    feed = make_feed(context, papers)
    key = partial(feed.hash, context)
    for name, render in FORMATS.items():
        yield LazyFile(f"{feed.url}{name}", key, partial(render, context, feed))
