"""The tree of topics and one page a topic, split by year and by month where the list is long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from papercatalog.model.catalog import Catalog, split_by
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic
from papercatalog.outputs.artifacts import Artifact
from papercatalog.outputs.site_info import Site
from papercatalog.outputs.templates import DESCRIPTION, MONTHS, render_page_body

LONG = 100
"""A list of more papers than this is split."""
LONG_YEAR = 300
"""A year of more papers than this is split; its page names papers by a line each."""
NEWEST = 20
"""How many papers a topic shows itself where its list is split."""


def build(catalog: Catalog, site: Site) -> Iterator[Artifact]:
    """Make ``topics/index.md``, ``topics/SLUG.md`` and, where long, a page a year and a month."""
    yield render_page_body(
        "topics",
        "topics/index.md",
        "Topics",
        f"All topics of {site.name}, with their papers",
        catalog=catalog,
    )
    for topic in catalog.vocabulary.topics:
        yield from _topic_pages(catalog, site, topic)


def _topic_pages(catalog: Catalog, site: Site, topic: Topic) -> Iterator[Artifact]:
    papers = catalog.by_topic[topic.slug]
    long = len(papers) > LONG
    years = split_by(papers, attrgetter("year"))
    source = f"topics/{topic.slug}.md"
    yield render_page_body(
        "topic",
        source,
        topic.title,
        catalog.render(topic.introduction).excerpt(DESCRIPTION),
        catalog=catalog,
        topic=topic,
        children=[
            (child, len(catalog.by_topic[child.slug]))
            for child in catalog.vocabulary.children(topic.slug)
        ],
        total=len(papers),
        years={} if long else years,
        newest=papers[:NEWEST] if long else (),
        periods=_periods(years, f"topics/{topic.slug}") if long else (),
        edit_url=site.edit_url(source),
    )
    if long:
        for year, found in years.items():
            yield from _year_pages(catalog, topic, year, found)


def _year_pages(
    catalog: Catalog, topic: Topic, year: int, papers: Sequence[Paper]
) -> Iterator[Artifact]:
    months = split_by(papers, attrgetter("month"))
    long = len(papers) > LONG_YEAR
    folder = f"topics/{topic.slug}/{year}"
    yield _period_page(
        catalog,
        topic,
        f"{folder}/index.md",
        str(year),
        (),
        len(papers),
        {} if long else {MONTHS[month - 1]: found for month, found in months.items()},
        _periods(months, folder) if long else (),
    )
    if long:
        for month, found in months.items():
            yield _period_page(
                catalog,
                topic,
                f"{folder}/{month:02}.md",
                f"{MONTHS[month - 1]} {year}",
                ((str(year), f"{folder}/"),),
                len(found),
                {"": found},
                (),
            )


def _period_page(
    catalog: Catalog,
    topic: Topic,
    path: str,
    period: str,
    trail: Sequence[tuple[str, str]],
    total: int,
    groups: dict[str, Sequence[Paper]],
    periods: Sequence[tuple[str, str, int]],
) -> Artifact:
    title = f"{topic.title}, {period}"
    return render_page_body(
        "topic_period",
        path,
        title,
        f"Papers on {topic.title} listed in {period}",
        catalog=catalog,
        topic=topic,
        trail_steps=list(trail),
        total=total,
        groups=groups,
        periods=periods,
    )


def _periods(found: Mapping[int, Sequence[Paper]], folder: str) -> tuple[tuple[str, str, int], ...]:
    """Name each year or month with its address and its number of papers."""
    return tuple(
        (
            str(number) if number > len(MONTHS) else MONTHS[number - 1],
            f"{folder}/{number:02}/",
            len(papers),
        )
        for number, papers in found.items()
    )
