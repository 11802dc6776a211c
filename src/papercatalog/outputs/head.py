"""The metadata in a page's ``head``, for citation managers, search engines and link previews.

Three vocabularies share tags where they say the same:

- Highwire Press tags (``citation_title``) for Zotero, Mendeley and Google Scholar:
  https://scholar.google.com/intl/en/scholar/inclusion.html
- Open Graph and Twitter cards: https://ogp.me. The theme's templates (``base.html``) add what does
  not depend on the page, and ``og:description`` to the description.
- schema.org's ``ScholarlyArticle`` as JSON-LD. Its relative address is resolved against the page's.

Zotero reads ``name`` and looks at ``property`` only where there is no ``name``. What has an arXiv
id and no venue is a preprint to it by ``DC.type``, where it would guess a journal's article.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from papercatalog.model.paper import Paper
from papercatalog.outputs.citations.item import (
    CONFERENCE,
    JOURNAL,
    PREPRINT,
    THESIS,
    build_item,
    date_of,
)
from papercatalog.outputs.context import Context
from papercatalog.outputs.drawing import HEIGHT, WIDTH
from papercatalog.outputs.feed_links import render_feed_links
from papercatalog.outputs.paper_links import find_pdf, list_identifiers
from papercatalog.outputs.pictures import find_picture
from papercatalog.text import plain_title

if TYPE_CHECKING:
    from papercatalog.outputs.paper_lists import PaperList

_VENUE_TAGS = {
    CONFERENCE: "citation_conference_title",
    JOURNAL: "citation_journal_title",
    THESIS: "citation_dissertation_institution",
}
_PICTURE_SIZE = "".join(
    f'<meta property="og:image:{side}" content="{pixels}">'
    for side, pixels in (("width", WIDTH), ("height", HEIGHT))
)
"""Papers' pages are many and leave the size out: what shows a preview finds it in the picture."""
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
        *_render_address(context, url, [url.split("/")[1]] if url.startswith("topics/") else ()),
        _PICTURE_SIZE if context.site.url else "",
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
                context,
                paper.url,
                paper.topics,
                "citation_abstract_html_url" if paper.authors else "",
            ),
            render_feed_links(context, paper.url),
            _render_json(describe_paper(paper)),
        )
    )


def describe_paper(paper: Paper) -> dict[str, Any]:
    """Describe a paper in schema.org's words, as JSON-LD: https://schema.org/ScholarlyArticle."""
    pdf = find_pdf(paper)
    same = [address for _, address in list_identifiers(paper)]
    values = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "url": "./",
        "headline": plain_title(paper.title),
        "author": [{"@type": "Person", "name": name} for name in paper.authors],
        "datePublished": str(paper.published or ""),
        "sameAs": same[0] if len(same) == 1 else same,
        "isPartOf": paper.venue and {"@type": "CreativeWork", "name": paper.venue},
        "keywords": list(paper.keywords),
        "encoding": pdf and {"contentUrl": pdf},
    }
    return {name: value for name, value in values.items() if value}


def _render_citation(paper: Paper) -> Iterator[str]:
    """Render the Highwire tags beside title and address, which Open Graph has, too."""
    item = build_item(paper)
    for author in item["author"]:
        yield _name("citation_author", ", ".join(author.values()))
    yield _name("citation_publication_date", "/".join(f"{part:02}" for part in date_of(item)))
    facts = {
        "citation_arxiv_id": paper.arxiv,
        "citation_doi": paper.doi,
        "citation_pdf_url": find_pdf(paper),
        "citation_keywords": "; ".join(paper.keywords),
        _VENUE_TAGS.get(item["type"], ""): paper.venue,
        "DC.type": "preprint" if item["type"] == PREPRINT and paper.arxiv else "",
    }
    for name, value in facts.items():
        if name and value:
            yield _name(name, value)


def _render_address(
    context: Context, url: str, topics: Sequence[str], name: str = ""
) -> Iterator[str]:
    """Render what needs the site's own address, which may be unknown: address and picture."""
    site = context.site
    if site.url:
        picture, title = find_picture(context.catalog.vocabulary, topics)
        yield _meta("og:url", f"{site.url}{url}", name)
        yield _meta("og:image", f"{site.url}{picture}")
        yield _meta("og:image:alt", title or site.name)


def _name(name: str, content: str) -> str:
    return content.strip() and f'<meta name="{name}" content="{_escape(content)}">'


def _meta(of_graph: str, content: str, name: str = "") -> str:
    both = f'name="{name}" property="{of_graph}"' if name else f'property="{of_graph}"'
    return f'<meta {both} content="{_escape(content)}">'


def _render_json(value: object) -> str:
    """Render JSON so that nothing in it ends the script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT)
    return f'<script type="application/ld+json">{text}</script>'


def _escape(text: str) -> str:
    """Escape a text for an attribute in double quotes."""
    for sign, entity in (("&", "&amp;"), ('"', "&#34;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, entity)
    return text
