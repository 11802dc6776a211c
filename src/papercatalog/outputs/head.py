"""The metadata in a page's ``head``, for citation managers, search engines and link previews.

Three vocabularies share tags where they say the same:

- Highwire Press tags (``citation_title``) for Zotero, Mendeley and Google Scholar:
  https://scholar.google.com/intl/en/scholar/inclusion.html
- Open Graph and Twitter cards: https://ogp.me. The theme's templates (``main.html``) add what does
  not depend on the page, and ``og:description`` to the description.
- schema.org's ``ScholarlyArticle`` as JSON-LD. Its relative address is resolved against the page's.

Zotero reads ``name`` and looks at ``property`` only where there is no ``name``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from papercatalog.model.paper import Paper
from papercatalog.outputs.context import Context
from papercatalog.outputs.feed_links import render_feed_links
from papercatalog.text import plain_title

if TYPE_CHECKING:
    from papercatalog.outputs.paper_lists import PaperList

_JOURNAL = re.compile(
    r"\b(?:Journal|Transactions|Letters|Annals|Magazine|Bulletin|JMLR|TMLR|TACL|PNAS|Nature"
    r"|Scientific Reports|Information Processing and Management)\b"
)
"""Words of a venue that is a journal."""
_CONFERENCE = re.compile(
    r"\b(?:Conference|Proceedings|Symposium|Workshop|Findings|Meeting)\b"
    r"|^[A-Z][A-Za-z]*[A-Z]{2,}[A-Za-z]*(?: [A-Z]{2})? (?:19|20)\d\d\b"
)
"""Words of a venue that is a conference, or an acronym and a year: ``NeurIPS 2025``, ``CoRL``."""
_IN_SCRIPT = str.maketrans(
    {sign: f"\\u{ord(sign):04x}" for sign in ("<", ">", "&", "\u2028", "\u2029")}
)


def render_head(context: Context, url: str, title: str, listed: PaperList | None = None) -> str:
    """Render the metadata of a page that is no paper's.

    Args:
        context: Knows the site's address.
        url: The page's address, relative to the site.
        title: The page's title, plain text.
        listed: The list of papers that the page is about, if it is about one.
    """
    tags = [
        _meta("og:title", title),
        '<meta property="og:type" content="website">',
        *_render_address(context, url),
        render_feed_links(context, url, listed) if listed else "",
    ]
    return "".join(tags)


def render_paper_head(context: Context, paper: Paper) -> str:
    """Render the metadata of a paper's page.

    Only what is known is written. Without an author there are no Highwire tags, so that citation
    managers save a web page instead of a paper without authors.
    """
    return "".join(
        (
            *(_render_citation(paper) if paper.authors else ()),
            _meta("og:title", plain_title(paper.title), "citation_title" if paper.authors else ""),
            '<meta property="og:type" content="article">',
            *_render_address(
                context, paper.url, "citation_abstract_html_url" if paper.authors else ""
            ),
            render_feed_links(context, paper.url),
            _render_json(describe_paper(paper)),
        )
    )


def find_pdf(paper: Paper) -> str:
    """Give the address of a paper's PDF: its own, else arXiv's; empty if neither is known."""
    arxiv = f"https://arxiv.org/pdf/{paper.arxiv}" if paper.arxiv else ""
    return paper.links.pdf or arxiv


def describe_paper(paper: Paper) -> dict[str, Any]:
    """Describe a paper in schema.org's words, as JSON-LD: https://schema.org/ScholarlyArticle."""
    pdf = find_pdf(paper)
    same = (_arxiv_url(paper), _doi_url(paper))
    values = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "url": "./",
        "headline": plain_title(paper.title),
        "author": [{"@type": "Person", "name": name} for name in paper.authors],
        "datePublished": str(paper.published or ""),
        "sameAs": [address for address in same if address],
        "isPartOf": paper.venue and {"@type": "CreativeWork", "name": paper.venue},
        "keywords": list(paper.keywords),
        "encoding": pdf and {"@type": "MediaObject", "contentUrl": pdf},
    }
    return {name: value for name, value in values.items() if value}


def _render_citation(paper: Paper) -> Iterator[str]:
    """Render the Highwire tags beside title and address, which Open Graph has, too."""
    facts = {
        "citation_publication_date": _date_of(paper),
        "citation_arxiv_id": paper.arxiv,
        "citation_doi": paper.doi,
        "citation_pdf_url": find_pdf(paper),
        "citation_keywords": "; ".join(paper.keywords),
    }
    if venue := paper.venue:
        if _JOURNAL.search(venue):
            facts["citation_journal_title"] = venue
        elif _CONFERENCE.search(venue):
            facts["citation_conference_title"] = venue
    for author in paper.authors:
        yield f'<meta name="citation_author" content="{_escape(author)}">'
    for name, value in facts.items():
        if value:
            yield f'<meta name="{name}" content="{_escape(value)}">'


def _date_of(paper: Paper) -> str:
    """Give the first known of the day of publication and the month in the arXiv id.

    The day that the catalog lists a paper is no date of the paper.
    """
    if paper.published:
        return f"{paper.published:%Y/%m/%d}"
    if not paper.arxiv:
        return ""
    year, month = re.findall(r"\d\d", paper.arxiv)[:2]
    return f"{'19' if year > '90' else '20'}{year}/{month}"


def _render_address(context: Context, url: str, name: str = "") -> Iterator[str]:
    """Render what needs the site's own address, which may be unknown."""
    if context.site.url:
        yield _meta("og:url", f"{context.site.url}{url}", name)


def _meta(of_graph: str, content: str, name: str = "") -> str:
    both = f'name="{name}" property="{of_graph}"' if name else f'property="{of_graph}"'
    return f'<meta {both} content="{_escape(content)}">'


def _render_json(value: object) -> str:
    """Render JSON so that nothing in it ends the script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT)
    return f'<script type="application/ld+json">{text}</script>'


def _arxiv_url(paper: Paper) -> str:
    return f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv else ""


def _doi_url(paper: Paper) -> str:
    return f"https://doi.org/{paper.doi}" if paper.doi else ""


def _escape(text: str) -> str:
    """Escape a text for an attribute in double quotes."""
    for sign, entity in (("&", "&amp;"), ('"', "&#34;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, entity)
    return text
