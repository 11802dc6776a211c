"""Papers' pages as files, and what the cache knows of each; it reads no page and loads little."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from papercatalog.runtime.cache import Cache
from papercatalog.runtime.files import list_files
from papercatalog.runtime.hashing import hash_key

PARTS = 8
"""So many parts a `Lookup` has."""
_PAGES = "docs/papers"
_AT_ONCE = 10_000
"""So many pages are in memory at a time."""


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


class Lookup:
    """All papers' pages, looked up part by part: the first are at hand while others are read."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.works: Sequence[Callable[[], list[PageFile]]] = [
            partial(self._look_up, part) for part in range(PARTS)
        ]
        """To be done in this order; each gives some pages, by path."""

    @cached_property
    def _paths(self) -> list[str]:
        return list_files(self._root, _PAGES, ".md")

    def _look_up(self, part: int) -> list[PageFile]:
        """Look up a part; a catalog that was never built gets no cache by that."""
        start, stop = (len(self._paths) * end // PARTS for end in (part, part + 1))
        with closing(Cache.of_built(self._root)) as cache:
            return _look_up(self._root, cache, self._paths[start:stop])


def look_up_pages(root: Path, cache: Cache) -> Iterator[PageFile]:
    """Look up all papers' pages, by path; some at a time are in memory."""
    paths = iter(list_files(root, _PAGES, ".md"))
    while some := list(islice(paths, _AT_ONCE)):
        yield from _look_up(root, cache, some)


def _look_up(root: Path, cache: Cache, paths: Sequence[str]) -> list[PageFile]:
    contents = [_read(root, path) for path in paths]
    keys = list(map(hash_key, paths, contents))
    kept = map(cache.get("page", keys).get, keys)
    return [
        PageFile(path, key, None if what else content, what)
        for path, key, content, what in zip(paths, keys, contents, kept, strict=True)
    ]


def read_files(root: Path, place: str) -> Iterator[tuple[str, bytes]]:
    """Read the Markdown files of a folder, or the one file, by path; each once."""
    return ((path, _read(root, path)) for path in list_files(root, place, ".md"))


def _read(root: Path, path: str) -> bytes:
    with open(f"{root}/{path}", "rb", 0) as file:  # noqa: PTH123, pathlib takes longer to open
        return file.read()
