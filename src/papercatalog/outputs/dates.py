"""The calendar: all years, a page a year, a month and a day that has papers."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.outputs.artifacts import Artifact
from papercatalog.outputs.context import Context
from papercatalog.outputs.paper_lists import list_day
from papercatalog.outputs.rows import list_rows
from papercatalog.outputs.templates import day_url, make_page, month_url, year_url
from papercatalog.outputs.topic_mix import mix_topics

T = TypeVar("T")

LONG_DAY = 20
"""A day of so many papers has a list of its largest topics at its head."""
JUMPS = 12
"""How many topics that list has: three lines on a desk."""
BARS = 366
"""Of so many days at most the calendar of all days has bars: a bar is 200 bytes of a page."""
LEVELS = 4
"""How many shades the calendar tells busy days apart by."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A square of the calendar."""

    day: dt.date
    count: int
    """How many papers the day lists."""
    level: int
    """Its shade: 0 without papers, else 1 to `LEVELS` by the count against the busiest day's."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month's calendar."""

    first: dt.date
    weeks: tuple[tuple[Cell | None, ...], ...]
    """Weeks from Monday to Sunday; None stands for a day of another month."""

    @property
    def busy(self) -> tuple[Cell, ...]:
        """The days that have papers, newest first."""
        cells = (cell for week in self.weeks for cell in week if cell and cell.count)
        return tuple(cells)[::-1]

    @property
    def total(self) -> int:
        """How many papers the month lists."""
        return sum(cell.count for cell in self.busy)


def build(context: Context) -> Iterator[Artifact]:
    """Build ``dates/index.md`` and the pages of the years, months and days below it."""
    days, words = context.catalog.by_day, context.words
    vocabulary = context.catalog.vocabulary
    months = _months(days)
    years = {
        year: list(found) for year, found in groupby(months, key=lambda month: month.first.year)
    }
    yield make_page(
        context,
        "dates",
        "dates/index.md",
        words.text("dates.title"),
        words.text("dates.description", site=context.site.name),
        years=years,
        total=len(context.catalog.papers),
        days=len(days),
        mix=mix_topics(vocabulary, days) if len(days) <= BARS else None,
    )
    for year, (older_year, newer_year) in _neighbours(list(years)).items():
        yield make_page(
            context,
            "year",
            f"dates/{year:04}/index.md",
            words.text("dates.of_period", period=str(year)),
            words.text("dates.of_period_by_day", period=str(year)),
            year=year,
            months=years[year],
            mix=mix_topics(vocabulary, select_days(days, years[year])),
            older=older_year,
            newer=newer_year,
        )
    for month, (older_month, newer_month) in _neighbours(months).items():
        period = words.month(month.first)
        yield make_page(
            context,
            "month",
            f"dates/{month.first:%Y/%m}/index.md",
            words.text("dates.of_period", period=period),
            words.text("dates.of_period_by_day", period=period),
            month=month,
            days=(listed_days := select_days(days, [month])),
            mix=mix_topics(vocabulary, listed_days),
            older=older_month,
            newer=newer_month,
        )
    for day, (older, newer) in _neighbours(list(days)).items():
        listed = list_day(context, day)
        yield make_page(
            context,
            "day",
            f"dates/{day:%Y/%m/%d}.md",
            words.text("dates.of_day", day=listed.title),
            words.text(
                "dates.of_day_counted",
                papers=words.count(len(listed.papers), "paper"),
                day=listed.title,
            ),
            listed=listed,
            day=day,
            papers=list_rows(context, listed.papers),
            topics=(topics := _count_topics(listed.papers)),
            marks=_mark_first(listed.papers, topics),
            older=older,
            newer=newer,
        )


def list_urls(context: Context) -> Iterator[str]:
    """Give the address of every page of a year, a month and a day, relative to the site."""
    for day in context.catalog.by_day:
        yield from (year_url(day), month_url(day), day_url(day))


def latest_months(catalog: Catalog, number: int) -> list[Month]:
    """Draw the newest months that have papers, newest first, shaded as in the whole calendar."""
    return _months(catalog.by_day)[:number]


def _months(days: Mapping[dt.date, Sequence[Paper]]) -> list[Month]:
    """Draw every month that has papers, newest first."""
    counts = {day: len(papers) for day, papers in days.items()}
    busiest = max(counts.values(), default=1)
    return [
        _month(first, counts, busiest)
        for first in dict.fromkeys(day.replace(day=1) for day in counts)
    ]


def select_days(
    days: Mapping[dt.date, Sequence[Paper]], months: Iterable[Month]
) -> dict[dt.date, Sequence[Paper]]:
    """Select the days of some months that have papers, newest first."""
    return {cell.day: days[cell.day] for month in months for cell in month.busy}


def _month(first: dt.date, counts: Mapping[dt.date, int], busiest: int) -> Month:
    weeks = tuple(
        tuple(_cell(day, counts, busiest) if day.month == first.month else None for day in week)
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    )
    return Month(first, weeks)


def _cell(day: dt.date, counts: Mapping[dt.date, int], busiest: int) -> Cell:
    count = counts.get(day, 0)
    return Cell(day, count, -(-count * LEVELS // busiest))


def _count_topics(papers: Sequence[Paper]) -> list[tuple[str, int]]:
    """Count the papers of the largest topics, most first; none where the list is short."""
    counts = Counter(slug for paper in papers for slug in paper.topics)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ordered[:JUMPS] if len(papers) >= LONG_DAY else []


def _mark_first(papers: Sequence[Paper], topics: Iterable[tuple[str, int]]) -> dict[str, list[str]]:
    """Give, by a paper's id, the topics of which it is the first."""
    marks: dict[str, list[str]] = {}
    for slug, _ in topics:
        first = next(paper.id for paper in papers if slug in paper.topics)
        marks.setdefault(first, []).append(slug)
    return marks


def _neighbours(items: Sequence[T]) -> dict[T, tuple[T | None, T | None]]:
    """Give each of the items, newest first, the older and the newer one beside it."""
    return dict(zip(items, zip([*items[1:], None], [None, *items], strict=False), strict=False))
