"""What is derived from the texts of all papers; the costly part is made in the background."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from papercatalog.build.segments import PaperTexts, make_find_gist, make_render, to_search_topics
from papercatalog.model.catalog import Catalog
from papercatalog.outputs.artifacts import FileArtifact
from papercatalog.runtime.background import BackgroundTask
from papercatalog.search.index.document import SearchTopic

if TYPE_CHECKING:
    from papercatalog.related import Related
    from papercatalog.search.index.segment import Segment


MAX_TOGETHER = 20_000
"""Related papers and the index of more papers are made one after the other.

Each of the two processes loads all segments: with 100,000 papers the build takes 1.8 GB while both
run, 1.5 GB while one does.
"""


class Derived:
    """A catalog's rendered abstracts, its related papers and the files of its search index.

    Related papers and the index are made in a background process each, at the same time or, of more
    than `MAX_TOGETHER` papers, one after the other.
    """

    def __init__(self, catalog: Catalog, texts: PaperTexts, *, with_index: bool = True) -> None:
        """Start the background work; ``with_index`` says whether the index will be asked for."""
        self.catalog = catalog
        self.render = make_render(texts.rendered)
        self.find_gist = make_find_gist(texts.gists, self.render)
        self._related = BackgroundTask(partial(_find_related, texts.segments))
        self._index: BackgroundTask[list[FileArtifact]] | None = None
        self._segments, self._with_index = texts.segments, with_index
        if len(catalog.papers) <= MAX_TOGETHER:
            self._start_index()

    @cached_property
    def related(self) -> Related:
        """Each paper's related papers, by id; waits until they have been found."""
        found = self._related.result()
        self._start_index()
        return found

    @cached_property
    def index_files(self) -> list[FileArtifact]:
        """The files of the search index, if it was asked for; waits until they have been made."""
        if self._index is None:
            self.wait_for_related()
        return self._index.result() if self._index else []

    def _start_index(self) -> None:
        """Start to build the index, if it will be asked for and is not being built."""
        if self._with_index and self._index is None:
            topics = to_search_topics(self.catalog)
            self._index = BackgroundTask(partial(build_index_files, self._segments, topics))

    def wait_for_related(self) -> None:
        """Wait until related papers have been found.

        Call this before the writers are forked: a fork cannot wait for the background process.
        """
        _ = self.related

    def close(self) -> None:
        """Stop the work if it still goes on."""
        self._related.close()
        if self._index:
            self._index.close()


def _find_related(segments: Sequence[bytes]) -> Related:
    from papercatalog.related import find_related

    return find_related(_load(segments))


def build_index_files(
    segments: Sequence[bytes], topics: Sequence[SearchTopic]
) -> list[FileArtifact]:
    """Make the files of the search index of a catalog's segments."""
    from papercatalog.search.index.writer import build_index

    return [FileArtifact(path, content) for path, content in build_index(_load(segments), topics)]


def _load(segments: Sequence[bytes]) -> Iterator[Segment]:
    from papercatalog.search.index.segment import Segment  # loads numpy

    return (Segment.load(data, trusted=True) for data in segments)
