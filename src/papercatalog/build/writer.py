"""Writes a site's artifacts: makes those that the previous build did not leave as they should be.

A page is kept where neither its content's key nor the page shell has changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from papercatalog.build.incremental import (
    BuildRecord,
    PreviousBuild,
    WrittenFile,
    WrittenGroup,
)
from papercatalog.build.page_shell import PageKind, PageShell, kind_of
from papercatalog.outputs.artifacts import FileArtifact, FileGroup, PageArtifact, SingleArtifact
from papercatalog.runtime.hashing import hash_key
from papercatalog.runtime.processes import parallel_imap


class SiteWriter:
    """Writes artifacts below a folder and records what it has written."""

    def __init__(
        self, stage: Path, shells: Mapping[PageKind, PageShell], previous: PreviousBuild
    ) -> None:
        """``stage`` is the folder; ``previous`` is what the previous build left in the site."""
        self._stage, self._shells, self._previous = stage, shells, previous
        self.record = BuildRecord()
        """What was written or kept so far."""

    def write(self, artifacts: Sequence[SingleArtifact]) -> Iterator[str]:
        """Write the pages and files that are not there, on all cores; give each one's path.

        What is there is found in this process: to ask others would take longer.
        """
        missing: Sequence[SingleArtifact] = artifacts
        if self._previous.record.files:
            missing = []
            for artifact in artifacts:
                if kept := self._previous.find_file(_file_path(artifact), self._key(artifact)):
                    self.record.add([kept])
                    yield kept.path
                else:
                    missing.append(artifact)
        for written in parallel_imap(self._write, missing):
            self.record.add([written])
            yield written.path

    def write_group(self, group: FileGroup) -> None:
        """Make and write a group's files where it has changed; files with the same content stay."""
        key = group.key().hex()
        files = self._previous.find_group(group.name, key)
        if files is None:
            files = [self._write_if_changed(file) for file in group.make()]
        self.record.add(files)
        self.record.groups[group.name] = WrittenGroup(key, [file.path for file in files])

    def _write_if_changed(self, file: FileArtifact) -> WrittenFile:
        return self._previous.find_file(file.path, self._key(file)) or self._write(file)

    def _write(self, artifact: SingleArtifact) -> WrittenFile:
        path = _file_path(artifact)
        if isinstance(artifact, PageArtifact):
            content = (
                self._shells[kind_of(artifact.url)]
                .fill(artifact, artifact.make())
                .encode(errors="xmlcharrefreplace")
            )
        else:
            content = artifact.content if isinstance(artifact, FileArtifact) else artifact.make()
        size, time = _write_file(f"{self._stage}/{path}", content)
        return WrittenFile(path, self._key(artifact), size, time)

    def _key(self, artifact: SingleArtifact) -> str:
        """Hash what a file depends on: its content's key, and of a page all that is around it."""
        if not isinstance(artifact, PageArtifact):
            return artifact.key().hex()
        url = artifact.url
        shell = self._shells[kind_of(url)]
        return hash_key(shell.key, artifact.title, url, artifact.key()).hex()


def _file_path(artifact: SingleArtifact) -> str:
    """Give the file of an artifact, relative to the site."""
    if isinstance(artifact, PageArtifact):
        return f"{artifact.url}index.html"
    return artifact.path


def _write_file(name: str, content: bytes) -> tuple[int, int]:
    """Write a file and give its size in bytes and its time in nanoseconds."""
    folder = name.rpartition("/")[0]
    if not os.path.isdir(folder):  # noqa: PTH112, pathlib is slower, and these are many
        _make_folder(folder)
    with open(name, "wb") as file:  # noqa: PTH123
        file.write(content)
        file.flush()
        status = os.fstat(file.fileno())
        return status.st_size, status.st_mtime_ns


def _make_folder(folder: str) -> None:
    """Make a folder whose parent most often is there; another process may be doing the same."""
    try:
        os.mkdir(folder)  # noqa: PTH102
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
