"""Reads dumps of any size in a stream: JSON Lines, plain or gzipped, and Parquet.

A batch of rows at a time becomes a reading; nothing of the earlier ones is kept.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, BinaryIO

from papercatalog.sources.decoding import UnreadableError, decode_json, decode_text
from papercatalog.sources.raw_records import Draft, Refusal, build_reading
from papercatalog.sources.record import Reading
from papercatalog.sources.table import draft_row, is_column, plain_value

BATCH = 2000
"""Rows that become one reading."""
MAX_LINE = 4 * 1024 * 1024
"""The longest line that is read, in bytes."""
_CHUNK = 1024 * 1024

Pieces = Iterator[Draft | Refusal]


def read_dump(path: str, file: BinaryIO, batch: int = BATCH) -> Iterator[Reading]:
    """Read a dump whose path ends in one of `DUMPS`; pieces are numbered by their row, from 1.

    What is not in its format becomes a problem of its row, or of the source from there on.
    """
    pieces = _formats(path)[0](file)
    while (reading := build_reading(path, islice(pieces, batch))).paragraphs:
        yield reading


def count_rows(path: str, file: BinaryIO) -> int:
    """Count a dump's rows, to tell how far reading is; those before a damage, where it has one."""
    return _formats(path)[1](file)


def is_dump(path: str) -> bool:
    """Whether a path's ending is that of a dump."""
    return path.lower().endswith(tuple(DUMPS))


def _formats(path: str) -> tuple[Callable[[BinaryIO], Pieces], Callable[[BinaryIO], int]]:
    return next(found for suffix, found in DUMPS.items() if path.lower().endswith(suffix))


def _read_lines(file: BinaryIO | gzip.GzipFile) -> Pieces:
    """Read JSON Lines: on each line an object, whose keys are the columns' names.

    Blank lines are skipped, but count.

    Source: https://jsonlines.org/
    """
    seen: set[str] = set()
    empty = True
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_LINE)
            yield Refusal(number, f"has more than {MAX_LINE:,} bytes")
            empty = False
        elif line.strip():
            yield _read_line(line, number, seen)
            empty = False
    if empty:
        raise UnreadableError("is empty")


def _read_line(line: bytes, number: int, seen: set[str]) -> Draft | Refusal:
    try:
        row = decode_json(decode_text(line.removesuffix(b"\n")))
    except UnreadableError as error:
        return Refusal(number, str(error))
    if isinstance(row, dict):
        return draft_row(number, row, seen)
    return Refusal(number, "is not a JSON object with a title")


def _count_lines(file: BinaryIO | gzip.GzipFile) -> int:
    count, last = 0, b"\n"
    with suppress(OSError, EOFError, zlib.error):  # reading names what is damaged
        while chunk := file.read(_CHUNK):
            count += chunk.count(b"\n")
            last = chunk[-1:]
    return count + (last != b"\n")


def _read_gzipped_lines(file: BinaryIO) -> Pieces:
    number = 0
    try:
        with gzip.open(file) as unpacked:
            for piece in _read_lines(unpacked):
                number = piece.line
                yield piece
    except (OSError, EOFError, zlib.error) as error:
        reason = f"is not gzip from line {number + 1} on ({error}); fetch the file again"
        raise UnreadableError(reason) from None


def _count_gzipped_lines(file: BinaryIO) -> int:
    with gzip.open(file) as unpacked:
        return _count_lines(unpacked)


def _read_parquet(file: BinaryIO) -> Pieces:
    """Read the columns that are known of every row; one of another name is left out, and named."""
    pyarrow = _load_pyarrow()
    try:
        with pyarrow.parquet.ParquetFile(file) as table:
            yield from _read_rows(table)
    except (pyarrow.ArrowException, OSError) as error:
        reason = str(error).partition("\n")[0]
        raise UnreadableError(f"is not Parquet, or damaged: {reason}") from None


def _read_rows(table: Any) -> Pieces:
    names = [str(name) for name in table.schema_arrow.names]
    known = [name for name in names if is_column(name)]
    seen: set[str] = set()
    others: dict[str, object] = dict.fromkeys(name for name in names if name not in known)
    number = 0
    for rows in table.iter_batches(BATCH, columns=known):
        for row in rows.to_pylist():
            number += 1
            plain = {name: plain_value(value) for name, value in row.items()}
            yield draft_row(number, {**plain, **others}, seen)
            others = {}
    if not number:
        raise UnreadableError("is empty")


def _count_rows(file: BinaryIO) -> int:
    try:
        pyarrow = _load_pyarrow()
        with pyarrow.parquet.ParquetFile(file) as table:
            return int(table.metadata.num_rows)
    except (ValueError, OSError):
        return 0  # reading names why


def _load_pyarrow() -> Any:
    """Import the library where it is needed: it is large, and few catalogs have such dumps."""
    try:
        import pyarrow.parquet
    except ImportError:
        reason = "is Parquet, which needs pyarrow: pip install 'papercatalog[parquet]'"
        raise UnreadableError(reason) from None
    return pyarrow


DUMPS: dict[str, tuple[Callable[[BinaryIO], Pieces], Callable[[BinaryIO], int]]] = {
    ".jsonl": (_read_lines, _count_lines),
    ".jsonl.gz": (_read_gzipped_lines, _count_gzipped_lines),
    ".parquet": (_read_parquet, _count_rows),
}
"""By the ending of its path, how a dump is read, and how its rows are counted."""
