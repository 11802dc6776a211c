"""Reads a day of the Daily Papers API: a JSON list of items, each with a ``paper``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from papercatalog.sources.days import parse_day
from papercatalog.sources.decoding import UnreadableError, decode_json
from papercatalog.sources.facts import find_facts, find_unused, list_of
from papercatalog.sources.names import name_of_parts
from papercatalog.sources.raw_records import (
    NOT_ASKED,
    Piece,
    RawRecord,
    Rejected,
    build_parsed_source,
)
from papercatalog.sources.record import ParsedSource

_DAY_NAME = re.compile(r"(?:^|[/\\])(\d{4}-\d{2}-\d{2})\.json$")
_READ = frozenset({"title", "summary", "authors"})
_REMEDY = "name the file after it, such as 2025-07-29.json"


def parse_daily_papers(
    data: bytes, source: str, *, day: dt.date | None = None, first: int = 1
) -> ParsedSource:
    """Read one answer of ``/api/daily_papers``; items are numbered from `first`.

    The day is the one given, else the source's name (``2025-07-29.json``), else the item's own
    ``submittedOnDailyAt``. An item's ``publishedAt`` is no help: it is the moment of listing in
    older answers and of publication in newer ones. An item may
    have no day.

    An author marked ``hidden`` is an author all the same: the mark hides the paper from that
    person's profile.
    """
    return build_parsed_source(source, _decoded(data, source, day, first))


def parse_paper_page(data: bytes, source: str, *, asked: str) -> ParsedSource:
    """Read one answer of ``/api/papers/ID``, the paper that an item of a day holds.

    ``null`` is a paper that is not known. A paper with another id than ``asked`` is rejected.
    """
    return build_parsed_source(source, _decoded_paper(data, asked))


def _decoded_paper(data: bytes, asked: str) -> Iterator[Piece]:
    paper = decode_json(data)
    if paper is None:
        return
    if not isinstance(paper, Mapping) or "id" not in paper:
        raise UnreadableError('is not a paper of Daily Papers: {"id": …} is expected')
    if paper["id"] != asked:
        shown = str(paper["id"])[:80]
        yield Rejected(1, f"Daily Papers gives the paper {shown!a} for {asked}", NOT_ASKED)
        return
    yield parse_item({"paper": paper}, 1, None)


def _decoded(data: bytes, source: str, day: dt.date | None, first: int) -> Iterator[Piece]:
    items = decode_json(data)
    if not isinstance(items, list):
        raise UnreadableError("is not a day of Daily Papers: a list of items is expected")
    day = day or day_of_name(source)
    for number, item in enumerate(items, start=first):
        yield parse_item(item, number, day)


def parse_item(
    item: object, number: int, day: dt.date | None, seen: set[str] | None = None
) -> RawRecord | Rejected:
    """Read one item; ``day`` counts before the item's own day. ``seen`` is as in `find_unused`."""
    paper = item.get("paper") if isinstance(item, Mapping) else None
    if not isinstance(item, Mapping) or not isinstance(paper, Mapping):
        return Rejected(number, f"item {number} holds no paper")
    listed = day or _day_of_listing(paper.get("submittedOnDailyAt"))
    facts = find_facts("daily_papers", paper.get)
    facts["date"] = listed.isoformat() if listed else paper.get("submittedOnDailyAt")
    facts["authors"] = [
        name_of_parts(author) if isinstance(author, Mapping) else author
        for author in list_of(facts.get("authors"))
    ]
    around = {key: value for key, value in item.items() if key not in ("paper", "publishedAt")}
    return RawRecord(
        line=number,
        title=paper.get("title") or item.get("title"),
        abstract=paper.get("summary") or item.get("summary"),
        facts=facts,
        remarks=tuple(find_unused("daily_papers", {**around, **paper}, facts, _READ, seen)),
    )


def day_of_name(source: str) -> dt.date | None:
    """Read the day that a file is named after; raises `UnreadableError` for an impossible day."""
    named = _DAY_NAME.search(source)
    try:
        return parse_day(named[1]) if named else None
    except ValueError as error:
        raise UnreadableError(f"has a name that {error}; {_REMEDY}") from None


def _day_of_listing(value: object) -> dt.date | None:
    try:
        return parse_day(value) if isinstance(value, str) else None
    except ValueError:
        return None
