"""A process that works beside a build from its first moment on.

While others load modules, it looks up the pages; while the pages become a catalog, it loads what is
known of their words; and of all papers' words it makes what takes longest, while the site is built.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from papercatalog.cache import Cache, hash_key
from papercatalog.keeping import Found, look_at
from papercatalog.lookup import PageFile, list_pages
from papercatalog.parallel import Beside, Message, works_beside
from papercatalog.runs import KIND, Run

if TYPE_CHECKING:
    from papercatalog.related import Comparison, Counted, Related
    from papercatalog.search import SearchTopic, Summary

FORESEEN = 64_000_000
"""Of so many bytes of kept words all are loaded before it is known which are still true."""
_COMPARED = hash_key("compared")
"""What is kept of papers that were compared lies under this key."""


class Companion:
    """Gives what it makes when that is asked for; without a process of its own it makes it then."""

    def __init__(self, root: Path, site: Path, *, indexed: bool = True) -> None:
        """``site`` is where the site lies; ``indexed`` says whether its index will be asked for."""
        self._root, self._site, self._indexed = root, site, indexed
        self._words: Message[tuple[Sequence[bytes], Sequence[SearchTopic]]] = Message()
        self._joined: tuple[Summary, Sequence[SearchTopic]] | None = None
        works = (self._look_up, self._look_at_site, self._relate, self._build_index)
        self._beside: Beside[object] = Beside(*works[: None if indexed else -1])
        self._results: list[object] = []

    def pages(self) -> list[PageFile]:
        """Wait, once, for all papers' pages."""
        return cast(list[PageFile], self._take(0))

    def found(self, site: Path) -> Found:
        """Wait, once, for the files that the last build left; of another site, look at them now."""
        is_foreseen = site.resolve() == self._site.resolve()
        return cast(Found, self._take(1)) if is_foreseen else look_at(site)

    def start(self, words: Sequence[bytes], topics: Sequence[SearchTopic]) -> None:
        """Say what was read of all papers: related papers and the index are made of that."""
        self._words.send((words, topics))

    def related(self) -> Related:
        """Wait, once, for each paper's related papers."""
        return cast("Related", self._take(2))

    def index(self) -> list[tuple[str, bytes]]:
        """Wait, once, for the files of the search index: paths below the site, and contents."""
        return cast(list[tuple[str, bytes]], self._take(3))

    def close(self) -> None:
        """End the work, if it goes on."""
        self._beside.close()
        self._words.close()

    def _take(self, number: int) -> object:
        """Wait for the result of a work; those before it are waited for, too."""
        while len(self._results) <= number:
            self._results.append(self._beside.result())
        result, self._results[number] = self._results[number], None
        return result

    def _look_up(self) -> list[PageFile]:
        return list_pages(self._root)

    def _look_at_site(self) -> Found:
        return look_at(self._site)

    def _relate(self) -> Related:
        from papercatalog.related import Comparison
        from papercatalog.search import join

        comparison = Comparison()
        foreseen: dict[bytes, tuple[Summary, Counted]] = {}
        if works_beside():
            with closing(Cache.of_built(self._root)) as cache:
                foreseen |= _foresee(cache, comparison)
        words, topics = self._words.receive()
        counted: list[Counted] = []

        def load() -> Iterator[Summary]:
            for run in words:
                known = foreseen.pop(run) if run in foreseen else _load(run, comparison)
                summary, terms = known
                counted.append(terms)
                yield summary

        if self._indexed:
            self._joined = join(load()), topics
        else:
            deque(load(), maxlen=0)
        with closing(Cache(self._root)) as cache:
            before = cache.get("related", [_COMPARED]).get(_COMPARED, b"")
            related, compared = comparison.relate(counted, before=before)
            cache.put("related", {_COMPARED: compared})
        return related

    def _build_index(self) -> list[tuple[str, bytes]]:
        from papercatalog.search import build_joined

        assert self._joined is not None  # noqa: S101, papers are related before
        files = build_joined(*self._joined)
        self._joined = None  # the files are made of less and less of it
        return list(files)


def _foresee(
    cache: Cache, comparison: Comparison
) -> Iterator[tuple[bytes, tuple[Summary, Counted]]]:
    """Load what is kept of words: most of it will still be true. What is damaged is passed over."""
    size = 0
    for data in cache.list_all(KIND):
        size += len(data)
        if size > FORESEEN:
            return
        with suppress(ValueError, IndexError):
            words = Run.load(data).words
            yield words, _load(words, comparison)


def _load(words: bytes, comparison: Comparison) -> tuple[Summary, Counted]:
    from papercatalog.search import Summary

    summary = Summary.load(words, trusted=True)
    return summary, comparison.count(summary)
