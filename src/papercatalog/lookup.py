"""Papers' pages as files, and what the cache knows of each; it reads no page and loads little."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from papercatalog.cache import Cache, hash_key
from papercatalog.files import list_files

_AT_ONCE = 10_000
"""So many pages are looked up at a time."""


class PageFile(NamedTuple):
    """A paper's page."""

    path: str
    """Relative to the catalog: ``docs/papers/2025/2410.08115.md``."""
    key: bytes
    """Changes with the path and with the content."""
    content: bytes | None
    """What is in the file, where the cache does not know what it says."""
    kept: bytes | None
    """What it says, as the cache keeps it: see `restore`."""


def look_up_pages(root: Path, cache: Cache) -> Iterator[PageFile]:
    """Read the files of all papers' pages, by path; some at a time are in memory."""
    files = read_files(root, "docs/papers")
    while contents := dict(islice(files, _AT_ONCE)):
        keys = {path: hash_key(path, content) for path, content in contents.items()}
        known = cache.get("page", keys.values())
        for path, key in keys.items():
            kept = known.get(key)
            yield PageFile(path, key, None if kept else contents[path], kept)


def list_pages(root: Path) -> list[PageFile]:
    """Look up all papers' pages; a catalog that was never built gets no cache by that."""
    with closing(Cache.of_built(root)) as cache:
        return list(look_up_pages(root, cache))


def read_files(root: Path, place: str) -> Iterator[tuple[str, bytes]]:
    """Read the Markdown files of a folder, or the one file, by path; each once."""
    for path in list_files(root, place, ".md"):
        with open(f"{root}/{path}", "rb", 0) as file:  # noqa: PTH123, pathlib takes longer to open
            yield path, file.read()
