"""Which papers a feed holds, and what it says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from papercatalog.model.paper import Paper
from papercatalog.outputs.context import Context
from papercatalog.outputs.paper_lists import PaperList
from papercatalog.runtime.hashing import hash_key

NEWEST = 50
"""How many papers a feed holds, or more where the newest day alone has more."""
AUTHOR_DAYS = 30
"""An author's feed holds the papers of so many days up to the newest.

So nobody misses a paper who looks once a month, and thousands of feeds stay small.
"""
AUTHOR_NEWEST = 3
"""An author's feed holds at least so many papers."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of a list of papers."""

    url: str
    """The address of the list's page, relative to the site."""
    title: str
    papers: Sequence[Paper] = field(repr=False)
    """Those of the list that the feed holds, newest first."""
    updated: dt.date
    """The day of the newest paper; of a list without papers the catalog's newest day."""
    author: str = ""
    """The author whose papers these are, if it is one author's; then abstracts stay out."""

    def hash(self, context: Context) -> bytes:
        """Hash all that the feed's files depend on."""
        keys = (paper.key for paper in self.papers)
        about = repr((self.url, self.title, self.updated, self.author, context.site))
        return hash_key(about, context.catalog.vocabulary_key, *keys)


def has_feeds(context: Context) -> bool:
    """Whether the site has feeds.

    Papers are known by whole addresses in feeds, so a site that does not know its own has none. A
    feed names the day on which it was updated, so a catalog without papers has none either.
    """
    return bool(context.site.url and context.catalog.papers)


def make_feed(context: Context, papers: PaperList) -> Feed:
    """Make the feed of a list of papers of a catalog that has papers."""
    newest = take_newest(papers.papers)
    updated = (newest or context.catalog.papers)[0].date
    return Feed(papers.url, title_feed(context, papers), newest, updated)


def make_author_feed(context: Context, papers: PaperList) -> Feed:
    """Make the feed of the list of an author's papers, which has some."""
    title, updated = title_feed(context, papers), papers.papers[0].date
    return Feed(papers.url, title, take_recent(papers.papers), updated, papers.title)


def title_feed(context: Context, papers: PaperList) -> str:
    """Give a feed's title: that of its list with the site's name."""
    site = context.site.name
    return f"{papers.title}, {site}" if papers.url else site


def take_newest(papers: Sequence[Paper]) -> Sequence[Paper]:
    """Take the newest papers: `NEWEST` of them, and never less than the whole newest day."""
    newest_day = takewhile(lambda paper: paper.date == papers[0].date, papers)
    return papers[: max(NEWEST, sum(1 for _ in newest_day))]


def take_recent(papers: Sequence[Paper]) -> Sequence[Paper]:
    """Take the papers of the last `AUTHOR_DAYS`, at least `AUTHOR_NEWEST` papers."""
    start = papers[0].date - dt.timedelta(days=AUTHOR_DAYS)
    recent = takewhile(lambda paper: paper.date > start, papers)
    return papers[: max(AUTHOR_NEWEST, sum(1 for _ in recent))]
