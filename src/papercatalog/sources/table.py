"""Reads tables with named columns: CSV, and JSON Lines with one object a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from papercatalog.sources.decoding import UnreadableError, decode_json, decode_text
from papercatalog.sources.drafts import Draft, Furniture, Refusal, build_reading, list_of
from papercatalog.sources.record import Reading

COLUMNS = (
    "title", "abstract", "date", "authors", "published", "arxiv", "doi", "code", "project", "votes",
)  # fmt: skip
"""The columns that are read; only ``title`` must be there. Authors are parted by ``;``."""

_OTHER_NAMES = {"summary": "abstract", "id": "arxiv", "arxiv_id": "arxiv", "upvotes": "votes"}


def parse_csv(data: bytes, source: str) -> Reading:
    """Read a CSV file (RFC 4180) whose first row names the columns.

    A row with more or fewer cells than the first is refused. After a quote out of place nothing
    can be told for sure: the rest of the file is refused as one piece. A column with a name not
    known is left out, with a remark.
    """
    return build_reading(source, _rows(data))


def parse_json_lines(data: bytes, source: str) -> Reading:
    """Read JSON Lines: on each line an object, whose keys are the columns' names.

    ``authors`` may be a list here. Blank lines are skipped.

    Source: https://jsonlines.org/
    """
    return build_reading(source, _objects(data))


def _rows(data: bytes) -> Iterator[Draft | Refusal | Furniture]:
    rows = csv.reader(io.StringIO(decode_text(data), newline=""), strict=True)
    header = _header(rows)
    yield Furniture(1)
    seen: set[str] = set()
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Refusal(line, f"is not CSV from here on ({error}); mend the quotes")
            return
        if row is None:
            return
        if not any(cell.strip() for cell in row):
            yield Furniture(line)
        elif len(row) != len(header):
            yield Refusal(line, f"has {len(row)} cells where the first row names {len(header)}")
        else:
            yield _draft(line, dict(zip(header, row, strict=True)), seen)


def _header(rows: Iterator[list[str]]) -> list[str]:
    try:
        header = [cell.strip().lower() for cell in next(rows, [])]
    except csv.Error as error:
        raise UnreadableError(f"is not CSV: {error}") from None
    names = [_column(name) for name in header]
    if "title" not in names:
        raise UnreadableError(f"has no column 'title'; name the columns: {', '.join(COLUMNS)}")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UnreadableError(f"names the column {twice[0]!a} twice")
    return header


def _objects(data: bytes) -> Iterator[Draft | Refusal]:
    seen: set[str] = set()
    for number, line in enumerate(decode_text(data).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = decode_json(line)
        except UnreadableError as error:
            yield Refusal(number, str(error))
            continue
        if isinstance(row, dict):
            yield _draft(number, row, seen)
        else:
            yield Refusal(number, "is not a JSON object with a title")


def _draft(line: int, row: Mapping[str, object], seen: set[str]) -> Draft:
    cells: dict[str, object] = {}
    remarks = []
    for name, value in row.items():
        column = _column(name)
        if column in COLUMNS:
            cells.setdefault(column, value)
        elif column not in seen:
            seen.add(column)
            remarks.append((column, f"no column is called {name!a}; it is left out everywhere"))
    authors = cells.pop("authors", None)
    return Draft(
        line=line,
        title=cells.get("title"),
        abstract=cells.get("abstract"),
        date=cells.get("date"),
        authors=_authors(authors),
        published=cells.get("published"),
        arxiv=cells.get("arxiv"),
        doi=cells.get("doi"),
        code=cells.get("code"),
        project=cells.get("project"),
        votes=cells.get("votes"),
        remarks=tuple(remarks),
    )


def _column(name: str) -> str:
    name = name.strip().lower()
    return _OTHER_NAMES.get(name, name)


def _authors(value: object) -> tuple[object, ...]:
    if isinstance(value, str):
        return tuple(name for name in value.split(";") if name.strip())
    return tuple(list_of(value))
