"""Lists files fast, and writes files atomically."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

_IGNORE = (
    b"# All of this may be deleted, but papercatalog.changes: it is there while a command changes\n"
    b"# several pages, and takes the half change back if the command was interrupted.\n"
    b"*\n"
)
_WITHOUT_LINKS = {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}
"""What file systems answer that have no hard links, such as FAT, or no more of them for a file."""
_PART_PREFIX, _PART_SUFFIX = ".papercatalog-", ".part"


class Root(Protocol):
    """A folder with the files that paths are relative to: a ``Path``, or a `CatalogFolder`."""

    def __truediv__(self, name: str | Path, /) -> Path: ...


def list_files(root: Root, place: str, ending: str, *, links: bool = True) -> list[str]:
    """List the files below a folder, or the one file, as paths relative to ``root``, sorted.

    Symbolic links are listed as files, or, without ``links``, left out.
    """
    if (root / place).is_file():
        return [place] if links or not (root / place).is_symlink() else []
    return sorted(
        path
        for path, item in _scan(root, place)
        if path.endswith(ending) and (links or not item.is_symlink())
    )


def list_links(root: Root, places: Iterable[str]) -> list[str]:
    """List the symbolic links among folders or files and all below them, relative to ``root``."""
    found = [place for place in places if (root / place).is_symlink()]
    for place in places:
        if place not in found and (root / place).is_dir():
            found += (path for path, item in _scan(root, place) if item.is_symlink())
    return sorted(found)


def see_files(root: Root, place: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """List the files below a folder, or the one file, in any order, with size and time.

    Yields the path relative to ``root`` and what `see_file` gives.
    """
    found = root / place
    base = str(found)
    for path in [place] if found.is_file() else _walk(root, place):
        if seen := see_file(f"{base}{path[len(place) :]}"):
            yield path, seen


def see_file(name: str) -> tuple[int, int] | None:
    """Give a file's size in bytes and its time in nanoseconds; None if there is no file."""
    try:
        seen = os.stat(name)  # noqa: PTH116, many are looked at
    except (FileNotFoundError, NotADirectoryError):
        return None
    return seen.st_size, seen.st_mtime_ns


def _walk(root: Root, place: str) -> Iterator[str]:
    return (path for path, _ in _scan(root, place))


def _scan(root: Root, place: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """List all below a folder but folders, each with what the system has told of it already."""
    return _scan_folder(str(root / place), place)


def _scan_folder(folder: str, place: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """List what `_scan` does of a folder that stands as ``place`` in paths."""
    try:
        items = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for item in items:
        path = f"{place}/{item.name}"
        if item.is_dir(follow_symlinks=False):
            yield from _scan_folder(item.path, path)
        else:
            yield path, item


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file atomically, by renaming it into place; makes its folder if it is missing."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    with _write_aside(path, content, mode) as aside:
        aside.replace(path)


def ignore_folder(folder: Path) -> None:
    """Make a folder, if it is missing, that git ignores by a file of the folder's own."""
    if not (folder / ".gitignore").exists():
        write_bytes(folder / ".gitignore", _IGNORE)


def create_bytes(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, atomically; makes its folder if it is missing.

    Raises:
        FileExistsError: If there is such a file, even if it was made a moment ago.
    """
    with _write_aside(path, content, 0o666 & ~_umask()) as aside:
        try:
            path.hardlink_to(aside)
        except OSError as error:
            if error.errno not in _WITHOUT_LINKS:
                raise
            _create_in_place(path, content)


def _create_in_place(path: Path, content: bytes) -> None:
    """Write a file that is not there yet; it is half a file until it ends, and goes if it fails."""
    with path.open("xb") as file:
        try:
            file.write(content)
            file.flush()
        except BaseException:
            path.unlink()
            raise


def remove_partial_files(folder: Path) -> None:
    """Remove what killed writes left below a folder; nobody must be writing there."""
    for path in _walk(folder, "."):
        name = path.rpartition("/")[2]
        if name.startswith(_PART_PREFIX) and name.endswith(_PART_SUFFIX):
            (folder / path).unlink(missing_ok=True)


@contextmanager
def replace_folder(path: Path) -> Iterator[Path]:
    """Give a new folder beside a path, and move it there at the end; what is there must be empty.

    The folder goes if an error ends the block. What a killed process left of it goes first.
    """
    aside = path.absolute().with_name(f"{_PART_PREFIX}{path.absolute().name}{_PART_SUFFIX}")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        aside.mkdir(parents=True)
        yield aside
        if path.exists():
            path.rmdir()
        aside.rename(path)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _write_aside(path: Path, content: bytes, mode: int) -> Iterator[Path]:
    """Write a file beside a path under another name, and remove what is left of it at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_PART_PREFIX, suffix=_PART_SUFFIX)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        aside.chmod(mode)
        yield aside
    finally:
        aside.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
