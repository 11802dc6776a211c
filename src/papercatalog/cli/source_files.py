"""Reads the files and folders that commands name as sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from papercatalog.runtime.progress import show_progress
from papercatalog.sources.formats import (
    count_rows,
    find_sources,
    is_streamed,
    read_source,
    stream_source,
)
from papercatalog.sources.record import ParsedSource

PATH = click.Path(exists=True, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


def read_files(root: Path, paths: Sequence[Path], year: int | None) -> Iterator[ParsedSource]:
    """Read every file, sorted by path; a folder stands for all in it that can be read.

    A dump comes in parts, as it is read; any other file as a whole.
    """
    files = [file for path in paths for file in ([path] if path.is_file() else find_sources(path))]
    if not files:
        raise click.ClickException("there is no digest: put text files into seeds/ or name one")
    total = 0
    for file in files:
        total += count_pieces(file) if is_streamed(file.name) else 1

    def read() -> Iterator[ParsedSource]:
        for file in files:
            name = name_source(root, file)
            if is_streamed(name):
                with file.open("rb") as dump:
                    yield from stream_source(name, dump)
            else:
                yield read_source(name, file.read_bytes(), year=year)

    return show_progress(
        read(), "reading", total, lambda part: part.pieces if is_streamed(part.source) else 1
    )


def count_pieces(file: Path) -> int:
    """Count the rows of a dump."""
    with file.open("rb") as dump:
        return count_rows(file.name, dump)


def name_source(root: Path, file: Path) -> str:
    """Name a file by its path in the catalog, or by its whole path outside of it."""
    resolved = file.resolve()
    if resolved.is_relative_to(root.resolve()):
        return resolved.relative_to(root.resolve()).as_posix()
    return resolved.as_posix()
