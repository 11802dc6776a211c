"""Reads CSL-JSON, the format of citation processors, as Zotero and others export it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from papercatalog.model.ids import parse_arxiv
from papercatalog.sources.decoding import UnreadableError
from papercatalog.sources.facts import find_facts, list_of
from papercatalog.sources.raw_records import Piece, RawRecord, Rejected
from papercatalog.text.jats import strip_markup

_ARXIV_FIELDS = ("number", "archive_location", "archive", "URL")


def day_of_parts(date: object) -> str | None:
    """Read a CSL date, ``{"date-parts": [[2024, 10, 10]]}``, as ISO text; None if not whole."""
    parts = date.get("date-parts") if isinstance(date, dict) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(first, list) or len(first) != 3:
        return None
    return "-".join(str(part).rjust(2, "0") for part in first)


def name_of_author(author: object) -> object:
    """Put a CSL name together as it is shown: given, particle, family, suffix."""
    if not isinstance(author, dict):
        return author
    keys = ("given", "dropping-particle", "non-dropping-particle", "family")
    name = " ".join(part for key in keys if isinstance(part := author.get(key), str) and part)
    suffix = author.get("suffix")
    if name and isinstance(suffix, str) and suffix:
        return f"{name}, {suffix}"
    return name or author.get("literal") or author.get("name")


def parse_csl(items: object) -> Iterator[Piece]:
    """Read a list of CSL items; one item by itself is read too.

    The published day is ``issued`` where it is a whole day. The arXiv id is looked for in the
    number, the archive and the address.

    Source: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
    """
    if isinstance(items, dict) and "title" in items:
        items = [items]
    if not isinstance(items, list):
        raise UnreadableError("is not CSL-JSON: a list of items is expected")
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            yield Rejected(number, f"item {number} is not an object with a title")
            continue
        facts = find_facts("csl", {key: _stripped(value) for key, value in item.items()}.get)
        facts["authors"] = tuple(map(name_of_author, list_of(facts.get("authors"))))
        facts["published"] = day_of_parts(facts.get("published"))
        facts["arxiv"] = _arxiv(item)
        yield RawRecord(
            line=number,
            title=_stripped(item.get("title")),
            abstract=_stripped(item.get("abstract")),
            facts=facts,
        )


def _stripped(value: object) -> object:
    return strip_markup(value) if isinstance(value, str) else value


def _arxiv(item: Mapping[str, object]) -> str | None:
    for key in _ARXIV_FIELDS:
        value = item.get(key)
        if isinstance(value, str) and (found := parse_arxiv(value)):
            return found.id
    return None
