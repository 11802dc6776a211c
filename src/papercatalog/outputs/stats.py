"""Statistics of a catalog: papers, topics, code and authors over time, terms that rise and fall.

Each chart stands on ``stats/index.md`` with its numbers in a table; both are files, too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from papercatalog.model.catalog import Catalog, split_by
from papercatalog.model.topics import Topic
from papercatalog.outputs.artifacts import Artifact, FileArtifact
from papercatalog.outputs.charts import Chart, draw_bars, draw_shares, draw_small_shares
from papercatalog.outputs.context import Context
from papercatalog.outputs.spans import Span, choose_span
from papercatalog.outputs.templates import make_page
from papercatalog.outputs.term_trends import TermTrends, find_term_trends
from papercatalog.outputs.trending import has_votes
from papercatalog.outputs.trends import BEFORE, LEAST_BEFORE, RECENT
from papercatalog.words import Words

FOLDER = "stats/"
"""The address of the page, relative to the site."""
LEAST_SPANS = 3
"""The fewest months, quarters or years that make a chart."""
MOST_BARS = 240
"""The most bars of a chart: with more months, they are of quarters or years."""
MOST_POINTS = 40
"""The most points of a line."""
TOPICS = 12
"""How many top-level topics have a chart, the largest; the table has all."""
AUTHORS = 15
"""How many authors are named."""
_BINS = (1, 2, 3, 4, 9, 19, 49)
"""The largest numbers of papers of the bars of authors but the last."""


class Shares(NamedTuple):
    """Papers of one span of time."""

    label: str
    total: int
    code: int
    """Papers with code."""
    topics: tuple[int, ...]
    """Papers of each top-level topic, subtopics included."""

    def share(self, count: int) -> float | None:
        """Give a count's share of all; None where there is no paper."""
        return count / self.total if self.total else None


def build(context: Context) -> Iterator[Artifact]:
    """Build ``stats/index.md``, and the charts and tables as files beside it."""
    catalog = context.catalog
    charts: dict[str, Markup] = {}
    tables: dict[str, list[Sequence[object]]] = {}
    data: dict[str, Any] = {}
    if catalog.papers:
        data = _gather(context, charts, tables)
    yield make_page(
        context,
        "stats",
        f"{FOLDER}index.md",
        context.words.text("stats.title"),
        context.words.text("stats.description", site=context.site.name),
        total=len(catalog.papers),
        charts=charts,
        tables=tables,
        has_trending=has_votes(catalog),
        **data,
    )
    for name, chart in charts.items():
        if name in tables:
            yield FileArtifact(f"{FOLDER}{name}.svg", chart.encode())
    for name, rows in tables.items():
        yield FileArtifact(f"{FOLDER}{name}.csv", render_csv(rows))


def _gather(
    context: Context, charts: dict[str, Markup], tables: dict[str, list[Sequence[object]]]
) -> dict[str, Any]:
    """Gather what the template needs, and fill in charts and tables by name."""
    catalog, words = context.catalog, context.words
    newest, oldest = catalog.papers[0].date, catalog.papers[-1].date
    roots = sorted(catalog.vocabulary.roots, key=lambda topic: -len(catalog.by_topic[topic.slug]))
    bars, points = (choose_span(oldest, newest, most) for most in (MOST_BARS, MOST_POINTS))
    by_bar = [(row.label, row.total) for row in count_shares(catalog, bars, ())]
    rows = count_shares(catalog, points, roots)
    tables["papers"] = [(bars.name, "papers"), *by_bar]
    tables["code"] = [
        (points.name, "papers", "with code", "share"),
        *((row.label, row.total, row.code, _percent(row)) for row in rows),
    ]
    tables["topics"] = [
        (points.name, "papers", *(topic.slug for topic in roots)),
        *((row.label, row.total, *row.topics) for row in rows),
    ]
    if len(by_bar) >= LEAST_SPANS:
        charts["papers"] = _draw_papers(words, bars, by_bar)
    if len(rows) >= LEAST_SPANS:
        charts["code"] = _draw_code(words, points, rows)
        charts.update(_draw_topics(words, points, rows, roots[:TOPICS]))
    people = catalog.authors.count_papers()
    if people:
        tables["authors"] = [("papers", "authors"), *sorted(people.items())]
        charts["authors"] = _draw_authors(words, people)
    terms = find_term_trends(catalog)
    if terms:
        tables["terms"] = list(_list_terms(terms))
    return {
        "span": bars.name,
        "points": points.name,
        "code": sum(row.code for row in rows),
        "topics": [
            (
                topic,
                len(catalog.by_topic[topic.slug]),
                max(row.share(row.topics[place]) or 0 for row in rows),
            )
            for place, topic in enumerate(roots)
        ],
        "people_total": catalog.authors.total,
        "authors": sorted(
            ((person.name, person.url, len(person.papers)) for person in context.people.values()),
            key=lambda person: -person[2],
        )[:AUTHORS],
        "terms": terms,
        "code_rows": [(row.label, row.total, row.code, row.share(row.code)) for row in rows],
        "windows": (RECENT, BEFORE, LEAST_BEFORE),
    }


