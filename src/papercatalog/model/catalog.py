"""The catalog: all papers and topics, read-only."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TypeVar

from papercatalog.model.author_files import AuthorFile
from papercatalog.model.authors import Authors
from papercatalog.model.paper import Paper
from papercatalog.model.searches import SavedSearch
from papercatalog.model.topics import Vocabulary
from papercatalog.runtime.hashing import hash_key

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Catalog:
    """A catalog's papers and topics. It is a value: nothing changes it or is added to it."""

    papers: tuple[Paper, ...]
    """Sorted by day, newest first; within a day by votes, most first, then by id.

    Papers without known votes stand last of their day."""
    vocabulary: Vocabulary
    author_files: tuple[AuthorFile, ...] = ()
    """What curators say of authors."""
    searches: tuple[SavedSearch, ...] = ()
    """Saved searches, by title."""
    topics_introduction: str = ""
    """The introduction of the page of all topics, Markdown."""

    @cached_property
    def vocabulary_key(self) -> bytes:
        """Hashes all topics."""
        return hash_key(*map(repr, self.vocabulary.topics))

    @cached_property
    def key(self) -> bytes:
        """Hashes all papers, topics, what curators say of authors, and saved searches."""
        others = "\n".join(map(repr, (*self.author_files, *self.searches)))
        return hash_key(self.vocabulary_key, others, *(paper.key for paper in self.papers))

    @cached_property
    def authors(self) -> Authors:
        """The people who wrote the papers."""
        return Authors(self.papers, self.author_files)

    @cached_property
    def by_id(self) -> Mapping[str, Paper]:
        """Each paper by its id; former ids are not among them."""
        return {paper.id: paper for paper in self.papers}

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Paper, ...]]:
        """The papers of each topic and of the topics below it, newest first."""
        found: dict[str, list[Paper]] = {topic.slug: [] for topic in self.vocabulary.topics}
        known: dict[tuple[str, ...], list[list[Paper]]] = {}
        for paper in self.papers:
            lists = known.get(paper.topics)
            if lists is None:
                families = (self.vocabulary.family(slug) for slug in paper.topics)
                slugs = dict.fromkeys(slug for family in families for slug in family)
                lists = known[paper.topics] = [found[slug] for slug in slugs]
            for papers in lists:
                papers.append(paper)
        return {slug: tuple(papers) for slug, papers in found.items()}

    @cached_property
    def by_day(self) -> Mapping[dt.date, tuple[Paper, ...]]:
        """The papers of each day, newest day first."""
        days = groupby(self.papers, key=lambda paper: paper.date)
        return {day: tuple(papers) for day, papers in days}

    def with_papers(self, papers: Iterable[Paper]) -> Catalog:
        """Give the catalog with other papers in place of its own."""
        return replace(self, papers=_sort(papers))


def split_by(papers: Sequence[Paper], part: Callable[[dt.date], T]) -> dict[T, Sequence[Paper]]:
    """Cut papers, in the catalog's order, where a part of their days, such as the year, changes."""
    found: dict[T, Sequence[Paper]] = {}
    start = 0
    while start < len(papers):
        this = part(papers[start].date)
        end = bisect_left(papers, True, start, key=lambda paper: part(paper.date) != this)
        found[this] = papers[start:end]
        start = end
    return found


def build_catalog(
    papers: Iterable[Paper],
    vocabulary: Vocabulary,
    author_files: Iterable[AuthorFile] = (),
    searches: Iterable[SavedSearch] = (),
    topics_introduction: str = "",
) -> Catalog:
    """Put papers and saved searches into the catalog's order."""
    by_title = sorted(searches, key=lambda saved: (saved.title.casefold(), saved.slug))
    return Catalog(
        _sort(papers),
        vocabulary,
        tuple(author_files),
        tuple(by_title),
        topics_introduction,
    )


def _sort(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    ordered = sorted(papers, key=lambda paper: paper.id)
    ordered.sort(key=lambda paper: -1 if paper.votes is None else paper.votes, reverse=True)
    ordered.sort(key=lambda paper: paper.date, reverse=True)
    return tuple(ordered)
