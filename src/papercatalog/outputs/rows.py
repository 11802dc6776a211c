"""A paper's row in a list: what stands there beside the paper's own facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from papercatalog.model.paper import Paper
from papercatalog.outputs.context import Context
from papercatalog.outputs.paper_links import find_pdf
from papercatalog.runtime.hashing import hash_key
from papercatalog.text import plain_title

AUTHORS = 3
"""The authors that a row names; a fourth is named, too, where "1 more" would take its place."""


@dataclass(frozen=True)
class Row:
    """A paper as lists show it."""

    paper: Paper
    authors: tuple[tuple[str, str], ...]
    """The first authors as printed, with the address of their page; empty where there is none."""

    @property
    def more(self) -> int:
        """How many authors are not named."""
        return len(self.paper.authors) - len(self.authors)

    @property
    def title(self) -> str:
        """The title with readable formulas."""
        return plain_title(self.paper.title)

    @property
    def pdf(self) -> str:
        """The address of the PDF; empty where none is known."""
        return find_pdf(self.paper)

    @property
    def has_facts(self) -> bool:
        """Whether votes, links or topics are known."""
        paper = self.paper
        return bool(paper.votes or paper.links.code or self.pdf or paper.topics)

    @cached_property
    def key(self) -> bytes:
        """A hash of all that the row shows but the topics' titles."""
        return hash_key(self.paper.key, *(url for _, url in self.authors))


def list_rows(context: Context, papers: Iterable[Paper]) -> list[Row]:
    """Give the rows of papers, in their order."""
    people, authors = context.people, context.catalog.authors
    rows = []
    for paper in papers:
        named = paper.authors
        if len(named) > AUTHORS + 1:
            named = named[:AUTHORS]
        ids = authors.identify(paper)
        urls = (people[person].url if person in people else "" for person in ids)
        rows.append(Row(paper, tuple(zip(named, urls, strict=False))))
    return rows
