"""What is derived from the texts of all papers; the costly part is made in the background."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from papercatalog.build.segments import PaperTexts, make_render, to_search_topics
from papercatalog.model.catalog import Catalog
from papercatalog.outputs.artifacts import FileArtifact
from papercatalog.runtime.background import BackgroundTask
from papercatalog.search.index.document import SearchTopic

if TYPE_CHECKING:
    from papercatalog.related import Related
    from papercatalog.search.index.segment import Segment


class Derived:
    """A catalog's rendered abstracts, its related papers and the files of its search index."""

    def __init__(self, catalog: Catalog, texts: PaperTexts, *, with_index: bool = True) -> None:
        """Start the background work; ``with_index`` says whether the index will be asked for."""
        self.catalog = catalog
        self.render = make_render(texts.rendered)
        self._task: BackgroundTask[object] = BackgroundTask(
            partial(
                _find_related_and_build_index, texts.segments, to_search_topics(catalog), with_index
            )
        )

    @cached_property
    def related(self) -> Related:
        """Each paper's related papers, by id; waits until they have been found."""
        return cast("Related", self._task.next())

    @cached_property
    def index_files(self) -> list[FileArtifact]:
        """The files of the search index; waits until they have been made."""
        self.wait_for_related()
        return cast(list[FileArtifact], self._task.next())

    def wait_for_related(self) -> None:
        """Wait until related papers have been found.

        Call this before the writers are forked: a fork cannot wait for the background process.
        """
        _ = self.related

    def close(self) -> None:
        """Stop the work if it still goes on."""
        self._task.close()


def _find_related_and_build_index(
    segments: Sequence[bytes], topics: Sequence[SearchTopic], with_index: bool
) -> Iterator[object]:
    """Yield the related papers, then the index's files: `Derived` takes them in this order."""
    from papercatalog.related import find_related
    from papercatalog.search.index.segment import Segment  # loads numpy
    from papercatalog.search.index.writer import build_index

    def load() -> Iterator[Segment]:
        return (Segment.load(data, trusted=True) for data in segments)

    yield find_related(load())
    if with_index:
        yield [FileArtifact(path, content) for path, content in build_index(load(), topics)]
