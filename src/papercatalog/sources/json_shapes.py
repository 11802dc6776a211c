"""Reads JSON files: the shape of the content tells which of three formats it is."""

from __future__ import annotations

from collections.abc import Iterator

from papercatalog.sources.crossref import parse_work
from papercatalog.sources.csl import parse_csl
from papercatalog.sources.daily_papers import day_of_name, parse_items
from papercatalog.sources.decoding import decode_json
from papercatalog.sources.raw_records import Piece, build_parsed_source
from papercatalog.sources.record import ParsedSource


def parse_json(data: bytes, source: str) -> ParsedSource:
    """Read a day of Daily Papers, a Crossref work or CSL-JSON."""
    return build_parsed_source(source, _pieces(data, source))


def _pieces(data: bytes, source: str) -> Iterator[Piece]:
    content = decode_json(data)
    if isinstance(content, dict) and "message" in content:
        yield from parse_work(content)
    elif isinstance(content, list) and any(map(_holds_paper, content)):
        yield from parse_items(content, day_of_name(source))
    else:
        yield from parse_csl(content)


def _holds_paper(item: object) -> bool:
    return isinstance(item, dict) and "paper" in item
