"""What a feed says of a paper."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from html import escape

from papercatalog.model.paper import Paper
from papercatalog.outputs.context import Context
from papercatalog.outputs.paper_links import find_pdf

MAX_NAMES = 5
"""The most authors that a note on a paper names."""

_NOT_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def strip_invalid(text: str) -> str:
    """Leave out what XML 1.0 cannot hold, by section 2.2 of its specification."""
    return _NOT_XML.sub("", text)


def format_time(day: dt.date) -> str:
    """Give the beginning of a day as RFC 3339 writes it."""
    return f"{day.isoformat()}T00:00:00Z"


def list_links(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield label and address of what is known of a paper elsewhere."""
    if pdf := find_pdf(paper):
        yield "PDF", pdf
    if paper.arxiv:
        yield f"arXiv {paper.arxiv}", f"https://arxiv.org/abs/{paper.arxiv}"
    if paper.doi:
        yield f"DOI {paper.doi}", f"https://doi.org/{paper.doi}"
    for name, label, address in paper.links.list_labelled():
        if name != "pdf":
            yield label, address


def render_content(context: Context, paper: Paper) -> str:
    """Render a paper's abstract and its links as HTML with whole addresses."""
    links = [(context.site.name, f"{context.site.url}{paper.url}"), *list_links(paper)]
    foot = " · ".join(
        f'<a href="{escape(address)}">{escape(label, quote=False)}</a>' for label, address in links
    )
    return f"{context.render(paper.abstract).html.strip()}<p>{foot}</p>"


def render_note(context: Context, paper: Paper) -> str:
    """Name a paper's authors and topics, as plain text."""
    names = list(paper.authors[:MAX_NAMES])
    if others := len(paper.authors) - len(names):
        names.append(f"{others} more")
    by_slug = context.catalog.vocabulary.by_slug
    topics = ", ".join(by_slug[slug].title for slug in paper.topics)
    return " · ".join(filter(None, (", ".join(names), topics)))


def render_fallback(context: Context, paper: Paper) -> str:
    """Give an abstract with formulas as plain text; empty for one without formulas.

    Many feed readers strip MathML from HTML, so that n² reads "n2".
    """
    abstract = context.render(paper.abstract)
    return abstract.plain if "<math" in abstract.html else ""
