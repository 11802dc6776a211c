"""Sites built in parts, each on a machine of its own, and put together by copying.

A part has its share of the generated pages and files, all that MkDocs builds itself, and below
`FOLDER` a segment of the search index with its papers; merging builds the index of all segments.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from filecmp import cmp
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

from papercatalog.build.segments import to_documents, to_search_topics
from papercatalog.outputs.artifacts import Artifact, FileArtifact, FileGroup
from papercatalog.outputs.context import Context
from papercatalog.runtime.files import list_files, replace_folder, write_bytes
from papercatalog.runtime.hashing import hash_key
from papercatalog.search.index.document import SearchTopic

FOLDER = "papercatalog-parts"
"""The folder of a part's segment, below its site; not hidden, so that all tools copy it."""


class PartsError(Exception):
    """Parts that cannot be put together, and why."""


@dataclass(frozen=True, slots=True)
class SitePart:
    """One of several parts of a site."""

    number: int
    """From 1 on."""
    count: int

    @classmethod
    def parse(cls, text: str) -> SitePart:
        """Parse ``2/8``.

        Raises:
            ValueError: The text is no part.

        >>> SitePart.parse("2/8")
        SitePart(number=2, count=8)
        """
        number, _, count = text.partition("/")
        part = cls(int(number), int(count))
        if not 1 <= part.number <= part.count:
            raise ValueError(text)
        return part

    def holds(self, name: str) -> bool:
        """Tell whether a file or group is in this part, by a hash of its path or name."""
        return crc32(name.encode()) % self.count == self.number - 1

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"


def take_part(artifacts: Iterable[Artifact], part: SitePart) -> Iterator[Artifact]:
    """Give those of a site's artifacts that are in a part."""
    for artifact in artifacts:
        name = artifact.name if isinstance(artifact, FileGroup) else artifact.path
        if part.holds(name):
            yield artifact


def describe_part(context: Context, part: SitePart) -> FileGroup:
    """Make the files of a part that `merge_parts` needs: its segment, and what it is part of."""
    key = partial(hash_key, context.catalog.key, str(part))
    return FileGroup(FOLDER, key, partial(_make_segment, context, part))


def _make_segment(context: Context, part: SitePart) -> Iterator[FileArtifact]:
    from papercatalog.search.index.segment_builder import build_segment  # loads numpy

    papers = (paper for paper in context.catalog.papers if part.holds(paper.path))
    topics = to_search_topics(context.catalog)
    about = {
        "catalog": context.catalog.key.hex(),
        "part": str(part),
        "topics": [[topic.slug, topic.title, topic.parent] for topic in topics],
    }
    name = f"{FOLDER}/{part.number}-of-{part.count}"
    yield FileArtifact(f"{name}.json", json.dumps(about, ensure_ascii=False).encode())
    segment = build_segment(to_documents(papers, context.render), topics)
    yield FileArtifact(f"{name}.search", segment.dump())


def merge_parts(parts: Sequence[Path], site: Path) -> int:
    """Put the parts of one site together as the folder ``site``; gives the number of files.

    They are put together beside it and moved there at the end, so that a merge that does not end
    leaves no half site.

    Raises:
        PartsError: A part is missing, is there twice or is of another catalog, or two parts have
            different files of one name.
        IndexFormatError: A part's segment is damaged or was written by another version.
        OSError: A file cannot be read or written, or ``site`` is not empty.
    """
    from papercatalog.search.index.segment import Segment
    from papercatalog.search.index.writer import build_index  # loads numpy

    topics = _check_parts([(part, _read_about(part)) for part in parts])
    written: dict[str, Path] = {}
    with replace_folder(site) as aside:
        for part in parts:
            for path in list_files(part, ".", ""):
                if not path.startswith(f"./{FOLDER}/"):
                    _copy(part, path, aside, written)
        segments = [
            Segment.load(file.read_bytes()) for part in parts for file in _find(part, "search")
        ]
        for path, content in build_index(segments, topics):
            write_bytes(aside / path, content)
            written[path] = aside
    return len(written)


def _read_about(part: Path) -> dict[str, Any]:
    found = _find(part, "json")
    if len(found) != 1:
        raise PartsError(f"{part} holds {len(found)} parts of a site; name one folder for each")
    about: dict[str, Any] = json.loads(found[0].read_bytes())
    return about


def _find(part: Path, ending: str) -> list[Path]:
    return sorted((part / FOLDER).glob(f"*.{ending}"))


def _check_parts(parts: Sequence[tuple[Path, Mapping[str, Any]]]) -> list[SearchTopic]:
    """Make sure that the parts are all those of one catalog; give its topics."""
    (first, about), *_ = parts
    for part, other in parts:
        if other["catalog"] != about["catalog"]:
            raise PartsError(f"{part} is not of the same catalog as {first}; build both anew")
    count = SitePart.parse(about["part"]).count
    there = sorted(SitePart.parse(other["part"]).number for _, other in parts)
    if there != list(range(1, count + 1)):
        listed = ", ".join(map(str, there))
        raise PartsError(f"{count} parts are wanted, each once; these are there: {listed}")
    return [SearchTopic(slug, title, parent) for slug, title, parent in about["topics"]]


def _copy(part: Path, path: str, site: Path, written: dict[str, Path]) -> None:
    source, target = part / path, site / path
    if path not in written:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        written[path] = part
    elif not cmp(source, target, shallow=False):
        raise PartsError(f"{path} differs between {written[path]} and {part}; build both anew")
