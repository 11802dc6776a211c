"""What is derived from the texts of all papers; the costly part is made in the background."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from papercatalog.build.segments import PaperTexts, make_render, to_search_topics
from papercatalog.model.catalog import Catalog
from papercatalog.outputs.artifacts import FileArtifact
from papercatalog.runtime.background import BackgroundTask
from papercatalog.search.index.document import SearchTopic

if TYPE_CHECKING:
    from papercatalog.related import Related
    from papercatalog.search.index.segment import Segment


class Derived:
    """A catalog's rendered abstracts, its related papers and the files of its search index.

    Related papers and the index are made in two background processes.
    """

    def __init__(self, catalog: Catalog, texts: PaperTexts, *, with_index: bool = True) -> None:
        """Start the background work; ``with_index`` says whether the index will be asked for."""
        self.catalog = catalog
        self.render = make_render(texts.rendered)
        self._related = BackgroundTask(partial(_find_related, texts.segments))
        self._index = None
        if with_index:
            topics = to_search_topics(catalog)
            self._index = BackgroundTask(partial(_build_index, texts.segments, topics))

    @cached_property
    def related(self) -> Related:
        """Each paper's related papers, by id; waits until they have been found."""
        return self._related.result()

    @cached_property
    def index_files(self) -> list[FileArtifact]:
        """The files of the search index, if it was asked for; waits until they have been made."""
        return self._index.result() if self._index else []

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


def _build_index(segments: Sequence[bytes], topics: Sequence[SearchTopic]) -> list[FileArtifact]:
    from papercatalog.search.index.writer import build_index

    return [FileArtifact(path, content) for path, content in build_index(_load(segments), topics)]


def _load(segments: Sequence[bytes]) -> Iterator[Segment]:
    from papercatalog.search.index.segment import Segment  # loads numpy

    return (Segment.load(data, trusted=True) for data in segments)
