"""Reads items of CSL-JSON, the format of citation processors, as Zotero and others export it."""

from __future__ import annotations

from collections.abc import Mapping

from papercatalog.model.ids import find_arxiv, parse_arxiv
from papercatalog.sources.facts import find_facts, find_unused, list_of
from papercatalog.sources.names import name_of_parts
from papercatalog.sources.page_items import read_page_item
from papercatalog.sources.raw_records import RawRecord

_ARXIV_KEYS = (
    *("number", "archive_location", "archive", "URL", "note", "container-title", "DOI"),
    *("arxivId", "arxiv", "PMID"),
)
_MARKS = frozenset({"issued", "container-title", "citation-key", "DOI", "URL", "archive_location"})
"""Keys that only CSL-JSON has, in this spelling."""
_READ = frozenset({"id", "type", "title", "abstract", "author", "issued", "arxiv", "arxivId"})


def is_csl_item(item: Mapping[str, object]) -> bool:
    """Whether an object is CSL-JSON, and no row of a table."""
    authors = list_of(item.get("author"))
    named = any(isinstance(name, Mapping) and {"family", "literal"} & {*name} for name in authors)
    return "itemType" not in item and (named or not _MARKS.isdisjoint(item))


def parse_csl_item(number: int, item: Mapping[str, object], seen: set[str]) -> RawRecord:
    """Read an item.

    The published day is ``issued``. The arXiv id is looked for in the number, the archive, the
    address, the note and the journal.

    Source: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
    """
    if page := read_page_item(number, item):
        return page
    facts = find_facts("csl", item.get)
    facts["authors"] = [*map(name_of_author, list_of(facts.get("authors")))]
    facts["published"] = text_of_date(facts.get("published"))
    facts["arxiv"] = arxiv = _arxiv(item)
    told = {key for key in _ARXIV_KEYS if arxiv and arxiv in str(item.get(key))}
    told |= {key for key in _ARXIV_KEYS if str(item.get(key)).casefold() == "arxiv"}
    remarks = tuple(find_unused("csl", item, facts, _READ | told, seen))
    title = item.get("title")
    title = title[0] if isinstance(title, list) and title else title
    return RawRecord(number, title, item.get("abstract"), facts, remarks)


def text_of_date(date: object) -> object:
    """Give a CSL date as text: ``{"date-parts": [[2024, 10, 10]]}``, raw, EDTF, or a text alone.

    An incomplete date is given too, for the remark; of a range the first day.
    """
    if not isinstance(date, Mapping):
        return date
    parts = date.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if isinstance(first, list) and any(first):
        return "-".join(str(part).rjust(2, "0") for part in first if part)
    return date.get("raw") or date.get("edtf") or date.get("literal") or date.get("date-time")


def name_of_author(author: object) -> object:
    """Put a CSL name together as it is shown: given, particle, family, suffix."""
    return name_of_parts(author) if isinstance(author, Mapping) else author


def _arxiv(item: Mapping[str, object]) -> str | None:
    for key in _ARXIV_KEYS:
        value = item.get(key)
        lines = value.splitlines() if isinstance(value, str) else []
        for line in lines:
            found = parse_arxiv(line)
            if found or (key != "note" and (marked := find_arxiv(line))):
                return found.id if found else marked
    return None
