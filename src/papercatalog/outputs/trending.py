"""Trending papers of the last week, month and year, and of all time.

Old papers have had more time to collect votes than new ones, and a catalog's readers grow in
number, so that votes are compared with those of papers of the same age: a paper's score is its
votes divided by the mean votes of the papers listed within `NEAR` days of it. Citations of papers
of different years are compared in the same way: https://arxiv.org/abs/0806.0974 (Radicchi,
Fortunato, Castellano 2008). The newest listed day ends all periods; the clock is not asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from heapq import nsmallest
from typing import NamedTuple

from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.outputs.artifacts import Artifact
from papercatalog.outputs.context import Context
from papercatalog.outputs.rows import list_rows
from papercatalog.outputs.templates import make_page

FOLDER = "trending/"
"""The address of the week's page, relative to the site."""
NEAR = 3
"""A paper's votes are compared with those of papers listed at most so many days apart from it."""
MOST = 25
"""How many papers a page shows."""


class Period(NamedTuple):
    """A period that ends with the newest listed day."""

    name: str
    url: str
    """The address of its page, relative to the site."""
    days: int
    """0 for all time."""


PERIODS = (
    Period("week", FOLDER, 7),
    Period("month", f"{FOLDER}month/", 30),
    Period("year", f"{FOLDER}year/", 365),
    Period("all", f"{FOLDER}all/", 0),
)
"""From the shortest to the longest."""


def build(context: Context) -> Iterator[Artifact]:
    """Build ``trending/index.md``, ``trending/month/index.md`` and so on.

    There is none without votes. A longer period has a page where it has more papers with votes
    than the one before.
    """
    catalog, words = context.catalog, context.words
    found = find_periods(catalog)
    score = score_papers(catalog) if found else None
    for period, papers in found:
        assert score  # noqa: S101, there is one where there are periods
        best = rank_papers(papers, score)
        yield make_page(
            context,
            "trending",
            f"{period.url}index.md",
            words.text(f"trending.title_{period.name}"),
            words.text(f"trending.description_{period.name}"),
            periods=[(one.name, words.text(f"trending.{one.name}"), one.url) for one, _ in found],
            period=period.name,
            near=NEAR,
            newest=catalog.papers[0].date,
            first=max(_find_start(catalog, period), catalog.papers[-1].date),
            total=len(papers),
            papers=list_rows(context, best),
        )


def list_urls(context: Context) -> Iterator[str]:
    """Give the address of every page of trending papers, relative to the site."""
    return (period.url for period, _ in find_periods(context.catalog))


def has_votes(catalog: Catalog) -> bool:
    """Whether there are pages of trending papers."""
    return any(paper.votes for paper in catalog.papers)


def find_periods(catalog: Catalog) -> list[tuple[Period, Sequence[Paper]]]:
    """Find the periods that have a page, with their papers that have votes, newest first."""
    if not has_votes(catalog):
        return []
    found: list[tuple[Period, Sequence[Paper]]] = []
    for period in PERIODS:
        start = _find_start(catalog, period)
        papers = [paper for paper in catalog.papers if paper.votes and paper.date >= start]
        if not found or len(papers) > len(found[-1][1]):
            found.append((period, papers))
    return found


def score_papers(catalog: Catalog) -> Callable[[Paper], float]:
    """Give the function that scores a paper with votes."""
    votes: dict[int, tuple[int, int]] = {}
    for day, papers in catalog.by_day.items():
        known = [paper.votes for paper in papers if paper.votes is not None]
        votes[day.toordinal()] = sum(known), len(known)
    means: dict[dt.date, float] = {}
    for day in catalog.by_day:
        number = day.toordinal()
        near = [votes.get(other, (0, 0)) for other in range(number - NEAR, number + NEAR + 1)]
        total, count = (sum(part) for part in zip(*near, strict=True))
        means[day] = total / count if count else 0.0
    return lambda paper: (paper.votes or 0) / means[paper.date]


def rank_papers(papers: Sequence[Paper], score: Callable[[Paper], float]) -> list[Paper]:
    """Give the `MOST` papers with the highest scores; of equals the one with more votes first."""

    def order(paper: Paper) -> tuple[float, int, int, str]:
        return -score(paper), -(paper.votes or 0), -paper.date.toordinal(), paper.id

    return nsmallest(MOST, papers, key=order)


def _find_start(catalog: Catalog, period: Period) -> dt.date:
    """Find the first day of a period."""
    newest = catalog.papers[0].date.toordinal()
    return dt.date.fromordinal(max(newest - period.days + 1, 1)) if period.days else dt.date.min
