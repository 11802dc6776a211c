"""A process that works beside a build from its first moment on.

While others load modules, it looks up the pages; while the pages become a catalog, it loads what is
known of their words. Then it reads the words of the few papers that are new, and of all papers'
words it makes what takes longest, while the site is built.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from papercatalog.build.incremental import NOTHING, Left
from papercatalog.build.segment_cache import KIND, Run, Unread, finish
from papercatalog.model.page_files import PARTS, Lookup, PageFile
from papercatalog.runtime.cache import Cache
from papercatalog.runtime.hashing import hash_key
from papercatalog.runtime.processes import Beside, Message, works_beside
from papercatalog.search.codec import FOLDER

if TYPE_CHECKING:
    from papercatalog.related import Comparison, Counted, Related
    from papercatalog.search.index.document import SearchTopic
    from papercatalog.search.index.known import Known
    from papercatalog.search.index.segment import Summary

FORESEEN = 64_000_000
"""Of so many bytes of kept words all are loaded before it is known which are still true."""
REMEMBERED = 256_000_000
"""So many bytes of kept words are held until it is known which were read anew."""
COMPARED = 8_000_000
"""Of words that were read anew, so many bytes are held against those of before: of more, little
would be the same."""
_COMPARED = hash_key("compared")
"""What is kept of papers that were compared lies under this key."""
_INDEXED = hash_key("indexed")
"""What is kept of the index that was made last lies under this key."""


class Companion:
    """Gives what it makes when that is asked for; without a process of its own it makes it then."""

    def __init__(self, root: Path, *, indexed: bool = True) -> None:
        """``indexed`` says whether the search index will be asked for."""
        self._root, self._indexed = root, indexed
        self._words: Message[tuple[Sequence[bytes | Unread], Sequence[SearchTopic]]] = Message()
        self._left: Message[Left] = Message()
        self._is_told = False
        """Whether it has been said what the last build left."""
        self._made: tuple[Summary, Sequence[SearchTopic], Known, str] | None = None
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
        before = self._take_words() if works_beside() else []
        from papercatalog.related import Comparison
        from papercatalog.search.index.segment import join

        comparison = Comparison()
        foreseen = {run: _load(run, comparison) for run in _take_some(before, FORESEEN)}
        runs, topics = self._words.receive()
        with closing(Cache(self._root)) as cache:
            words = finish(runs, topics, cache)
        counted: list[Counted] = []

        def load() -> Iterator[Summary]:
            for run in words:
                summary, terms = foreseen.pop(run) if run in foreseen else _load(run, comparison)
                counted.append(terms)
                yield summary

        if self._indexed:
            self._made = join(load()), topics, self._know(before, words), _hash(words)
        else:
            deque(load(), maxlen=0)
        before, foreseen = [], {}
        with closing(Cache(self._root)) as cache:
            then = cache.get("related", [_COMPARED]).get(_COMPARED, b"")
            related, compared = comparison.relate(counted, before=then)
            cache.put("related", {_COMPARED: compared})
        return related

    def _take_words(self) -> list[bytes]:
        """Give the words of papers as they were read before, until they are replaced."""
        with closing(Cache.of_built(self._root)) as cache:
            words = (Run.load(data).words for data in cache.list_all(KIND))
            return list(_take_some(words, REMEMBERED if self._indexed else FORESEEN))

    def _know(self, before: Sequence[bytes], words: Sequence[bytes]) -> Known:
        """Give what is known of the last index, and is so still."""
        from papercatalog.search.index.known import Known
        from papercatalog.search.index.segment import Summary

        with closing(Cache(self._root)) as cache:
            known = Known(cache.get(FOLDER, [_INDEXED]).get(_INDEXED, b""))
        gone, fresh = set(before).difference(words), set(words).difference(before)
        if sum(map(len, (*gone, *fresh))) <= COMPARED:
            load = partial(Summary.load, trusted=True)
            known.compare(_hash(before), map(load, gone), map(load, fresh))
        return known

    def _build_index(self) -> list[tuple[str, bytes | None]]:
        from papercatalog.search.index.writer import build_joined

        assert self._made is not None  # noqa: S101, papers are related before
        whole, topics, known, sources = self._made
        self._made = None
        known.trust(self._left.receive().list_files(FOLDER))
        files = build_joined(whole, topics, known)
        del whole  # the files are made of less and less of it
        made = list(files)
        with closing(Cache(self._root)) as cache:
            cache.put(FOLDER, {_INDEXED: known.dump(sources)})
        return made


def _hash(words: Iterable[bytes]) -> str:
    return hash_key(*sorted(words)).hex()


def _take_some(words: Iterable[bytes], most: int) -> Iterator[bytes]:
    """Give the first, as far as they are so many bytes together."""
    for run in words:
        most -= len(run)
        if most < 0:
            return
        yield run


def _load(words: bytes, comparison: Comparison) -> tuple[Summary, Counted]:
    from papercatalog.search.index.segment import Summary

    summary = Summary.load(words, trusted=True)
    return summary, comparison.count(summary)
