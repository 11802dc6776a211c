"""Reads tables with named columns, as CSV; what columns are called in other tables too."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime

from papercatalog.model.fields import SOURCED
from papercatalog.sources.daily_papers import parse_item
from papercatalog.sources.decoding import UnreadableError, decode_text
from papercatalog.sources.facts import find_facts, list_of, parse_day
from papercatalog.sources.raw_records import (
    Boilerplate,
    Piece,
    RawRecord,
    Rejected,
    build_parsed_source,
)
from papercatalog.sources.record import ParsedSource

COLUMNS = ("title", "abstract", *(field.name for field in SOURCED))
"""The columns that are read; only ``title`` must be there. Authors are separated by ``;``."""

_TITLE, _ABSTRACT = ("title",), ("abstract", "summary")
_KNOWN = {
    *_TITLE,
    *_ABSTRACT,
    *(key for field in SOURCED for key in (field.keys or {}).get("table", ())),
}
_OF_ARXIV = frozenset({"update_date", "versions"})
"""Columns of arXiv's own dump that say something of a paper's days, in a way of their own."""
_OF_DAILY_PAPERS = "paper"
"""The column that holds the paper, where the answers of Daily Papers were kept as rows."""


def parse_csv(data: bytes, source: str) -> ParsedSource:
    """Read a CSV file (RFC 4180) whose first row names the columns.

    A row with more or fewer cells than the first is refused. After a quote out of place nothing
    can be told for sure: the rest of the file is refused as one piece. A column with a name not
    known is left out, with a remark.
    """
    return build_parsed_source(source, _rows(data))


def _rows(data: bytes) -> Iterator[Piece]:
    rows = csv.reader(io.StringIO(decode_text(data), newline=""), strict=True)
    header = _header(rows)
    yield Boilerplate(1)
    seen: set[str] = set()
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Rejected(line, f"is not CSV from here on ({error}); mend the quotes")
            return
        if row is None:
            return
        if not any(cell.strip() for cell in row):
            yield Boilerplate(line)
        elif len(row) != len(header):
            yield Rejected(line, f"has {len(row)} cells where the first row names {len(header)}")
        else:
            yield parse_row(line, dict(zip(header, row, strict=True)), seen)


def _header(rows: Iterator[list[str]]) -> list[str]:
    try:
        header = [cell.strip().lower() for cell in next(rows, [])]
    except csv.Error as error:
        raise UnreadableError(f"is not CSV: {error}") from None
    if "title" not in header:
        raise UnreadableError(f"has no column 'title'; name the columns: {', '.join(COLUMNS)}")
    twice = sorted({name for name in header if header.count(name) > 1})
    twice += ["abstract"] * (set(header) >= set(_ABSTRACT))
    if twice:
        raise UnreadableError(f"names the column {twice[0]!a} twice")
    return header


def is_column(name: str) -> bool:
    """Whether a column of this name is read."""
    name = name.strip().lower()
    return name in _KNOWN or name in _OF_ARXIV or name == _OF_DAILY_PAPERS


def parse_row(line: int, row: Mapping[str, object], seen: set[str]) -> RawRecord | Rejected:
    """Read a row by the names of its columns.

    ``seen`` holds the names of columns that were left out with a remark already.
    """
    if isinstance(row.get(_OF_DAILY_PAPERS), Mapping):
        return parse_item(row, line, day=_day_of(row.get("date")))
    given: dict[str, object] = {}
    remarks = []
    for name, value in row.items():
        if is_column(name):
            given.setdefault(name.strip().lower(), value)
        elif name not in seen:
            seen.add(name)
            remarks.append((name, f"no column is called {name!a}; it is left out everywhere"))
    facts = find_facts("table", lambda name: _unwrap(given.get(name)))
    facts["authors"] = _authors(facts.get("authors"))
    first = _first_version(given.get("versions"))
    facts.setdefault("published", first)
    if not first:
        facts.setdefault("date", given.get("update_date"))
    return RawRecord(
        line=line,
        title=given.get("title"),
        abstract=next((given[name] for name in _ABSTRACT if given.get(name)), None),
        facts=facts,
        remarks=tuple(remarks),
    )


def plain_value(value: object) -> object:
    """Give a value of a typed table as text has it: days as they are written, whole numbers."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return None if math.isnan(value) else int(value) if value.is_integer() else value
    return value


def _first_version(versions: object) -> str | None:
    """Give the day of the first of arXiv's versions: ``Mon, 2 Apr 2007 19:18:42 GMT`` and so on.

    >>> _first_version([{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}])
    '2007-04-02'
    """
    for version in list_of(versions)[:1]:
        created = version.get("created") if isinstance(version, Mapping) else None
        try:
            return parsedate_to_datetime(str(created)).date().isoformat()
        except ValueError:
            continue
    return None


def _day_of(value: object) -> dt.date | None:
    try:
        return parse_day(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _unwrap(value: object) -> object:
    """Take a value out of an object around it, as OpenReview and Semantic Scholar have them.

    >>> _unwrap({"url": "https://example.org/a.pdf", "status": "GREEN"})
    'https://example.org/a.pdf'
    """
    if isinstance(value, Mapping):
        return next((value[key] for key in ("value", "name", "url") if key in value), value)
    return value


def _authors(value: object) -> tuple[object, ...]:
    """Give names: of a text with ``;`` between them, of a list, of arXiv's lists of their parts."""
    if isinstance(value, str):
        return tuple(name for name in value.split(";") if name.strip())
    return tuple(map(_name, list_of(value)))


def _name(author: object) -> object:
    if isinstance(author, Mapping):
        return author.get("name")
    if isinstance(author, list) and author and all(isinstance(part, str) for part in author):
        family, *others = author
        given, *suffix = others or [""]
        return " ".join(filter(None, (given, family, *suffix[:1])))
    return author
