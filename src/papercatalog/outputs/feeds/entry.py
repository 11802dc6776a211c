"""What a feed says of a paper."""

from __future__ import annotations

import datetime as dt
import re
from html import escape

from papercatalog.model.paper import Paper
from papercatalog.outputs.context import Context
from papercatalog.outputs.paper_links import find_pdf, list_identifiers, list_links

MAX_NAMES = 5
"""The most authors that a note on a paper names."""

_NOT_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def strip_invalid(text: str) -> str:
    """Leave out what XML 1.0 cannot hold, by section 2.2 of its specification."""
    return _NOT_XML.sub("", text)


def format_time(day: dt.date) -> str:
    """Give the beginning of a day as RFC 3339 writes it."""
    return f"{day.isoformat()}T00:00:00Z"


def find_external(paper: Paper) -> str:
    """Give the address of the paper itself elsewhere; empty if none is known."""
    identifiers = (address for _, address in list_identifiers(paper))
    return next(identifiers, paper.links.paper or find_pdf(paper))


def render_content(context: Context, paper: Paper) -> str:
    """Render a paper's abstract and its links as HTML with whole addresses."""
    links = [
        (context.site.name, f"{context.site.url}{paper.url}"),
        *list_links(context.words, paper),
    ]
    foot = " · ".join(
        f'<a href="{escape(address)}">{escape(label, quote=False)}</a>' for label, address in links
    )
    return f"{context.render(paper.abstract).html.strip()}<p>{foot}</p>"


def render_note(context: Context, paper: Paper) -> str:
    """Name a paper's authors and topics, as plain text."""
    names = list(paper.authors[:MAX_NAMES])
    if others := len(paper.authors) - len(names):
        names.append(context.words.text("follow.names_more", count=others))
    by_slug = context.catalog.vocabulary.by_slug
    topics = ", ".join(by_slug[slug].title for slug in paper.topics)
    return " · ".join(filter(None, (", ".join(names), topics)))


def render_fallback(context: Context, paper: Paper) -> str:
    """Give an abstract with formulas as plain text; empty for one without formulas.

    Many feed readers strip MathML from HTML, so that n² reads "n2".
    """
    abstract = context.render(paper.abstract)
    return abstract.plain if "<math" in abstract.html else ""
