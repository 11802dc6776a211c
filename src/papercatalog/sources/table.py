"""Reads CSV files whose first row names the columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from papercatalog.sources.decoding import UnreadableError, decode_text
from papercatalog.sources.raw_records import (
    Boilerplate,
    Piece,
    Rejected,
    build_parsed_source,
)
from papercatalog.sources.record import ParsedSource
from papercatalog.sources.rows import COLUMNS, TITLE_COLUMNS, canonical_column, parse_row

_DELIMITERS = (",", ";", "\t", "|")
_DELIMITER_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
"""A first line by which Excel learns the delimiter."""


def parse_csv(data: bytes, source: str) -> ParsedSource:
    """Read a CSV file (RFC 4180) whose first row names the columns.

    Semicolons, tabs and bars separate cells too, if the first row has them. Empty columns are
    left out; a row with other cells than the first row names is rejected. After a quote out of
    place nothing can be told for sure: the rest of the file is rejected as one piece. A column
    with a name not known is left out, with a remark.
    """
    return build_parsed_source(source, _rows(data))


def _rows(data: bytes) -> Iterator[Piece]:
    text = decode_text(data)
    if told := _DELIMITER_LINE.match(text):
        yield Boilerplate(1)
    start = told.end() if told else 0
    lines_before = int(bool(told))
    delimiter = told[1] if told else _find_delimiter(text.lstrip().partition("\n")[0])
    rows = csv.reader(io.StringIO(text[start:], newline=""), delimiter=delimiter, strict=True)
    header = _header(rows)
    yield Boilerplate(1 + lines_before)
    seen: set[str] = set()
    while True:
        line = rows.line_num + 1 + lines_before
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Rejected(line, f"is not CSV from here on ({error}); mend the quotes")
            return
        if row is None:
            return
        if not any(cell.strip() for cell in row):
            yield Boilerplate(line)
            continue
        width = len(header)
        if len(row) < width or any(cell.strip() for cell in row[width:]):
            yield Rejected(line, f"has {len(row)} cells where the first row names {width}")
            continue
        yield parse_row(line, dict(zip(header, row, strict=False)), seen)


def _find_delimiter(header: str) -> str:
    """Find the separator of cells that makes the first row name a title."""
    for delimiter in _DELIMITERS:
        names = (canonical_column(name.strip(' "\r')) for name in header.split(delimiter))
        if any(name in TITLE_COLUMNS for name in names):
            return delimiter
    return max(_DELIMITERS, key=header.count)


def _header(rows: Iterator[list[str]]) -> list[str]:
    """Read the names of the columns; one that is empty is called by its number."""
    try:
        header = [canonical_column(cell) for cell in next(rows, [])]
    except csv.Error as error:
        raise UnreadableError(f"is not CSV: {error}") from None
    while header and not header[-1]:
        del header[-1]
    header = [name or f"column {number}" for number, name in enumerate(header, start=1)]
    if not any(name in TITLE_COLUMNS for name in header):
        found = ", ".join(map(repr, header[:12])) or "nothing"
        raise UnreadableError(
            f"has no column 'title'; its first row names {found}; it can name {', '.join(COLUMNS)}"
        )
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise UnreadableError(f"names the column {twice[0]!a} twice")
    return header
