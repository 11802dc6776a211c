"""Which files are sources, by their names; `formats` and `dump` say who reads them."""

from __future__ import annotations

from pathlib import Path

SUFFIXES = (".txt", ".bib", ".ris", ".csv", ".json", ".jsonl", ".jsonl.gz", ".parquet")
"""The suffixes of files that can be read."""


def find_sources(folder: Path) -> list[Path]:
    """List the files below a folder that can be read, sorted by path."""
    found = (file for file in folder.rglob("*") if file.name.endswith(SUFFIXES) and file.is_file())
    return sorted(found)
