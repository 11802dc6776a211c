"""The tree of topics, a page a topic and, where it has many papers, pages of its years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from papercatalog.model.catalog import Catalog, split_by
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic
from papercatalog.outputs.artifacts import Artifact, page_url
from papercatalog.outputs.context import Context
from papercatalog.outputs.head import render_head
from papercatalog.outputs.paper_lists import list_topic
from papercatalog.outputs.rows import list_rows
from papercatalog.outputs.templates import (
    DESCRIPTION,
    make_lazy_page,
    make_page,
)

PAGE = 50
"""How many papers a page of a year has, and a topic's own page where it does not show all."""
MOST = 75
"""A topic's page shows so many papers at most, and a year's own page, too."""


def build(context: Context) -> Iterator[Artifact]:
    """Build ``topics/index.md``, ``topics/SLUG.md`` and, where long, the pages of each year.

    ``topics/SLUG/2025/index.md`` has the year's newest papers, 26 to 75 where it has more than 75,
    and ``topics/SLUG/2025/1.md``, ``2.md`` and so on have 50 each, counted from the oldest, so that
    new papers change only the year's own page.
    """
    catalog, words = context.catalog, context.words
    yield make_page(
        context,
        "topics",
        "topics/index.md",
        words.text("topics.title"),
        words.text("topics.description", site=context.site.name),
        introduction=catalog.topics_introduction,
        topic_count=len(catalog.vocabulary.topics),
        paper_count=len(catalog.papers),
        searches=[(saved.title, saved.url) for saved in catalog.searches],
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


def list_urls(context: Context) -> Iterator[str]:
    """Give the address of every page of a topic and its years, relative to the site."""
    for topic in context.catalog.vocabulary.topics:
        yield f"topics/{topic.slug}/"
        for year, papers in _list_years(context.catalog, topic).items():
            folder = f"topics/{topic.slug}/{year}/"
            yield folder
            yield from (f"{folder}{number}/" for number in range(1, len(split_year(papers))))


def _list_years(catalog: Catalog, topic: Topic) -> Mapping[int, Sequence[Paper]]:
    """Split the papers of a topic by year; none where its own page shows all."""
    papers = catalog.by_topic[topic.slug]
    return split_by(papers, attrgetter("year")) if len(papers) > MOST else {}


def _topic_pages(context: Context, topic: Topic) -> Iterator[Artifact]:
    catalog = context.catalog
    listed = list_topic(catalog, topic)
    papers = listed.papers
    years = _list_years(catalog, topic)
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
        parent_total=len(catalog.by_topic[topic.parent]) if topic.parent else 0,
        children=count_children(catalog, topic),
        total=len(papers),
        papers=list_rows(context, papers[:PAGE] if years else papers),
        periods=_list_periods(topic, years),
        edit_url=context.site.edit_url(source),
    )
    for year, found in years.items():
        yield from _year_pages(context, topic, year, found)


def _year_pages(
    context: Context, topic: Topic, year: int, papers: Sequence[Paper]
) -> Iterator[Artifact]:
    parts, words = split_year(papers), context.words
    folder = f"topics/{topic.slug}/{year}"
    names = ["", *(f"{number}/" for number in range(len(parts) - 1, 0, -1))]
    periods = [words.days(part[-1].date, part[0].date) for part in parts[1:]]
    labels = [words.text("topics.newest_of", year=str(year)), *periods]
    steps = [(label, f"{folder}/{name}") for label, name in zip(labels, names, strict=True)]
    for place, (part, name) in enumerate(zip(parts, names, strict=True)):
        path = f"{folder}/{name.rstrip('/') or 'index'}.md"
        days = labels[place] if name else str(year)
        title = f"{topic.title}, {days}"
        yield make_lazy_page(
            context,
            "topic_period",
            path,
            title,
            partial(words.text, "topics.of_days", topic=topic.title, days=days),
            partial(
                _gather,
                context,
                topic,
                year,
                part,
                0 if name else len(papers),
                steps[place + 1] if place + 1 < len(steps) else None,
                steps[place - 1] if place else None,
            ),
            partial(render_head, context, page_url(path), title),
        )


def _gather(
    context: Context,
    topic: Topic,
    year: int,
    papers: Sequence[Paper],
    total: int,
    older: tuple[str, str] | None,
    newer: tuple[str, str] | None,
) -> Mapping[str, Any]:
    """Gather a page; ``total`` is 0 where the page shall stay when papers are added to the year."""
    return {
        "topic": topic,
        "year": year,
        "papers": list_rows(context, papers),
        "total": total,
        "older": older,
        "newer": newer,
        "periods": _list_periods(topic, _list_years(context.catalog, topic)) if total else (),
    }


def split_year(papers: Sequence[Paper]) -> list[Sequence[Paper]]:
    """Split a year's papers, newest first: its own page's, then `PAGE` each.

    >>> [len(part) for part in split_year(range(226))], [len(part) for part in split_year([1])]
    ([26, 50, 50, 50, 50], [1])
    """
    full = max(0, len(papers) - MOST + PAGE - 1) // PAGE
    start = len(papers) - full * PAGE
    return [
        papers[:start],
        *(papers[at : at + PAGE] for at in range(start, len(papers), PAGE)),
    ]


def _list_periods(
    topic: Topic, years: Mapping[int, Sequence[Paper]]
) -> tuple[tuple[str, str, int], ...]:
    """Name each year with its address and its number of papers."""
    return tuple(
        (str(year), f"topics/{topic.slug}/{year}/", len(papers)) for year, papers in years.items()
    )
