"""A process that works beside a build from its first moment on.

While others load modules, it looks up the pages; while the pages become a catalog, it loads what is
known of their words. Then it reads the words of the few papers that are new, and of all papers'
words it makes what takes longest, while the site is built.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, cast

from papercatalog.build.incremental import NOTHING, Left
from papercatalog.build.segment_cache import Unread, finish
from papercatalog.model.page_files import PARTS, Lookup, PageFile
from papercatalog.runtime.cache import Cache
from papercatalog.runtime.processes import Beside, Message

if TYPE_CHECKING:
    from papercatalog.related import Related
    from papercatalog.search.index.document import SearchTopic


class Companion:
    """Gives what it makes when that is asked for; without a process of its own it makes it then."""

    def __init__(self, root: Path, *, indexed: bool = True) -> None:
        """``indexed`` says whether the search index will be asked for."""
        self._root, self._indexed = root, indexed
        self._words: Message[tuple[Sequence[bytes | Unread], Sequence[SearchTopic]]] = Message()
        self._left: Message[Left] = Message()
        self._is_told = False
        """Whether it has been said what the last build left."""
        self._made: tuple[list[bytes], Sequence[SearchTopic]] | None = None
        """What the index is made of."""
        works = (*Lookup(root).works, self._relate, self._build_index)
        self._beside: Beside[object] = Beside(*works[: None if indexed else -1])
        self._results: list[object] = []

    def pages(self) -> Iterator[PageFile]:
        """Wait, once, for all papers' pages; the first come while the others are looked up."""
        for part in range(PARTS):
            yield from cast(list[PageFile], self._take(part))

    def start(self, words: Sequence[bytes | Unread], topics: Sequence[SearchTopic]) -> None:
        """Say what was read of all papers, and what is to be read.

        Related papers and the index are made of that.
        """
        self._words.send((words, topics))

    def keep(self, left: Left) -> None:
        """Say, once, what the last build left: what lies in the site as it should is not made."""
        self._is_told = True
        self._left.send(left)

    def related(self) -> Related:
        """Wait, once, for each paper's related papers."""
        return cast("Related", self._take(PARTS))

    def index(self) -> list[tuple[str, bytes | None]]:
        """Wait, once, for the files of the search index: paths below the site, and contents.

        None is for a file that lies there as the last build left it; see `keep`.
        """
        if not self._is_told:
            self.keep(NOTHING)
        return cast(list[tuple[str, bytes | None]], self._take(PARTS + 1))

    def close(self) -> None:
        """End the work, if it goes on."""
        self._beside.close()
        self._words.close()
        self._left.close()

    def _take(self, number: int) -> object:
        """Wait for the result of a work; those before it are waited for, too."""
        while len(self._results) <= number:
            self._results.append(self._beside.result())
        result, self._results[number] = self._results[number], None
        return result

    def _relate(self) -> Related:
        from papercatalog.related import find_related
        from papercatalog.search.index.segment import Segment

        runs, topics = self._words.receive()
        with closing(Cache(self._root)) as cache:
            words = finish(runs, topics, cache)
        self._made = words, topics
        return find_related(Segment.load(data, trusted=True) for data in words)

    def _build_index(self) -> list[tuple[str, bytes | None]]:
        from papercatalog.search.index.segment import Segment
        from papercatalog.search.index.writer import build_index

        assert self._made is not None  # noqa: S101, papers are related before
        words, topics = self._made
        return list(build_index((Segment.load(data, trusted=True) for data in words), topics))
