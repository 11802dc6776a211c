"""What is derived from the words of all papers, in the background: related papers, the index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from papercatalog.outputs.artifacts import FileArtifact
from papercatalog.runtime.background import BackgroundTask
from papercatalog.search.index.document import SearchTopic

if TYPE_CHECKING:
    from papercatalog.related import Related
    from papercatalog.search.index.segment import Segment


class Derived:
    """Related papers and the files of the search index, made in the background."""

    def __init__(
        self, segments: Sequence[bytes], topics: Sequence[SearchTopic], *, with_index: bool = True
    ) -> None:
        """Start the work; ``with_index`` says whether the index will be asked for."""
        self._task: BackgroundTask[object] = BackgroundTask(
            partial(_derive, segments, topics, with_index)
        )

    @cached_property
    def related(self) -> Related:
        """Each paper's related papers, by id; waits until they have been found."""
        return cast("Related", self._task.next())

    @cached_property
    def index_files(self) -> list[FileArtifact]:
        """The files of the search index; waits until they have been made."""
        assert self.related is not None  # noqa: S101, they are found first
        return cast(list[FileArtifact], self._task.next())

    def close(self) -> None:
        """Stop the work if it still goes on."""
        self._task.close()


def _derive(
    segments: Sequence[bytes], topics: Sequence[SearchTopic], with_index: bool
) -> Iterator[object]:
    from papercatalog.related import find_related
    from papercatalog.search.index.segment import Segment  # loads numpy
    from papercatalog.search.index.writer import build_index

    def load() -> Iterator[Segment]:
        return (Segment.load(data, trusted=True) for data in segments)

    yield find_related(load())
    if with_index:
        yield [FileArtifact(path, content) for path, content in build_index(load(), topics)]
