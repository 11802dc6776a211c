"""All papers' words: they are read, and what they are good for is worked out, beside the build.

That is done in another process, so those that write pages never have the tables of words in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Generic, TypeVar

from papercatalog.cache import Cache
from papercatalog.catalog import Catalog
from papercatalog.outputs.papers import relate
from papercatalog.outputs.search import read_words, summarise_catalog
from papercatalog.parallel import Beside

T = TypeVar("T")


class WordWork(Generic[T]):
    """Related papers, and then the files that are made of all words."""

    def __init__(self, root: Path, catalog: Catalog, make_files: Callable[[], Iterator[T]]) -> None:
        """Start it. ``root`` is where the cache is; ``make_files`` tells of each file."""

        def work() -> Iterator[dict[str, tuple[str, ...]] | list[T]]:
            with closing(Cache(root)) as cache:
                summarise_catalog(catalog, read_words(catalog, cache))
            with closing(Beside(make_files)) as files:
                yield relate(catalog)
                yield list(files)

        self._catalog = catalog
        self._is_related = False
        self._work = Beside(work)

    def await_related(self) -> None:
        """Let the catalog know its related papers, if it does not yet."""
        if self._is_related:
            return
        found = next(self._work)
        assert isinstance(found, dict)  # noqa: S101
        self._catalog.related.update(found)
        self._is_related = True

    def await_files(self) -> list[T]:
        """Give what was told of the files, once they are made."""
        found = next(self._work)
        assert isinstance(found, list)  # noqa: S101
        return found

    def close(self) -> None:
        """End it."""
        self._work.close()
