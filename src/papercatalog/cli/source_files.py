"""Reads the files and folders that `import`, `add` and `enrich` name as sources."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.runtime.printing import shorten
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


class Day(click.ParamType[dt.date]):
    """A day as ``YYYY-MM-DD``."""

    name = "day"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Read the day; click's error says how to write one."""
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)):
            self.fail(f"{value!a} is no day; write it as 2025-07-29", param, ctx)
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"there is no day {value} in the calendar", param, ctx)


DAY = Day()


def read_files(
    root: CatalogFolder, paths: Sequence[Path], year: int | None
) -> Iterator[ParsedSource]:
    """Read every file, in the order of ``paths``; a folder gives its sources, sorted by path.

    A dump is read in parts of some thousand rows, any other file at once.

    Args:
        root: The catalog's folder; files in it are named relative to it.
        paths: Files and folders.
        year: The year of dates in digests that lack one.

    Raises:
        click.ClickException: There is no file to read.
    """
    files = [file for path in paths for file in ([path] if path.is_file() else find_sources(path))]
    if not files:
        folders = ", ".join(map(shorten, paths))
        remedy = "put a digest into seeds/, name a file, or fetch a day with --day"
        message = f"there is nothing to import in {folders}; {remedy}"
        raise click.ClickException(message)
    total = 0
    for file in files:
        total += _count_rows(file) if is_streamed(file.name) else 1

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


def _count_rows(file: Path) -> int:
    with file.open("rb") as dump:
        return count_rows(file.name, dump)


def name_source(root: CatalogFolder, file: Path) -> str:
    """Name a file by its path relative to the catalog, or by its absolute path outside of it."""
    return root.name(file.resolve())
