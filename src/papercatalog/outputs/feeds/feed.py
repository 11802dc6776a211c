"""Which papers a feed holds, and what it says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from papercatalog.model.paper import Paper
from papercatalog.outputs.context import Context
from papercatalog.outputs.feed_links import title_feed
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


def make_feed(context: Context, listed: PaperList, *, of_author: bool = False) -> Feed:
    """Make the feed of a list of papers of a catalog that has papers."""
    papers = (take_recent if of_author else take_newest)(listed.papers)
    return Feed(
        listed.url,
        title_feed(context, listed),
        papers,
        (papers or context.catalog.papers)[0].date,
        listed.title if of_author else "",
    )


def take_newest(papers: Sequence[Paper]) -> Sequence[Paper]:
    """Take the newest papers: `NEWEST` of them, and never less than the whole newest day."""
    newest_day = takewhile(lambda paper: paper.date == papers[0].date, papers)
    return papers[: max(NEWEST, sum(1 for _ in newest_day))]


def take_recent(papers: Sequence[Paper]) -> Sequence[Paper]:
    """Take the papers of the last `AUTHOR_DAYS`, at least `AUTHOR_NEWEST` papers."""
    span = dt.timedelta(days=AUTHOR_DAYS)
    recent = takewhile(lambda paper: papers[0].date - paper.date < span, papers)
    return papers[: max(AUTHOR_NEWEST, sum(1 for _ in recent))]
