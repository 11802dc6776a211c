"""Writes citations as RIS, the tagged lines that reference managers exchange.

Source: https://en.wikipedia.org/wiki/RIS_(file_format)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from papercatalog.outputs.citations.item import (
    CONFERENCE,
    JOURNAL,
    PREPRINT,
    THESIS,
    Item,
    arxiv_of,
    date_of,
    join_list,
)

_TYPES = {PREPRINT: "UNPB", CONFERENCE: "CPAPER", JOURNAL: "JOUR", THESIS: "THES"}
DETAIL_TAGS = {
    "listed": "C1",
    "topics": "C2",
    "code": "C3",
    "project": "C4",
    "votes": "C5",
    "digests": "C6",
    "aliases": "C8",
    "pdf": "L1",
}
"""The tags of what a whole item has in ``custom``, by name; C1 to C8 are for users' own fields."""
_TAG_BEHIND = re.compile(r"\n+(?=\s*[A-Z][A-Z0-9]\s*[-–—‐‑])")
"""Line ends before what would be read as a tag."""


def render_ris(item: Item) -> str:
    """Write an item as a reference, with its line end."""
    lines = "".join(f"{tag}  - {value}\n" for tag, value in _lines(item))
    return f"{lines}ER  - \n"


def _lines(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[item["type"]]
    yield "ID", item["id"]
    yield "TI", item["title"]
    for author in item.get("author", ()):
        yield "AU", author.get("literal") or _name(author)
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
    return ", ".join(filter(None, (author["family"], author["given"], author.get("suffix"))))


def _details(item: Item) -> Iterator[tuple[str, str]]:
    if abstract := item.get("abstract"):
        yield "AB", _TAG_BEHIND.sub(" ", abstract)
    for keyword in item.get("keyword", "").split("; "):
        if keyword:
            yield "KW", keyword
    for name, value in item.get("custom", {}).items():
        yield DETAIL_TAGS[name], join_list(value) if isinstance(value, list) else str(value)
