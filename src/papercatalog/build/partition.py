"""A site built in parts, each on a machine of its own, and put together by copying.

A part holds its share of the generated pages and files, all that MkDocs builds itself, and below
`FOLDER` what is known of its papers; the search index of the whole is made of that.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from filecmp import cmp
from functools import partial
from pathlib import Path
from typing import Any

from papercatalog.build.part import Part
from papercatalog.build.segments import list_documents, list_topics
from papercatalog.model.catalog import Catalog
from papercatalog.outputs.artifacts import (
    Artifact,
    FileArtifact,
    FilesArtifact,
    PageArtifact,
    PagesArtifact,
)
from papercatalog.outputs.search import SEARCH
from papercatalog.runtime.files import list_files, write_bytes
from papercatalog.runtime.hashing import hash_key
from papercatalog.search.index.document import SearchTopic
from papercatalog.search.index.segment import Segment
from papercatalog.search.index.segment_builder import build_segment
from papercatalog.search.index.writer import build_index

FOLDER = "papercatalog-parts"
"""Where a part keeps what the whole needs, below its site; not hidden: all tools shall copy it."""


class PartsError(Exception):
    """Parts that cannot be put together, and why."""


def take_part(catalog: Catalog, artifacts: Iterable[Artifact], part: Part) -> Iterator[Artifact]:
    """Leave of a whole site's artifacts those of the part, and add what the whole needs of it."""
    for artifact in artifacts:
        if isinstance(artifact, PagesArtifact):
            if paths := list(filter(part.holds, artifact.paths)):
                make, key = partial(_take, artifact, part), partial(_hash, artifact, part)
                yield PagesArtifact(artifact.name, paths, make, key)
        elif not isinstance(artifact, FilesArtifact):
            if part.holds(artifact.path):
                yield artifact
        elif artifact.name == SEARCH:
            yield FilesArtifact(FOLDER, partial(_describe, catalog, part), lambda: catalog.key)
        elif part.holds(artifact.name):
            yield artifact


def _take(pages: PagesArtifact, part: Part) -> Iterator[PageArtifact]:
    return (page for page in pages.make() if part.holds(page.path))


def _hash(pages: PagesArtifact, part: Part) -> bytes:
    return hash_key(str(part), pages.hash())


def _describe(catalog: Catalog, part: Part) -> Iterator[FileArtifact]:
    documents = list_documents(
        catalog, filter(lambda paper: part.holds(paper.path), catalog.papers)
    )
    topics = list_topics(catalog)
    about = {
        "catalog": catalog.key.hex(),
        "part": str(part),
        "topics": [[topic.slug, topic.title, topic.parent] for topic in topics],
    }
    name = f"{FOLDER}/{part.number}-of-{part.count}"
    yield FileArtifact(f"{name}.json", json.dumps(about, ensure_ascii=False).encode())
    yield FileArtifact(f"{name}.search", build_segment(documents, topics).dump())


def merge_parts(parts: Sequence[Path], site: Path) -> int:
    """Put the parts of one site together below ``site`` and give how many files that are.

    Raises `PartsError` where a part is missing, is there twice or is of another catalog, and where
    two parts have different files of one name.
    """
    topics = _check([(part, _read_about(part)) for part in parts])
    written: dict[str, Path] = {}
    for part in parts:
        for path in list_files(part, ".", ""):
            if not path.startswith(f"./{FOLDER}/"):
                _copy(part, path, site, written)
    summaries = [
        Segment.load(file.read_bytes()) for part in parts for file in _find(part, "search")
    ]
    for path, content in build_index(summaries, topics):
        write_bytes(site / path, content)
        written[path] = site
    return len(written)


def _read_about(part: Path) -> dict[str, Any]:
    found = _find(part, "json")
    if len(found) != 1:
        raise PartsError(f"{part} holds {len(found)} parts of a site; name one folder for each")
    about: dict[str, Any] = json.loads(found[0].read_bytes())
    return about


def _find(part: Path, ending: str) -> list[Path]:
    return sorted((part / FOLDER).glob(f"*.{ending}"))


def _check(parts: Sequence[tuple[Path, Mapping[str, Any]]]) -> list[SearchTopic]:
    """Make sure that the parts are all those of one catalog; give its topics."""
    (first, about), *_ = parts
    for part, other in parts:
        if other["catalog"] != about["catalog"]:
            raise PartsError(f"{part} is not of the same catalog as {first}; build both anew")
    count = Part.parse(about["part"]).count
    there = sorted(Part.parse(other["part"]).number for _, other in parts)
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
