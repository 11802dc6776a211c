"""Reads a page's metadata as Zotero and Google Scholar do.

Zotero: the rules of its translator *Embedded Metadata*, in Python:
https://github.com/zotero/translators/blob/master/Embedded%20Metadata.js (2026-04-27) and, for Open
Graph and Dublin Core, those of its translator *RDF*. Scholar: the section "Indexing" of
https://scholar.google.com/intl/en/scholar/inclusion.html
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from html_pages import Html

_FIELDS = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_journal_title": "publicationTitle",
    "citation_conference_title": "conferenceName",
    "citation_dissertation_institution": "university",
    "citation_doi": "DOI",
}
_ITEM_TYPES = {
    "citation_journal_title": "journalArticle",
    "citation_conference_title": "conferencePaper",
    "citation_dissertation_institution": "thesis",
}
_RDF = {"og", "dc", "dcterms", "prism", "article", "book", "so", "eprints", "foaf"}
_OG_TYPES = {"book": "book", "website": "webpage"}
_ZOTERO_TYPES = {"preprint", "journalArticle", "conferencePaper", "thesis", "webpage"}


@dataclass
class ZoteroItem:
    """What Zotero would save of a page."""

    type: str = ""
    creators: list[tuple[str, str]] = field(default_factory=list)
    """Last and first name; the first is empty where a name has one part."""
    fields: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    pdf: str = ""


def list_metadata(page: Html) -> list[tuple[str, str, str]]:
    """Give ``name``, ``property`` and ``content`` of each ``meta`` that has a content."""
    return [
        (values.get("name", ""), values.get("property", ""), values["content"])
        for tag, values in page.elements
        if tag == "meta" and values.get("content")
    ]


def get_property(page: Html, name: str) -> str:
    """Give the one value of an Open Graph property; empty without one."""
    found = [content for _, names, content in list_metadata(page) if name in names.split()]
    assert len(found) <= 1, (name, found)
    return found[0] if found else ""


def read_json_ld(html: str) -> dict[str, Any]:
    """Parse the one JSON-LD script of a page, which ends at the first end tag as in browsers."""
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script', html, re.DOTALL)
    assert not re.search("[<>&\u2028\u2029]", script)
    found: dict[str, Any] = json.loads(script)
    return found


def read_as_zotero(page: Html) -> ZoteroItem:
    """Save a page as Zotero's connector does when its button is pressed."""
    item = ZoteroItem()
    rdf: dict[str, str] = {}
    by_name: dict[str, list[str]] = {}
    guess = ""
    for name, of_graph, content in list_metadata(page):
        if name:
            by_name.setdefault(name, []).append(content)
        for tag in (name or of_graph).split():
            prefix, _, rest = re.sub("[.:_]", ":", tag, count=1).partition(":")
            if prefix.lower() in _RDF:
                rdf.setdefault(f"{prefix.lower()}:{rest}", content)
            item.type = _ITEM_TYPES.get(tag, item.type)
            guess = "journalArticle" if tag == "citation_title" else guess
    if not item.type:
        own = rdf.get("dc:type", "") if rdf.get("dc:type") in _ZOTERO_TYPES else ""
        graph = _OG_TYPES.get(rdf.get("og:type", ""), "")
        item.type = graph or own or guess or ("webpage" if rdf else "")
    for name, key in _FIELDS.items():
        if name in by_name:
            item.fields[key] = " ".join(by_name[name][0].split())
    item.fields.setdefault("title", rdf.get("og:title") or page.title)
    item.creators = _read_creators(by_name.get("citation_author", []))
    for keywords in by_name.get("citation_keywords", []):
        item.tags += filter(None, map(str.strip, keywords.split(";")))
    item.pdf = by_name.get("citation_pdf_url", [""])[0]
    address = by_name.get("citation_abstract_html_url", [page.canonical])[0]
    item.fields["url"] = rdf.get("og:url") or address
    item.fields["abstractNote"] = rdf.get("og:description") or page.description
    return item


def _read_creators(authors: list[str]) -> list[tuple[str, str]]:
    """Read ``processHighwireCreators`` and ``ZU.cleanAuthor``."""
    creators: list[tuple[str, str]] = []
    previous = ""
    for author in authors:
        names = re.split(r"\s*;\s*", author)
        if len(names) == len(authors) == 1:
            parts = re.split(r"\s*,\s*", author)
            if len(parts) > 1 and " " in parts[0] and " " in parts[1]:
                names = parts
        for name in map(str.strip, names):
            if not re.search(r"[^\s,-.;]", name) or name == previous:
                continue
            previous = name
            last, comma, first = name.partition(",")
            if comma:
                creators.append((last.strip(), first.partition(",")[0].strip()))
            else:
                first, _, last = name.rpartition(" ")
                creators.append((last, first))
    return creators


def find_scholar_problems(page: Html) -> list[str]:
    """Name what Google Scholar would not index a page for, or would read wrongly."""
    values: dict[str, list[str]] = {}
    for name, _, content in list_metadata(page):
        if name.startswith("citation_"):
            values.setdefault(name, []).append(content)
    problems = []
    if not values:
        return ["no tags"]
    for name in ("citation_title", "citation_publication_date"):
        if len(values.get(name, [])) != 1:
            problems.append(f"{name} must stand once")
    if not values.get("citation_author"):
        problems.append("no citation_author")
    for author in values.get("citation_author", []):
        if re.search(r"[;\d]|\band\b|,.*,.*,", author):
            problems.append(f"no one person: {author}")
    for day in values.get("citation_publication_date", []):
        if not re.fullmatch(r"\d{4}(?:/\d\d?(?:/\d\d?)?)?", day):
            problems.append(f"no date: {day}")
    for name in ("citation_pdf_url", "citation_abstract_html_url"):
        for address in values.get(name, []):
            if not re.match("https?://", address):
                problems.append(f"{name} is no whole address: {address}")
    for name, contents in values.items():
        if any(not content.strip() or content != content.strip() for content in contents):
            problems.append(f"{name} is blank or padded")
        if name != "citation_author" and len(contents) > 1:
            problems.append(f"{name} stands {len(contents)} times")
    return problems
