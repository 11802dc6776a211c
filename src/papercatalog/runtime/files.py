"""Lists files fast, and writes files atomically."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


def list_files(root: Path, place: str, ending: str) -> list[str]:
    """List the files below a folder, or the one file, as paths relative to ``root``, sorted."""
    if (root / place).is_file():
        return [place]
    return sorted(path for path in _walk(str(root), place) if path.endswith(ending))


def see_files(root: Path, place: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """List the files below a folder, or the one file, in any order, with size and time.

    Yields the path relative to ``root`` and what `see_file` gives.
    """
    one = os.path.isfile(f"{root}/{place}")  # noqa: PTH113
    for path in [place] if one else _walk(str(root), place):
        if seen := see_file(f"{root}/{path}"):
            yield path, seen


def see_file(name: str) -> tuple[int, int] | None:
    """Give a file's size in bytes and its time in nanoseconds; None if there is no file."""
    try:
        seen = os.stat(name)  # noqa: PTH116, many are looked at
    except FileNotFoundError:
        return None
    return seen.st_size, seen.st_mtime_ns


def _walk(root: str, place: str) -> Iterator[str]:
    try:
        items = list(os.scandir(os.path.join(root, place)))  # noqa: PTH118, pathlib is far slower
    except FileNotFoundError:
        return
    for item in items:
        path = f"{place}/{item.name}"
        if item.is_dir(follow_symlinks=False):
            yield from _walk(root, path)
        else:
            yield path


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file atomically, by renaming it into place; makes its folder if it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        Path(aside).chmod(mode)
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
