"""Writes citations as COinS: OpenURL ContextObjects in HTML, which Zotero finds in lists.

Source: ANSI/NISO Z39.88-2004, the key/encoded-value format, with the matrices of journals and
books; https://en.wikipedia.org/wiki/COinS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote_plus

from papercatalog.outputs.citations.item import (
    CONFERENCE,
    JOURNAL,
    PREPRINT,
    THESIS,
    Item,
    arxiv_of,
    date_of,
)

_PLAIN = re.compile(r"[A-Za-z0-9 ,.:/_-]*")
"""What is encoded by writing blanks as plus signs; most values are, and `quote_plus` is slow."""
_FORMATS = {
    PREPRINT: ("journal", "preprint", "atitle", ""),
    JOURNAL: ("journal", "article", "atitle", "jtitle"),
    CONFERENCE: ("book", "proceeding", "atitle", "btitle"),
    THESIS: ("dissertation", "", "title", "inst"),
}
"""The matrix of each type of item, the genre in it, and the keys of title and venue."""


def render_coins(item: Item) -> str:
    """Write an item as a ContextObject: the ``title`` of a ``span``.

    Its values are URL-encoded, so it may stand in an attribute as it is: no character needs to be
    escaped for HTML, and each ``&`` is followed by a key and ``=``, which no entity is.

    ``rft.type`` of a preprint is no key of the matrix; resolvers pass over it, and Zotero saves a
    preprint by it instead of an article in a journal.
    """
    pairs = (f"{key}={_encode(value)}" for key, value in _pairs(item))
    return "&".join(pairs)


def _encode(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value.replace(" ", "+")
    return quote_plus(value, safe=":/,")


def _pairs(item: Item) -> Iterator[tuple[str, str]]:
    matrix, genre, title, venue = _FORMATS[item["type"]]
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{matrix}"
    if genre:
        yield "rft.genre", genre
    yield f"rft.{title}", item["title"]
    if venue:
        yield f"rft.{venue}", item["container-title"]
    for author in item.get("author", ()):
        yield "rft.au", author.get("literal") or f"{author['family']}, {author['given']}"
    yield "rft.date", "-".join(f"{part:02}" for part in date_of(item))
    if doi := item.get("DOI"):
        yield "rft_id", f"info:doi/{doi}"
    if arxiv := arxiv_of(item):
        yield "rft_id", f"info:arxiv/{arxiv}"
    if url := item.get("URL"):
        yield "rft_id", url
    if item["type"] == PREPRINT:
        yield "rft.type", "preprint"
