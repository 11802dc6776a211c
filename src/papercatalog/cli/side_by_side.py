"""Shows two papers beside each other in a terminal, for a person to decide about.

Every line starts with a bar: a workflow would take a title such as ``::error::`` for a command.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from textwrap import wrap

from papercatalog.cli.printable import printable
from papercatalog.model.paper import Paper
from papercatalog.text import plain_text

WIDTH = 46
"""The characters of one column; two of them and what parts them fit into 96."""
FIRST_LINES = 6
"""How many lines of an abstract are shown."""
MOST_AUTHORS = 5


def render_side_by_side(
    left: Paper, right: Paper, left_head: str, right_head: str
) -> Iterator[str]:
    """Write both papers' title, authors, day, identifiers and first lines, row by row."""
    for one, other in zip(_rows(left, left_head), _rows(right, right_head), strict=True):
        for row in zip_longest(one, other, fillvalue=""):
            yield f"| {row[0]:<{WIDTH}} | {row[1]}".rstrip()


def render_paper(paper: Paper, head: str) -> Iterator[str]:
    """Write one paper alone, in the same rows."""
    for row in _rows(paper, head):
        yield from (f"| {line}" for line in row)


def _rows(paper: Paper, head: str) -> Iterator[list[str]]:
    authors = ", ".join(paper.authors[:MOST_AUTHORS]) or "authors not known"
    more = len(paper.authors) - MOST_AUTHORS
    named = [f"arXiv {paper.arxiv}" if paper.arxiv else "", f"doi {paper.doi}" if paper.doi else ""]
    facts = ", ".join([f"listed {paper.date}", *filter(None, named)])
    yield _wrap(head)
    yield _wrap(paper.title)
    yield _wrap(f"{authors} and {more} more" if more > 0 else authors)
    yield _wrap(facts)
    yield _wrap(plain_text(paper.abstract))[:FIRST_LINES]


def _wrap(text: str) -> list[str]:
    return wrap(printable(text), WIDTH) or [""]
