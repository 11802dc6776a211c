"""What the previous build of a site left: its files stay as long as they are right.

MkDocs empties the site's folder before each build, but for hidden files. So the folders of
generated files are moved to a hidden folder before that, and back after it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from papercatalog.runtime.cache import Cache
from papercatalog.runtime.files import see_file, see_files
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
"""The folders whose files are kept from build to build."""
RECORDS = 4
"""Records of other sites of one catalog that the cache keeps."""
_HIDDEN = ".papercatalog-kept"
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
    """Size in bytes and time in nanoseconds of each file in the generated folders, by path."""

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
    found = {path: seen for folder in FOLDERS for path, seen in see_files(site, folder)}
    return PreviousBuild(BuildRecord.load(data) if data else BuildRecord(), found)


def save_record(cache: Cache, site: Path, record: BuildRecord) -> None:
    """Save the record of a build for the next one."""
    key = _site_key(site)
    cache.put(_KIND, {key: record.dump()})
    cache.prune(_KIND, [key], spare=RECORDS)


def _site_key(site: Path) -> bytes:
    return hash_key(str(site.resolve()))


def hide_folders(site: Path) -> None:
    """Hide the generated folders from the cleaning that a build starts with."""
    drop_hidden(site)
    for folder in FOLDERS:
        if (site / folder).is_dir():
            (site / _HIDDEN).mkdir(exist_ok=True)
            (site / folder).rename(site / _HIDDEN / folder)


def restore_folders(site: Path) -> None:
    """Move the hidden folders back."""
    for folder in FOLDERS:
        if (site / _HIDDEN / folder).is_dir():
            (site / _HIDDEN / folder).rename(site / folder)
    drop_hidden(site)


def drop_hidden(site: Path) -> None:
    """Remove hidden folders that a build left which did not end."""
    shutil.rmtree(site / _HIDDEN, ignore_errors=True)


def remove_stale(site: Path, previous: PreviousBuild, wanted: Iterable[str]) -> None:
    """Remove the files that were found and are not wanted, and folders that this leaves empty.

    Files that others have written since they were found stay.
    """
    for path in previous.found.keys() - set(wanted):
        if see_file(f"{site}/{path}") == previous.found[path]:
            (site / path).unlink()
            _remove_empty(site, path.rpartition("/")[0])


def _remove_empty(site: Path, folder: str) -> None:
    """Remove a folder and those above it, as far as they are empty."""
    with suppress(OSError):
        while folder:
            (site / folder).rmdir()
            folder = folder.rpartition("/")[0]
