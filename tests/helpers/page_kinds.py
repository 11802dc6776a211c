"""Which pages the browser tests look at. A new kind of page joins all of them here."""

from __future__ import annotations

PAPER = "papers/2025/actor-critics-can-achieve-optimal-sample-efficiency/"
KINDS = (
    "",
    "topics/",
    "topics/agents/",
    "dates/",
    "dates/2025/",
    "dates/2025/07/",
    "dates/2025/07/29/",
    PAPER,
    "authors/",
    "authors/w/",
    "contribute/",
    "data/",
    "reading-list/",
    "stats/",
    "subscribe/",
    "search/",
    "guide/",
    "guide/commands/",
    "guide/search/",
    "no/such/page/",
)
"""An address of the repository's site for each kind of page."""
