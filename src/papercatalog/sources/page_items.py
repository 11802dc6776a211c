"""Reads entries and rows that a catalog has exported with all facts: each is a page as it is.

The readers of BibTeX, RIS and CSL-JSON make the same item of CSL-JSON of such an entry, as
`papercatalog.outputs.citations.item` has made it of the page. A row of a dump has the page's own
keys, as `papercatalog.model.exported.build_row` writes them.

An entry or a row with the mark that is no valid page has been changed since: it is read as any
other is, and repaired.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from papercatalog.model.exported import PAGE_FORMAT, PAGE_MARK, split_list
from papercatalog.model.fields import Links
from papercatalog.model.name_parts import join_name
from papercatalog.model.paper import Paper, validate_paper
from papercatalog.sources.facts import list_of
from papercatalog.sources.raw_records import RawRecord

Item = Mapping[str, Any]
"""An item of CSL-JSON."""
_ARXIV = "arXiv:"


def read_page_item(line: int, item: Item) -> RawRecord | None:
    """Read an item with the mark; None for any other, and for one that is no valid page."""
    custom = item.get("custom")
    if not isinstance(custom, Mapping) or not has_mark(custom):
        return None
    return _read_page(line, dict(_page_values(item, custom)))


def has_mark(row: Mapping[str, Any]) -> bool:
    """Whether a mapping says that it holds a page as it is."""
    return str(row.get(PAGE_MARK)) == str(PAGE_FORMAT)


def read_page_row(line: int, row: Mapping[str, Any]) -> RawRecord | None:
    """Read a row with the mark; None for any other, and for one that is no valid page."""
    if not has_mark(row):
        return None
    given = {name: value for name, value in row.items() if name != PAGE_MARK}
    if isinstance(links := given.get("links"), Mapping):
        given["links"] = {name: value for name, value in links.items() if value is not None}
    return _read_page(line, {name: value for name, value in given.items() if not _is_empty(value)})


def _is_empty(value: object) -> bool:
    return value in (None, "", [], {})


def _read_page(line: int, values: dict[str, Any]) -> RawRecord | None:
    page = validate_paper(values, "", dict.fromkeys(values, line), line)
    if not isinstance(page, Paper):
        return None
    return RawRecord(line, page.title, page.abstract, page=page)


def _page_values(item: Item, custom: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Give what the item says by the keys of a page, with its id and abstract."""
    arxiv = item.get("archive_location") or str(item.get("number", "")).removeprefix(_ARXIV)
    address = item.get("URL")
    links = {name: custom.get(name) for name in Links.model_fields}
    if address != f"https://arxiv.org/abs/{arxiv}":
        links["paper"] = address
    given: dict[str, object] = {
        "id": item.get("id"),
        "title": item.get("title"),
        "abstract": item.get("abstract"),
        "date": custom.get("listed"),
        "authors": [_name(author) for author in list_of(item.get("author"))],
        "published": _published(item.get("issued")),
        "arxiv": arxiv,
        "doi": item.get("DOI"),
        "venue": item.get("container-title"),
        "keywords": split_list(str(item.get("keyword") or "")),
        "links": {name: value for name, value in links.items() if value},
        "votes": custom.get("votes"),
    }
    given |= {name: _split(custom.get(name)) for name in ("topics", "digests", "aliases")}
    return ((key, value) for key, value in given.items() if not _is_empty(value))


def _split(value: object) -> Sequence[object]:
    return split_list(value) if isinstance(value, str) else list_of(value)


def _name(author: object) -> object:
    if not isinstance(author, Mapping):
        return author
    if literal := author.get("literal"):
        return literal
    given, family, suffix = (str(author.get(key, "")) for key in ("given", "family", "suffix"))
    return join_name(given, family, suffix)


def _published(issued: object) -> str | None:
    """Give a whole day; a year and a month alone are those of the listing."""
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    match parts:
        case [[int(year), int(month), int(day)]]:
            return f"{year:04}-{month:02}-{day:02}"
    return None
