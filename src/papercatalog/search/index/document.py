"""The input of the search index: papers and topics as plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

SEGMENT_PAPERS = 250
"""Papers of a segment at most. An edit indexes one segment again, at 0.4 ms a paper."""


@dataclass(frozen=True, slots=True)
class Document:
    """A paper to index."""

    id: str
    url: str
    """Relative to the site's root: ``papers/2025/x/``."""
    title: str
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    """Slugs, the most specific first."""
    abstract: str
    """Plain text."""
    date: dt.date
    votes: int | None = None
    code: bool = False
    """Whether the paper's code is public."""
    arxiv: str | None = None
    doi: str | None = None
    gist: str = ""
    """The abstract's most telling sentence, for the card; if empty, the abstract is taken."""


@dataclass(frozen=True, slots=True)
class SearchTopic:
    """A topic to index."""

    slug: str
    title: str
    parent: str | None = None
    """The slug of the topic above it."""


def order_topics(topics: Iterable[SearchTopic]) -> list[SearchTopic]:
    """Sort topics by slug, as the manifest lists them; cards name a topic by its index there."""
    return sorted(topics, key=lambda topic: topic.slug)
