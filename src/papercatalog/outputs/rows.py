"""A paper's row in a list.

Rows are the most of a site's markup, so that Python writes them: a template takes eight times as
long. They have no end tags that HTML does not ask for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import NamedTuple

from papercatalog.model.paper import Paper
from papercatalog.outputs.context import Context
from papercatalog.outputs.paper_links import find_pdf
from papercatalog.runtime.hashing import hash_key
from papercatalog.text import plain_title, render_direction

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

    @cached_property
    def key(self) -> bytes:
        """A hash of all that the row shows but the topics' titles."""
        return hash_key(self.paper.key, *(url for _, url in self.authors))


class RowParts(NamedTuple):
    """The parts of a row that are the same in all lists, as HTML."""

    opening: str
    """The item's start tag."""
    heading: str
    """What the heading holds."""
    authors: str
    facts: tuple[str, ...]
    """Votes, links and topics."""
    gist: str

    def join(self, level: int, coins: str = "", date: str = "") -> str:
        """Put the row together under headings of a level; COinS and a date may be given."""
        facts = " · ".join((*self.facts, date) if date else self.facts)
        if facts:
            facts = f'<p class="pc-facts">{facts}'
        heading = f"<h{level}>{self.heading}</h{level}>"
        return f"{self.opening}{heading}{coins}{self.authors}{facts}{self.gist}\n"


def render_parts(context: Context, row: Row, root: str) -> RowParts:
    """Render a row; ``root`` leads from the page to the site's root."""
    paper = row.paper
    vocabulary = context.catalog.vocabulary.by_slug
    code, words = paper.links.code, context.words
    votes = f' data-votes="{paper.votes}"' if paper.votes is not None else ""
    title = plain_title(paper.title)
    names = ", ".join(
        f'<a href="{root}{url}">{escape(name)}</a>' if url else escape(name)
        for name, url in row.authors
    )
    facts = [_link(root, f"topics/{slug}/", vocabulary[slug].title) for slug in paper.topics]
    if pdf := find_pdf(paper):
        facts.insert(0, _link("", pdf, "PDF"))
    if code:
        facts.insert(0, _link("", code, words.text("lists.code")))
    if paper.votes:
        facts.insert(0, words.count(paper.votes, "vote"))
    gist = context.find_gist(paper)
    more = words.count(row.more, "authors_more") if row.more else ""
    return RowParts(
        f'<li class="pc-row"{votes}{" data-code" if code else ""}>',
        f'<a href="{root}{paper.url}"{render_direction(title)}>{escape(title)}</a>',
        f'<p class="pc-authors">{names}{more}' if names else "",
        tuple(facts),
        f'<p class="pc-gist"{render_direction(gist)}>{escape(gist)}',
    )


def _link(root: str, address: str, label: str) -> str:
    return f'<a href="{root}{escape(address)}">{escape(label)}</a>'


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
