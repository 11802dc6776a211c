"""Reads JSON files: the shape of the content tells which reader takes its items."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

from papercatalog.sources.crossref import parse_work
from papercatalog.sources.csl import is_csl_item, parse_csl_item
from papercatalog.sources.daily_papers import day_of_name, parse_item
from papercatalog.sources.decoding import UnreadableError, decode_json
from papercatalog.sources.dump import read_lines
from papercatalog.sources.raw_records import Piece, Rejected, build_parsed_source
from papercatalog.sources.record import ParsedSource
from papercatalog.sources.rows import TITLE_COLUMNS, parse_row

_START = 4 * 1024 * 1024
"""Bytes in which the first two lines of JSON Lines are looked for."""
_MAX_DEPTH = 5
"""Levels of objects around the list of papers; DBLP's answers have three."""
_INNER = ("data", "content", "info", "attributes", "fields", "metadata", "bibjson", "_source")
"""Keys under which an item may hold the paper, as those of Zotero, OpenReview and DBLP do."""


def parse_json(data: bytes, source: str) -> ParsedSource:
    """Read papers from JSON of any shape: one object, a list, or objects around one.

    Items of Daily Papers, Crossref and CSL-JSON go to their readers; all others are rows of a
    table, whose keys are the columns.
    """
    return build_parsed_source(source, _pieces(data, source))


def _pieces(data: bytes, source: str) -> Iterator[Piece]:
    try:
        content = decode_json(data)
    except UnreadableError:
        if not _is_json_lines(data):
            raise
        yield from read_lines(io.BytesIO(data))
        return
    if isinstance(content, dict) and isinstance(content.get("message"), dict):
        message = content["message"]
        works = message["items"] if isinstance(message.get("items"), list) else [message]
        for number, work in enumerate(works, start=1):
            yield from parse_work({"message": work}, number)
        return
    items = _find_items(content)
    if items is None:
        raise UnreadableError(_say_what_it_is(content))
    seen: set[str] = set()
    if any(map(_holds_paper, items)):
        day = day_of_name(source)
        for number, item in enumerate(items, start=1):
            yield parse_item(item, number, day, seen)
        return
    for number, item in enumerate(items, start=1):
        yield _piece(number, item, seen)


def _is_json_lines(data: bytes) -> bool:
    """Whether the first two lines are objects by themselves."""
    lines = [line for line in data[:_START].splitlines() if line.strip()][:2]
    try:
        return len(lines) == 2 and all(isinstance(decode_json(line), dict) for line in lines)
    except UnreadableError:
        return False


def _piece(number: int, item: object, seen: set[str]) -> Piece:
    if not isinstance(item, Mapping):
        shown = "null" if item is None else "not an object with a title"
        return Rejected(number, f"item {number} is {shown}")
    item = _unfold(item)
    if is_csl_item(item):
        return parse_csl_item(number, item, seen)
    return parse_row(number, item, seen)


def _find_items(content: object) -> list[object] | None:
    """Find the list of papers: the content, the one in it, or the content as its only item."""
    level = [content]
    for _ in range(_MAX_DEPTH):
        for value in level:
            if isinstance(value, list) and (not value or any(map(_is_paper, value))):
                return value
            if isinstance(value, Mapping):
                if _is_paper(value):
                    return [value]
                if value and all(map(_is_paper, value.values())):
                    return list(value.values())
        inner = [value for value in level if isinstance(value, Mapping)]
        level = [part for value in inner for part in value.values() if part]
    return content if isinstance(content, list) else None


def _is_paper(item: object) -> bool:
    return isinstance(item, Mapping) and (_holds_paper(item) or _has_title(_unfold(item)))


def _has_title(item: Mapping[str, object]) -> bool:
    return any(str(key).strip().lower() in TITLE_COLUMNS for key in item)


def _holds_paper(item: object) -> bool:
    return isinstance(item, Mapping) and isinstance(item.get("paper"), Mapping)


def _unfold(item: Mapping[str, object]) -> Mapping[str, object]:
    """Take the paper out of the object around it; what the object says besides stays."""
    if _has_title(item):
        return item
    for key in _INNER:
        inner = item.get(key)
        if isinstance(inner, Mapping) and _has_title(inner):
            around = {name: value for name, value in item.items() if name != key}
            return {**around, **inner}
    return item


def _say_what_it_is(content: object) -> str:
    if isinstance(content, Mapping):
        if error := content.get("error") or content.get("message") or content.get("detail"):
            return f"is a service's error, {str(error)[:100]!a}; fetch the file again"
        keys = ", ".join(repr(str(key)) for key in [*content][:6])
        return f"holds no paper: no object in it has a 'title'; its keys are {keys or 'none'}"
    return "holds no paper: an object with a 'title' is expected, or a list of such objects"
