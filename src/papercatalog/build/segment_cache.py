"""Runs of papers: what was read of them, as the cache keeps it, and what is still to be read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from papercatalog.runtime.cache import Cache
from papercatalog.search.index.document import Document, SearchTopic

KIND = "run"
"""What the cache calls them."""

Texts = list[list[str] | None]
"""The abstract of each paper as HTML and as plain text; None for one without markup."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some papers, as they were read."""

    keys: list[str]
    """The key of each, in hexadecimal."""
    texts: Texts
    words: bytes
    """Their summary."""

    def dump(self) -> bytes:
        """Write it as bytes: a line of JSON, then the summary."""
        head = json.dumps([self.keys, self.texts], ensure_ascii=False, separators=(",", ":"))
        return b"%b\n%b" % (head.encode(), self.words)

    @classmethod
    def load(cls, data: bytes) -> Run:
        """Read what ``dump`` wrote."""
        head, _, words = data.partition(b"\n")
        keys, texts = json.loads(head)
        return cls(keys, texts, words)


@dataclass(frozen=True, slots=True)
class Unread:
    """Some papers whose abstracts are rendered, and whose words have not all been read."""

    name: bytes
    """The run's key in the cache."""
    keys: list[str]
    texts: Texts
    before: bytes
    """The summary of those that were read before, and of others; empty for none."""
    stay: Sequence[int]
    """The numbers in that of the papers that are still there, ascending: they come first."""
    fresh: Sequence[Document]
    """The others."""

    def read(self, topics: Sequence[SearchTopic]) -> Run:
        """Read the words; ``topics`` are all of the catalog's."""
        from papercatalog.search.index.segment import Segment, merge_segments
        from papercatalog.search.index.segment_builder import build_segment

        known = [Segment.load(self.before, trusted=True).select(self.stay)] if self.before else []
        return Run(
            self.keys,
            self.texts,
            merge_segments([*known, build_segment(self.fresh, topics)]).dump(),
        )


def finish(
    runs: Sequence[bytes | Unread], topics: Sequence[SearchTopic], cache: Cache
) -> list[bytes]:
    """Read what is unread, and keep it; give all runs' summaries."""
    read = {run.name: run.read(topics) for run in runs if isinstance(run, Unread)}
    cache.put(KIND, {name: run.dump() for name, run in read.items()})
    return [run if isinstance(run, bytes) else read[run.name].words for run in runs]
