"""Renders two papers side by side for a terminal, so that a person can compare them.

Every line starts with a bar, since GitHub runs a line that starts with ``::error::`` as a command.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from textwrap import wrap

from papercatalog.model.paper import Paper
from papercatalog.runtime.printing import printable
from papercatalog.text import plain_text

WIDTH = 46
"""Characters of one column; two columns with their bars fit into 97."""
ABSTRACT_LINES = 6
"""Lines of an abstract to show."""
MAX_AUTHORS = 5


def render_side_by_side(
    left: Paper, right: Paper, left_heading: str, right_heading: str
) -> Iterator[str]:
    """Write heading, title, authors, day, identifiers and the abstract's start in two columns."""
    for one, other in zip(_rows(left, left_heading), _rows(right, right_heading), strict=True):
        for row in zip_longest(one, other, fillvalue=""):
            yield f"| {row[0]:<{WIDTH}} | {row[1]}".rstrip()


def render_paper(paper: Paper, heading: str) -> Iterator[str]:
    """Write one paper in the same rows."""
    for row in _rows(paper, heading):
        yield from (f"| {line}" for line in row)


def _rows(paper: Paper, heading: str) -> Iterator[list[str]]:
    authors = ", ".join(paper.authors[:MAX_AUTHORS]) or "authors unknown"
    more = len(paper.authors) - MAX_AUTHORS
    ids = [f"arXiv {paper.arxiv}" if paper.arxiv else "", f"doi {paper.doi}" if paper.doi else ""]
    facts = ", ".join([f"listed {paper.date}", *filter(None, ids)])
    yield _wrap(heading)
    yield _wrap(paper.title)
    yield _wrap(f"{authors} and {more} more" if more > 0 else authors)
    yield _wrap(facts)
    yield _wrap(plain_text(paper.abstract))[:ABSTRACT_LINES]


def _wrap(text: str) -> list[str]:
    return wrap(printable(text), WIDTH) or [""]
