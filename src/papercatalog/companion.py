"""A process that works beside a build from its first moment on.

While others load modules, it looks up the pages; while the pages become a catalog, it loads what is
known of their words; and of all papers' words it makes what takes longest, while the site is built.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from papercatalog.cache import Cache, hash_key
from papercatalog.keeping import Found, load_made, look_at
from papercatalog.lookup import PARTS, Lookup, PageFile
from papercatalog.parallel import Beside, Message, works_beside
from papercatalog.runs import KIND, Run, Unread, finish

if TYPE_CHECKING:
    from papercatalog.related import Comparison, Counted, Related
    from papercatalog.search.document import SearchTopic
    from papercatalog.search.known import Known
    from papercatalog.search.summary import Summary

FORESEEN = 64_000_000
"""Of so many bytes of kept words all are loaded before it is known which are still true."""
_INDEX = "search"
"""What the search index is called."""
_COMPARED = hash_key("compared")
"""What is kept of papers that were compared lies under this key."""


class Companion:
    """Gives what it makes when that is asked for; without a process of its own it makes it then."""

    def __init__(self, root: Path, site: Path, *, indexed: bool = True) -> None:
        """``site`` is where the site lies; ``indexed`` says whether its index will be asked for."""
        self._root, self._site, self._indexed = root, site, indexed
        self._words: Message[tuple[Sequence[bytes | Unread], Sequence[SearchTopic]]] = Message()
        self._keeps: Message[bool] = Message()
        """Whether the site that was looked at is the one that is built, and is not made anew."""
        self._has_told = False
        self._kept: list[bytes] = []
        """Runs of papers as they were read before, as bytes."""
        self._seen: Found = {}
        self._key = hash_key(str(site.resolve()))
        """What is kept of the index lies under this key."""
        self._made: tuple[Summary, Sequence[SearchTopic], Known, str] | None = None
        """What the index is made of."""
        works = (*Lookup(root).works, self._look_back, self._relate, self._build_index)
        self._beside: Beside[object] = Beside(*works[: None if indexed else -1])
        self._results: list[object] = []

    def pages(self) -> Iterator[PageFile]:
        """Wait, once, for all papers' pages; the first come while the others are looked up."""
        for part in range(PARTS):
            yield from cast(list[PageFile], self._take(part))

    def found(self, site: Path | None) -> Found:
        """Say, once, which site keeps its files; wait for what the last build left of them.

        None is for one that is made anew. What nobody asks for here is not kept.
        """
        is_foreseen = site is not None and site.resolve() == self._site.resolve()
        self._tell(is_foreseen)
        if is_foreseen:
            return cast(Found, self._take(PARTS))
        return look_at(site) if site else {}

    def start(self, words: Sequence[bytes | Unread], topics: Sequence[SearchTopic]) -> None:
        """Say what was read of all papers, and what is to be read.

        Related papers and the index are made of that.
        """
        self._words.send((words, topics))

    def related(self) -> Related:
        """Wait, once, for each paper's related papers."""
        return cast("Related", self._take(PARTS + 1))

    def index(self) -> list[tuple[str, bytes | None]]:
        """Wait, once, for the files of the search index: paths below the site, and contents.

        None is for a file that lies there as the last build left it.
        """
        if not self._has_told:
            self._tell(False)
        return cast(list[tuple[str, bytes | None]], self._take(PARTS + 2))

    def close(self) -> None:
        """End the work, if it goes on."""
        self._beside.close()
        self._words.close()
        self._keeps.close()

    def _tell(self, keeps: bool) -> None:
        self._has_told = True
        self._keeps.send(keeps)

    def _take(self, number: int) -> object:
        """Wait for the result of a work; those before it are waited for, too."""
        while len(self._results) <= number:
            self._results.append(self._beside.result())
        result, self._results[number] = self._results[number], None
        return result

    def _look_back(self) -> Found:
        """Look at what the last build left: words, before they are replaced, and files."""
        if works_beside():
            with closing(Cache.of_built(self._root)) as cache:
                self._kept = _take_some(cache.list_all(KIND))
        self._seen = look_at(self._site)
        return self._seen

    def _relate(self) -> Related:
        from papercatalog.related import Comparison
        from papercatalog.search.summary import join

        comparison = Comparison()
        foreseen: dict[bytes, tuple[Summary, Counted]] = {}
        foreseen |= _foresee(self._kept, comparison)
        self._kept = []
        sources, compares = _hash(foreseen), bool(foreseen)
        runs, topics = self._words.receive()
        with closing(Cache(self._root)) as cache:
            words = finish(runs, topics, cache)
        counted: list[Counted] = []
        fresh: list[Summary] = []

        def load() -> Iterator[Summary]:
            for run in words:
                is_known = run in foreseen
                summary, terms = foreseen.pop(run) if is_known else _load(run, comparison)
                fresh.extend([summary] if compares and not is_known else [])
                counted.append(terms)
                yield summary

        if self._indexed:
            whole, known = join(load()), self._know()
            known.compare(sources, [summary for summary, _ in foreseen.values()], fresh)
            self._made = whole, topics, known, _hash(words)
        else:
            deque(load(), maxlen=0)
        with closing(Cache(self._root)) as cache:
            before = cache.get("related", [_COMPARED]).get(_COMPARED, b"")
            related, compared = comparison.relate(counted, before=before)
            cache.put("related", {_COMPARED: compared})
        return related

    def _know(self) -> Known:
        """Give what is known of the index that the last build left."""
        from papercatalog.search.known import Known

        with closing(Cache(self._root)) as cache:
            _, made = load_made(cache, self._site).get(_INDEX, ("", ()))
            data = cache.get(_INDEX, [self._key]).get(self._key, b"")
        there = {path for path, size, time, _ in made if self._seen.get(path) == (size, time)}
        with suppress(ValueError):  # what is damaged is not known
            return Known(data, there.__contains__)
        return Known()

    def _build_index(self) -> list[tuple[str, bytes | None]]:
        from papercatalog.search.build import build_joined

        assert self._made is not None  # noqa: S101, papers are related before
        whole, topics, known, sources = self._made
        self._made = None
        if not self._keeps.receive():
            known.forget()
        files = build_joined(whole, topics, known)
        del whole  # the files are made of less and less of it
        made = list(files)
        with closing(Cache(self._root)) as cache:
            cache.put(_INDEX, {self._key: known.dump(sources)})
        return made


def _hash(words: Iterable[bytes]) -> str:
    return hash_key(*sorted(words)).hex()


def _take_some(kept: Iterable[bytes]) -> list[bytes]:
    """Take what is kept, as far as it is not too much."""
    some: list[bytes] = []
    left = FORESEEN
    for data in kept:
        left -= len(data)
        if left < 0:
            break
        some.append(data)
    return some


def _foresee(
    kept: Iterable[bytes], comparison: Comparison
) -> Iterator[tuple[bytes, tuple[Summary, Counted]]]:
    """Load what is kept of words: most of it will still be true. What is damaged is passed over."""
    for data in kept:
        with suppress(ValueError, IndexError):
            words = Run.load(data).words
            yield words, _load(words, comparison)


def _load(words: bytes, comparison: Comparison) -> tuple[Summary, Counted]:
    from papercatalog.search.summary import Summary

    summary = Summary.load(words, trusted=True)
    return summary, comparison.count(summary)
