"""The lists of papers that readers follow and take away: all papers, topics, authors, days, saved
searches.

Feeds, exports and the links to them are made of these lists, so that each list offers the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from papercatalog.model.authors import Person
from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.model.searches import SavedSearch
from papercatalog.model.topics import Topic
from papercatalog.outputs.context import Context
from papercatalog.outputs.templates import day_url


@dataclass(frozen=True, slots=True)
class PaperList:
    """The papers of one page of the site."""

    url: str
    """The page's address, relative to the site, with its closing slash; empty for the home page."""
    title: str
    """What the list is of, plain text: a topic's title, a day written out."""
    papers: Sequence[Paper] = field(repr=False)
    """Newest first."""
    grows: bool = True
    """Whether new papers may come, so that readers may want to follow it."""


def list_all(context: Context) -> PaperList:
    """Give the list of all papers, which is the home page's."""
    return PaperList("", context.site.name, context.catalog.papers)


def list_topic(catalog: Catalog, topic: Topic) -> PaperList:
    """Give the list of a topic, its subtopics' papers included."""
    return PaperList(f"topics/{topic.slug}/", topic.title, catalog.by_topic[topic.slug])


def list_topics(context: Context) -> Iterator[PaperList]:
    """Give the list of each topic."""
    for topic in context.catalog.vocabulary.topics:
        yield list_topic(context.catalog, topic)


def list_day(context: Context, day: dt.date) -> PaperList:
    """Give the list of a day."""
    papers = context.catalog.by_day[day]
    return PaperList(day_url(day), context.words.day(day), papers, grows=False)


def list_person(person: Person) -> PaperList:
    """Give the list of a person."""
    return PaperList(person.url, person.name, person.papers)


def list_authors(context: Context) -> Iterator[PaperList]:
    """Give the list of each person with a page of their own, sorted by name."""
    return map(list_person, context.people.values())


def list_search(context: Context, saved: SavedSearch) -> PaperList:
    """Give the list of a saved search."""
    found = {paper.id for paper in context.search(saved.query)}
    papers = [paper for paper in context.catalog.papers if paper.id in found] if found else []
    return PaperList(saved.url, saved.title, papers)


def list_searches(context: Context) -> Iterator[PaperList]:
    """Give the list of each saved search, by title."""
    for saved in context.catalog.searches:
        yield list_search(context, saved)


def list_days(context: Context) -> Iterator[PaperList]:
    """Give the list of each day that has papers, newest first."""
    for day in context.catalog.by_day:
        yield list_day(context, day)


def list_papers(context: Context) -> Iterator[PaperList]:
    """Give all lists: of all papers, of topics, of authors, of saved searches, of days."""
    yield list_all(context)
    yield from list_topics(context)
    yield from list_authors(context)
    yield from list_searches(context)
    yield from list_days(context)
