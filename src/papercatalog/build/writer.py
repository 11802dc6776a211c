"""Writes what MkDocs does not build itself, once the theme is known and MkDocs is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeGuard

from papercatalog.build.incremental import (
    Job,
    Keeper,
    Left,
    Made,
    Output,
    list_sizes,
    remove_stale,
    save_made,
)
from papercatalog.build.index_worker import Companion
from papercatalog.model.catalog import Catalog
from papercatalog.outputs.artifacts import Artifact, FileArtifact, FilesArtifact, PagesArtifact
from papercatalog.outputs.search import SEARCH
from papercatalog.runtime.cache import Cache
from papercatalog.runtime.progress import show_progress, timed

MANY = 50_000
"""Of more pages, this process alone writes some until the search index is made: memory counts for
more then than a core."""


class Writing:
    """The artifacts of one build, until they are written."""

    def __init__(
        self,
        catalog: Catalog,
        companion: Companion,
        artifacts: Iterable[Artifact],
        plan: Callable[[Artifact], Job],
    ) -> None:
        """``plan`` says how an artifact is written, and when anew."""
        every = list(artifacts)
        self._catalog, self._companion, self._plan = catalog, companion, plan
        self._index = [one for one in every if is_index(one)]
        self._papers = [one for one in every if isinstance(one, PagesArtifact)]
        self._others = [
            one for one in every if not isinstance(one, PagesArtifact) and not is_index(one)
        ]
        self._is_related = False
        self.steps: dict[str, float] = {}
        """The seconds that each step took."""

    def relate(self) -> None:
        """Let the catalog know its related papers, unless it does."""
        if not self._is_related:
            self._catalog.related.update(self._companion.related())
            self._is_related = True

    def finish(
        self,
        root: Path,
        site: Path,
        left: Left,
        more: Iterable[FileArtifact],
        wanted: Iterable[str],
    ) -> dict[str, int]:
        """Write what is new or changed, and remove what is wanted no more.

        ``left`` is what the last build left; ``more`` are files that came up meanwhile; ``wanted``
        are the paths of MkDocs' own. Gives the sizes, in bytes, of all files in the generated
        folders.
        """
        self._others += more
        pages_of = {pages.name: len(pages.paths) for pages in self._papers}
        count = len(self._others) + sum(pages_of.values())
        keeper = Keeper(site, left)
        with timed(self.steps, "writing"):
            pages = show_progress(
                self._write_pages(keeper, alone=count > MANY),
                "writing pages",
                count,
                lambda done: pages_of.get(done[0], 1),
            )
            made = dict(pages)
        with timed(self.steps, "indexing"):
            made |= self._write_index(keeper)
        with closing(Cache(root)) as cache:
            save_made(cache, site, made)
        sizes = list_sizes(site, made.values(), wanted)
        remove_stale(site, left.found, sizes)
        return sizes

    def _write_pages(self, keeper: Keeper, *, alone: bool) -> Iterator[tuple[str, Made]]:
        """Write all pages; papers come last, since what is related is found meanwhile.

        ``alone`` says to have no other processes take part before the index is written, too.
        """
        yield from keeper.do_jobs(self._others, self._plan, alone=alone)
        self.relate()
        if alone:
            yield from self._write_index(keeper)
        yield from keeper.do_jobs(self._papers, self._plan, lambda pages: len(pages.paths))

    def _write_index(self, keeper: Keeper) -> Iterator[tuple[str, Made]]:
        """Write the search index, unless that has been done."""
        index, self._index = self._index, []
        return keeper.do_jobs(index, self._plan_index)

    def _plan_index(self, index: FilesArtifact) -> Job:
        return Job(index.name, index.hash().hex(), self._list_index)

    def _list_index(self) -> Iterator[Output]:
        for path, content in self._companion.index():
            yield Output(path, "", None) if content is None else Output.of(path, content)


def is_index(artifact: Artifact) -> TypeGuard[FilesArtifact]:
    """Whether an artifact is the search index, which is made meanwhile."""
    return isinstance(artifact, FilesArtifact) and artifact.name == SEARCH
