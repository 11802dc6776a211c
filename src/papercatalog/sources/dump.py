"""Reads dumps of any size in a stream: JSON Lines, plain or gzipped, and Parquet.

A batch of rows at a time becomes a parsed; nothing of the earlier ones is kept.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO

from papercatalog.model.exported import PAGE_MARK
from papercatalog.sources.decoding import UnreadableError, decode_json, decode_text
from papercatalog.sources.raw_records import Piece, RawRecord, Rejected
from papercatalog.sources.rows import is_column, parse_row, plain_value

MAX_LINE = 4 * 1024 * 1024
"""The longest line that is read, in bytes."""
_BATCH = 2000
"""Rows of Parquet that are decoded at once."""
_CHUNK = 1024 * 1024


def read_lines(file: BinaryIO | gzip.GzipFile) -> Iterator[Piece]:
    """Read JSON Lines: on each line an object, whose keys are the columns' names.

    Blank lines are skipped, but count.

    Source: https://jsonlines.org/
    """
    seen: set[str] = set()
    empty = True
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        if empty and line.strip() in (b"[", b"[{"):
            raise UnreadableError("is one JSON list over many lines, not JSON Lines; name it .json")
        if len(line) > MAX_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_LINE)
            yield Rejected(number, f"has more than {MAX_LINE:,} bytes")
            empty = False
        elif line.strip():
            yield _read_line(line, number, seen)
            empty = False
    if empty:
        raise UnreadableError("is empty")


def _read_line(line: bytes, number: int, seen: set[str]) -> RawRecord | Rejected:
    try:
        row = decode_json(decode_text(line.removesuffix(b"\n")))
    except UnreadableError as error:
        return Rejected(number, str(error))
    if isinstance(row, dict):
        return parse_row(number, row, seen)
    return Rejected(number, "is not a JSON object with a title")


def count_lines(file: BinaryIO | gzip.GzipFile) -> int:
    """Count the lines of a file, blank ones too."""
    count, last = 0, b"\n"
    with suppress(OSError, EOFError, zlib.error):  # reading reports the damage
        while chunk := file.read(_CHUNK):
            count += chunk.count(b"\n")
            last = chunk[-1:]
    return count + (last != b"\n")


def read_gzipped_lines(file: BinaryIO) -> Iterator[Piece]:
    """Read JSON Lines from gzip (RFC 1952); what stands before a damage is read."""
    number = 0
    try:
        with gzip.open(file) as unpacked:
            for piece in read_lines(unpacked):
                number = piece.line
                yield piece
    except (OSError, EOFError, zlib.error) as error:
        reason = f"is not gzip from line {number + 1} on ({error}); fetch the file again"
        raise UnreadableError(reason) from None


def count_gzipped_lines(file: BinaryIO) -> int:
    """Count the lines of a gzipped file, in a damaged one those before the damage."""
    with gzip.open(file) as unpacked:
        return count_lines(unpacked)


def read_parquet(file: BinaryIO) -> Iterator[Piece]:
    """Read the columns that are known of every row; one of another name is left out, and named.

    Of a catalog's own export all columns are read.
    """
    pyarrow = _load_pyarrow()
    try:
        with pyarrow.parquet.ParquetFile(file) as table:
            yield from _read_rows(table)
    except (pyarrow.ArrowException, OSError) as error:
        reason = str(error).partition("\n")[0]
        raise UnreadableError(f"is not Parquet, or damaged: {reason}") from None


def _read_rows(table: Any) -> Iterator[Piece]:
    names = [str(name) for name in table.schema_arrow.names]
    known = [name for name in names if PAGE_MARK in names or is_column(name)]
    seen: set[str] = set()
    unread = [name for name in names if name not in known]
    others: dict[str, object] = dict.fromkeys(unread, "not read")
    number = 0
    for rows in table.iter_batches(_BATCH, columns=known):
        for row in rows.to_pylist():
            number += 1
            plain = {name: plain_value(value) for name, value in row.items()}
            yield parse_row(number, {**plain, **others}, seen)
            others = {}
    if not number:
        raise UnreadableError("is empty")


def count_parquet_rows(file: BinaryIO) -> int:
    """Count the rows of a file; 0 where it cannot be read, which reading reports."""
    try:
        pyarrow = _load_pyarrow()
        with pyarrow.parquet.ParquetFile(file) as table:
            return int(table.metadata.num_rows)
    except (ValueError, OSError):
        return 0  # parsed names why


def _load_pyarrow() -> Any:
    """Import the library where it is needed: it is large, and few catalogs have such dumps."""
    try:
        import pyarrow.parquet
    except ImportError:
        reason = "is Parquet, which needs pyarrow: pip install 'papercatalog[parquet]'"
        raise UnreadableError(reason) from None
    return pyarrow