def count_shares(catalog: Catalog, span: Span, roots: Iterable[Topic]) -> list[Shares]:
    """Count the papers of each span, oldest first; spans between without papers are there, too."""
    parts = split_by(catalog.papers, span.number)
    by_root = [split_by(catalog.by_topic[topic.slug], span.number) for topic in roots]
    return [
        Shares(
            span.label(number),
            len(papers := parts.get(number, ())),
            sum(1 for paper in papers if paper.links.code),
            tuple(len(of_root.get(number, ())) for of_root in by_root),
        )
        for number in range(min(parts), max(parts) + 1)
    ]


def bin_authors(people: Mapping[int, int]) -> list[tuple[str, int]]:
    """Count authors by ranges of their numbers of papers.

    >>> bin_authors({1: 9, 2: 4, 7: 1})
    [('1', 9), ('2', 4), ('3', 0), ('4', 0), ('5–9', 1)]
    """
    bins = []
    for low, high in zip((0, *_BINS), (*_BINS, 0), strict=True):
        counts = [count for papers, count in people.items() if low < papers <= (high or papers)]
        if low and low >= max(people):
            break
        first = low + 1
        label = f"{first}+" if not high else f"{high}" if high == first else f"{first}–{high}"
        bins.append((label, sum(counts)))
    return bins


def render_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Write a table as RFC 4180 says. No text of a paper is in it but words of titles."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()


def _draw_papers(words: Words, span: Span, rows: Sequence[tuple[str, int]]) -> Markup:
    labels, counts = zip(*rows, strict=True)
    most = max(counts)
    name = words.text(f"stats.{span.name}")
    said = words.text(
        "stats.chart_papers",
        first=labels[0],
        last=labels[-1],
        least=min(counts),
        most=most,
        span=name,
        place=labels[counts.index(most)],
    )
    chart = Chart("papers", words.text("stats.papers_by", span=name), said)
    return draw_bars(chart, labels, counts, words)


def _draw_code(words: Words, span: Span, rows: Sequence[Shares]) -> Markup:
    shares = [row.share(row.code) for row in rows]
    title = words.text("stats.chart_code", span=words.text(f"stats.{span.name}"))
    chart = Chart("code", title, _describe(words, rows, shares))
    return draw_shares(chart, [row.label for row in rows], shares, words)


def _draw_topics(
    words: Words, span: Span, rows: Sequence[Shares], topics: Sequence[Topic]
) -> Iterator[tuple[str, Markup]]:
    """Draw a small chart a topic."""
    for place, topic in enumerate(topics):
        shares = [row.share(row.topics[place]) for row in rows]
        name = words.text(f"stats.{span.name}")
        title = words.text("stats.chart_topic", topic=topic.title, span=name)
        chart = Chart(f"topic-{topic.slug}", title, _describe(words, rows, shares))
        yield chart.name, draw_small_shares(chart, shares)


def _draw_authors(words: Words, people: Mapping[int, int]) -> Markup:
    labels, counts = zip(*bin_authors(people), strict=True)
    said = words.text(
        "stats.chart_authors",
        number=people.get(1, 0),
        authors=words.count(sum(people.values()), "author"),
        most=max(people),
    )
    return draw_bars(Chart("authors", words.text("stats.authors_by"), said), labels, counts, words)


def _percent(row: Shares) -> str:
    share = row.share(row.code)
    return "" if share is None else f"{share:.1%}"


def _describe(words: Words, rows: Sequence[Shares], shares: Sequence[float | None]) -> str:
    known = [share for share in shares if share is not None]
    return words.text(
        "stats.chart_shares",
        start=words.percent(shares[0] or 0),
        first=rows[0].label,
        end=words.percent(shares[-1] or 0),
        last=rows[-1].label,
        least=words.percent(min(known)),
        most=words.percent(max(known)),
    )


def _list_terms(terms: TermTrends) -> Iterator[Sequence[object]]:
    yield "term", f"of {terms.recent} recent papers", f"of {terms.before} papers before", "z"
    for one in (*terms.rising, *terms.falling):
        yield one.term, one.now, one.before, f"{one.z:.2f}"
