"""Topics that are rising: those with a larger share of the newest papers than of those before.

A topic rises where its share of the papers of the last `RECENT` days, up to the newest paper's, is
larger than its share of the `BEFORE` days before them by more than chance explains: a z-test of two
proportions with pooled variance gives at least `LEAST_Z`.
https://en.wikipedia.org/wiki/Two-proportion_Z-test
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic

RECENT = 30
"""Days whose papers are recent."""
BEFORE = 365
"""Days before those, with which they are compared."""
LEAST_BEFORE = 90
"""The fewest days that the papers before must reach back: a younger catalog has no trends."""
LEAST_PAPERS = 10
"""The fewest recent papers of a topic that can rise."""
LEAST_Z = 3.0
"""Chance alone gives a topic so large a z in one case of 740; a catalog has some 45 topics."""
MOST = 5
"""How many rising topics are named."""


class Rise(NamedTuple):
    """A rising topic with its shares of all papers, from 0 to 1."""

    topic: Topic
    share: float
    """Of the recent papers."""
    before: float
    """Of the papers before."""


class Periods(NamedTuple):
    """The periods whose papers are compared: the days after ``recent``, and those before them."""

    recent: dt.date
    """The last day of the period before."""
    start: dt.date
    """The day before the period before."""

    def split(self, papers: Sequence[Paper]) -> tuple[Sequence[Paper], Sequence[Paper]]:
        """Give the recent ones of papers, which are newest first, and those of the time before."""
        now = bisect_left(papers, True, key=lambda paper: paper.date <= self.recent)
        before = bisect_left(papers, True, now, key=lambda paper: paper.date <= self.start)
        return papers[:now], papers[now:before]


def find_periods(catalog: Catalog) -> Periods | None:
    """Find the periods to compare; None where the catalog is too young."""
    if not catalog.papers:
        return None
    newest, oldest = catalog.papers[0].date, catalog.papers[-1].date
    if (newest - oldest).days < RECENT + LEAST_BEFORE:
        return None
    recent = newest - dt.timedelta(days=RECENT)
    start = dt.date.fromordinal(max(recent.toordinal() - BEFORE, 1))
    return Periods(recent, start)


def find_rising(catalog: Catalog) -> list[Rise]:
    """Find the topics that are rising, the surest first; none where the catalog is too young."""
    periods = find_periods(catalog)
    if not periods:
        return []
    all_recent, all_before = map(len, periods.split(catalog.papers))
    found = []
    for topic in catalog.vocabulary.topics:
        now, before = map(len, periods.split(catalog.by_topic[topic.slug]))
        if now >= LEAST_PAPERS:
            z = compare_shares(now, all_recent, before, all_before)
            if z >= LEAST_Z:
                found.append((-z, topic.slug, now / all_recent, before / all_before))
    by_slug = catalog.vocabulary.by_slug
    return [Rise(by_slug[slug], now, before) for _, slug, now, before in sorted(found)[:MOST]]


def compare_shares(now: int, all_now: int, before: int, all_before: int) -> float:
    """Give the z of two proportions, positive where the first is larger; 0 without a comparison.

    >>> round(compare_shares(30, 100, 100, 1000), 2)
    5.91
    """
    if not all_now or not all_before:
        return 0.0
    pooled = (now + before) / (all_now + all_before)
    variance = pooled * (1 - pooled) * (1 / all_now + 1 / all_before)
    return (now / all_now - before / all_before) / sqrt(variance) if variance else 0.0
