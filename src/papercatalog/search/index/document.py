"""What the search engine takes in: papers and topics as plain values, of whatever catalog."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

RUN = 2_500
"""Papers that are read into arrays at once, at most."""


@dataclass(frozen=True, slots=True)
class Document:
    """One paper to be found."""

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


@dataclass(frozen=True, slots=True)
class SearchTopic:
    """One topic of the facets' tree."""

    slug: str
    title: str
    parent: str | None = None
    """The slug of the topic above it."""
