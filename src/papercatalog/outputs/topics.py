"""The tree of topics and one page a topic, split by year and by month where the list is long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from papercatalog.model.catalog import Catalog, split_by
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic
from papercatalog.outputs.artifacts import Artifact
from papercatalog.outputs.context import Context
from papercatalog.outputs.paper_lists import list_topic
from papercatalog.outputs.rows import list_rows
from papercatalog.outputs.templates import DESCRIPTION, MONTHS, make_page

LONG = 100
"""A list of more papers than this is split."""
LONG_YEAR = 300
"""A year of more papers than this is split; its page names papers by a line each."""
NEWEST = 20
"""How many papers a topic shows itself where its list is split."""


def build(context: Context) -> Iterator[Artifact]:
    """Build ``topics/index.md``, ``topics/SLUG.md`` and, where long, a page a year and a month."""
    catalog = context.catalog
    yield make_page(
        context,
        "topics",
        "topics/index.md",
        "Topics",
        f"All topics of {context.site.name}, with their papers.",
        topic_count=len(catalog.vocabulary.topics),
        paper_count=len(catalog.papers),
        branches=[
            (topic, len(catalog.by_topic[topic.slug]), count_children(catalog, topic))
            for topic in catalog.vocabulary.roots
        ],
    )
    for topic in catalog.vocabulary.topics:
        yield from _topic_pages(context, topic)


def count_children(catalog: Catalog, topic: Topic) -> list[tuple[Topic, int]]:
    """List the topics right below one, each with its number of papers."""
    children = catalog.vocabulary.children(topic.slug)
    return [(child, len(catalog.by_topic[child.slug])) for child in children]


def _topic_pages(context: Context, topic: Topic) -> Iterator[Artifact]:
    catalog = context.catalog
    listed = list_topic(catalog, topic)
    papers = listed.papers
    long = len(papers) > LONG
    years = split_by(papers, attrgetter("year"))
    source = f"topics/{topic.slug}.md"
    yield make_page(
        context,
        "topic",
        source,
        topic.title,
        context.render(topic.introduction).summary(DESCRIPTION),
        listed=listed,
        topic=topic,
        parent=catalog.vocabulary.by_slug[topic.parent] if topic.parent else None,
        children=count_children(catalog, topic),
        total=len(papers),
        years={} if long else {year: list_rows(context, found) for year, found in years.items()},
        newest=list_rows(context, papers[:NEWEST]) if long else (),
        periods=_periods(years, f"topics/{topic.slug}") if long else (),
        edit_url=context.site.edit_url(source),
    )
    if long:
        for year, found in years.items():
            yield from _year_pages(context, topic, year, found)


def _year_pages(
    context: Context, topic: Topic, year: int, papers: Sequence[Paper]
) -> Iterator[Artifact]:
    months = split_by(papers, attrgetter("month"))
    long = len(papers) > LONG_YEAR
    folder = f"topics/{topic.slug}/{year}"
    yield _period_page(
        context,
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
                context,
                topic,
                f"{folder}/{month:02}.md",
                f"{MONTHS[month - 1]} {year}",
                ((str(year), f"{folder}/"),),
                len(found),
                {"": found},
                (),
            )


def _period_page(
    context: Context,
    topic: Topic,
    path: str,
    period: str,
    trail: Sequence[tuple[str, str]],
    total: int,
    groups: dict[str, Sequence[Paper]],
    periods: Sequence[tuple[str, str, int]],
) -> Artifact:
    title = f"{topic.title}, {period}"
    return make_page(
        context,
        "topic_period",
        path,
        title,
        f"Papers on {topic.title} listed in {period}.",
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
