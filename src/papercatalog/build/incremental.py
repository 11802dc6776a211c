"""What the previous build of a site left: its files stay as long as they are right."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from papercatalog.build.staging import find_published
from papercatalog.runtime.cache import Cache
from papercatalog.runtime.hashing import hash_key

FOLDERS = (
    "papers",
    "topics",
    "authors",
    "dates",
    "search",
    "contribute",
    "pictures",
    "icons",
    "papercatalog-parts",
)
"""The folders of files whose number or size grows with the catalog."""
RECORDS = 4
"""Records of other sites of one catalog that the cache keeps."""
_KIND = "site"


class WrittenFile(NamedTuple):
    """A file that a build wrote."""

    path: str
    """Relative to the site."""
    key: str
    """Hashes what the content depends on, in hexadecimal."""
    size: int
    """Bytes."""
    time: int
    """The time of the last change, in nanoseconds."""


class WrittenGroup(NamedTuple):
    """Files that a build made together."""

    key: str
    """Hashes what the files depend on, in hexadecimal."""
    paths: Sequence[str]


@dataclass(slots=True)
class BuildRecord:
    """The files that a build wrote."""

    files: dict[str, WrittenFile] = field(default_factory=dict)
    """By path."""
    groups: dict[str, WrittenGroup] = field(default_factory=dict)
    """By the group's name."""

    def add(self, files: Iterable[WrittenFile]) -> None:
        """Add files that were written or kept."""
        self.files.update((file.path, file) for file in files)

    def dump(self) -> bytes:
        """Serialise the record as JSON."""
        return json.dumps([list(self.files.values()), self.groups]).encode()

    @classmethod
    def load(cls, data: bytes) -> BuildRecord:
        """Read what `dump` wrote."""
        files, groups = json.loads(data)
        record = cls(groups={name: WrittenGroup(*group) for name, group in groups.items()})
        record.add(WrittenFile(*file) for file in files)
        return record


@dataclass(frozen=True, slots=True)
class PreviousBuild:
    """The record of the previous build, and the files that lie in the site now."""

    record: BuildRecord = field(default_factory=BuildRecord)
    found: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """What `find_published` gives of the site."""

    def find_file(self, path: str, key: str) -> WrittenFile | None:
        """Find a file that was written under the same key and was not touched since."""
        file = self.record.files.get(path)
        return file if file and file.key == key and self._is_untouched(file) else None

    def find_group(self, name: str, key: str) -> Sequence[WrittenFile] | None:
        """Find a group that was made under the same key and of which no file was touched since."""
        group = self.record.groups.get(name)
        if group is None or group.key != key:
            return None
        files = [self.record.files[path] for path in group.paths]
        return files if all(map(self._is_untouched, files)) else None

    def _is_untouched(self, file: WrittenFile) -> bool:
        return self.found.get(file.path) == (file.size, file.time)


def load_previous(cache: Cache, site: Path) -> PreviousBuild:
    """Load the record of the previous build of a site, and look at the site's files."""
    key = _site_key(site)
    data = cache.get(_KIND, [key]).get(key)
    record = BuildRecord.load(data) if data else BuildRecord()
    return PreviousBuild(record, find_published(site))


def save_record(cache: Cache, site: Path, record: BuildRecord) -> None:
    """Save the record of a build for the next one."""
    key = _site_key(site)
    cache.put(_KIND, {key: record.dump()})
    cache.prune(_KIND, [key], spare=RECORDS)


def _site_key(site: Path) -> bytes:
    return hash_key(str(site.resolve()))


def measure_growing(site: Path, record: BuildRecord, others: Iterable[str]) -> dict[str, int]:
    """Give the size, in bytes, of each file in `FOLDERS`, by path."""
    sizes = {path: file.size for path, file in record.files.items()}
    for path in set(others) - sizes.keys():
        if (file := site / path).is_file():
            sizes[path] = file.stat().st_size
    return {path: size for path, size in sizes.items() if path.partition("/")[0] in FOLDERS}
