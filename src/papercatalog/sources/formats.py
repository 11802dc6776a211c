"""The table of formats: which files are sources, and which reader reads each."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, BinaryIO

from papercatalog.model.problems import Problem
from papercatalog.sources.format_detection import OTHER_FORMAT, PROSE, detect_format

if TYPE_CHECKING:
    from papercatalog.sources.raw_records import Piece
    from papercatalog.sources.record import ParsedSource

BATCH = 2000
"""Rows of a streamed file that become one parsed source."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file format. Its reader is imported when it is first used: some libraries load slowly."""

    name: str
    """As messages name it: ``BibTeX``."""
    suffixes: tuple[str, ...]
    """The ends of file names, in lower case."""
    piece: str
    """What the import report counts: ``an entry``."""
    reader: str
    """The reader's module and function: of bytes and a source's name, or, where the format is
    streamed, of an open file."""
    row_counter: str = ""
    """The module and function that count a streamed file's rows."""

    @property
    def streamed(self) -> bool:
        """Whether files of any size are read, a batch of rows at a time."""
        return bool(self.row_counter)


FORMATS = (
    Format(PROSE, (".txt",), "a paragraph", "papercatalog.sources.digest:parse_digest"),
    Format("JSON", (".json",), "an item", "papercatalog.sources.json_shapes:parse_json"),
    Format("BibTeX", (".bib",), "an entry", "papercatalog.sources.bibtex:parse_bibtex"),
    Format("RIS", (".ris",), "a reference", "papercatalog.sources.ris:parse_ris"),
    Format("CSV", (".csv", ".tsv"), "a row", "papercatalog.sources.table:parse_csv"),
    Format(
        "JSON Lines",
        (".jsonl",),
        "a line",
        "papercatalog.sources.dump:read_lines",
        "papercatalog.sources.dump:count_lines",
    ),
    Format(
        "gzipped JSON Lines",
        (".jsonl.gz",),
        "a line",
        "papercatalog.sources.dump:read_gzipped_lines",
        "papercatalog.sources.dump:count_gzipped_lines",
    ),
    Format(
        "Parquet",
        (".parquet",),
        "a row",
        "papercatalog.sources.dump:read_parquet",
        "papercatalog.sources.dump:count_parquet_rows",
    ),
)

SUFFIXES = tuple(suffix for known in FORMATS for suffix in known.suffixes)


def find_format(path: str) -> Format | None:
    """Find the format of a file by the end of its name, in any case; None for another one."""
    name = path.lower()
    return next((known for known in FORMATS if name.endswith(known.suffixes)), None)


def is_streamed(path: str) -> bool:
    """Whether a file's format is read a batch of rows at a time."""
    known = find_format(path)
    return known is not None and known.streamed


def find_sources(folder: Path) -> list[Path]:
    """List the files below a folder that have a format, sorted by path; links are left out."""
    return sorted(
        file
        for file in folder.rglob("*")
        if find_format(file.name) and file.is_file() and not file.is_symlink()
    )


def read_source(path: str, data: bytes, *, year: int | None = None) -> ParsedSource:
    """Read a source; the path itself is never opened.

    The path tells the format. Where the content has another one, the source is read in that, with
    a remark.

    Args:
        path: The source's name, as pages and messages name it.
        data: Its content.
        year: The year of a digest's dates that have none.
    """
    from papercatalog.sources.raw_records import UNREADABLE
    from papercatalog.sources.record import merge_parsed_sources, reject_source

    known = find_format(path)
    if known is None:
        reason = f"has a format that is not known; these are: {', '.join(SUFFIXES)}"
        return reject_source(path, Problem(path, 0, "", UNREADABLE, reason))
    if known.streamed:
        return merge_parsed_sources(path, stream_source(path, io.BytesIO(data)))
    detected = detect_format(known.name, data)
    actual = next(format for format in FORMATS if format.name == detected)
    read: Callable[..., ParsedSource] = resolve_name(actual.reader)
    if actual.streamed:
        parsed = merge_parsed_sources(path, _stream(actual, path, io.BytesIO(data), BATCH))
    else:
        parsed = read(data, path, year=year) if actual.name == PROSE else read(data, path)
    if actual is known:
        return parsed
    remark = (
        f"is {actual.name}, not {known.name}, and is read as such; name it {actual.suffixes[0]}"
    )
    return replace(parsed, remarks=(Problem(path, 0, "", OTHER_FORMAT, remark), *parsed.remarks))


def stream_source(path: str, file: BinaryIO, batch: int = BATCH) -> Iterator[ParsedSource]:
    """Read a source of a streamed format, ``batch`` rows at a time; rows are numbered from 1.

    A row that is not in the format is a problem; damage is one problem of the rest of the file.
    """
    known = find_format(path)
    assert known is not None  # noqa: S101, callers ask is_streamed first
    yield from _stream(known, path, file, batch)


def _stream(known: Format, path: str, file: BinaryIO, batch: int) -> Iterator[ParsedSource]:
    from papercatalog.sources.raw_records import build_parsed_source

    read: Callable[[BinaryIO], Iterator[Piece]] = resolve_name(known.reader)
    pieces = read(file)
    while (parsed := build_parsed_source(path, islice(pieces, batch))).pieces:
        yield parsed


def count_rows(path: str, file: BinaryIO) -> int:
    """Count the rows of a streamed source, to tell how far reading is.

    In a damaged file, count the rows before the damage.
    """
    known = find_format(path)
    assert known is not None  # noqa: S101, callers ask is_streamed first
    count: Callable[[BinaryIO], int] = resolve_name(known.row_counter)
    return count(file)
