"""The manifest of an index: its size, the topics, and the names of its files.

A reader loads it first. ``manifest.js`` decodes it in the browser, ``index.manifest_writer``
encodes it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from papercatalog.search.codec import Cursor, IndexFormatError, decode_file, sort_key
from papercatalog.search.constants import NAME_BYTES, NAMED_FOLDERS, SHARDED_FOLDERS


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of the manifest."""

    papers: int
    """How many papers the index holds."""
    months: Sequence[tuple[str, int]]
    """Each month with papers (``2025-07``), from the oldest, and how many it has."""
    topics: Sequence[tuple[str, str, str]]
    """The slug, the title and the parent's slug of each topic."""
    sizes: Mapping[str, int]
    """How many papers a block of ``cards`` and one of ``authors`` has, and how many ``blocks`` of
    cards share a name."""
    starts: Mapping[str, Sequence[str]]
    """The first string of each file, by folder; decoded ones are in the form of `sort_key`."""
    names: Mapping[str, Sequence[str]]
    """The names of the files, by folder."""


def decode_manifest(data: bytes) -> Manifest:
    """Decode a manifest's file. Raises IndexFormatError."""
    cursor = Cursor(decode_file(data))
    try:
        head = json.loads(cursor.string())
    except ValueError as error:
        raise IndexFormatError(f"a damaged manifest of the search index: {error}") from error
    files = head["files"]
    suffixes = {folder: cursor.string().split("\n") for folder in SHARDED_FOLDERS}
    starts: dict[str, list[str]] = {}
    for folder in SHARDED_FOLDERS:
        start, starts[folder] = "", []
        if len(suffixes[folder]) != max(1, files[folder]):
            raise IndexFormatError("the search index's manifest lacks the starts of some files")
        for suffix in suffixes[folder][: files[folder]]:
            start = start[: cursor.varint()] + sort_key(suffix)
            starts[folder].append(start)
    names = {}
    for folder in NAMED_FOLDERS:
        digits = cursor.bytes(NAME_BYTES * files[folder]).hex()
        size = 2 * NAME_BYTES
        names[folder] = [digits[at : at + size] for at in range(0, len(digits), size)]
    cursor.finish()
    return Manifest(
        papers=head["papers"],
        months=[(month, count) for month, count in head["months"]],
        topics=[(slug, title, parent) for slug, title, parent in head["topics"]],
        sizes=head["sizes"],
        starts=starts,
        names=names,
    )
