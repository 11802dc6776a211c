"""Writes citations as RIS, the tagged lines that reference managers exchange.

Source: https://en.wikipedia.org/wiki/RIS_(file_format)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from papercatalog.model.exported import PAGE_MARK, RIS_TAGS, join_list, split_list
from papercatalog.outputs.citations.item import (
    CONFERENCE,
    JOURNAL,
    PREPRINT,
    THESIS,
    Item,
    arxiv_of,
    date_of,
)

_TYPES = {PREPRINT: "UNPB", CONFERENCE: "CPAPER", JOURNAL: "JOUR", THESIS: "THES"}
_LIKE_TAG = re.compile(r"(?<=\n)(?= *[A-Z][A-Z0-9][ \u00a0]*(?:[-–—‐‑]|$))", re.MULTILINE)
"""The beginnings of lines that would be read as a tag, or as the reference's end."""


def render_ris(item: Item) -> str:
    """Write an item as a reference, with its line end."""
    lines = "".join(f"{tag}  - {value}\n" for tag, value in _lines(item))
    return f"{lines}ER  - \n"


def _lines(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[item["type"]]
    yield "ID", item["id"]
    yield "TI", item["title"]
    for author in item.get("author", ()):
        yield "AU", _name(author)
    year, month, *day = date_of(item)
    yield "PY", f"{year:04}"
    yield "DA", f"{year:04}/{month:02}/{day[0]:02}" if day else f"{year:04}/{month:02}//"
    if venue := item.get("container-title"):
        yield "T2", venue
    if arxiv := arxiv_of(item):
        yield "AN", f"arXiv:{arxiv}"
    if doi := item.get("DOI"):
        yield "DO", doi
    if url := item.get("URL"):
        yield "UR", url
    yield from _details(item)


def _name(author: dict[str, str]) -> str:
    """Write a name family first; in a name as it is, two commas stand for one, as in EndNote."""
    if literal := author.get("literal"):
        return literal.replace(",", ",,", 1)
    return ", ".join(filter(None, (author["family"], author["given"], author.get("suffix"))))


def _details(item: Item) -> Iterator[tuple[str, str]]:
    if abstract := item.get("abstract"):
        yield "AB", _LIKE_TAG.sub(" ", abstract)
    for keyword in split_list(item.get("keyword", "")):
        yield "KW", keyword
    for name, value in item.get("custom", {}).items():
        if name == PAGE_MARK:
            value = f"{name} {value}"
        yield RIS_TAGS[name], join_list(value) if isinstance(value, list) else str(value)
