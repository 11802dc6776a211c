"""Writes the site's generated files; those of the last build that are still right are kept.

MkDocs empties the site's folder before each build, but for hidden files. So the folders of
generated files are set aside under a hidden name first, and taken back afterwards.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from papercatalog.cache import Cache, hash_key
from papercatalog.parallel import stream_out

T = TypeVar("T")

FOLDERS = ("papers", "topics", "dates", "search", "contribute", "papercatalog-parts")
"""The folders whose files are kept."""
_ASIDE = ".papercatalog-kept"

Seen = tuple[str, int, int]
"""A file: its path below the site, its size in bytes and its time in nanoseconds."""
Made = tuple[str, list[Seen]]
"""A key, and the files that were made under it."""


@dataclass(frozen=True, slots=True)
class Job:
    """Files that are made together; most often it is one."""

    name: str
    """What tells the job from others, in this build and the next: a path."""
    key: str
    """Changes whenever one of the files would."""
    make: Callable[[], Iterable[tuple[str, bytes]]]
    """Makes the files: paths below the site, and contents."""


def set_aside(site: Path) -> None:
    """Hide the generated folders from the cleaning that a build starts with."""
    shutil.rmtree(site / _ASIDE, ignore_errors=True)
    for folder in FOLDERS:
        if (site / folder).is_dir():
            (site / _ASIDE).mkdir(exist_ok=True)
            (site / folder).rename(site / _ASIDE / folder)


def take_back(site: Path) -> None:
    """Put the folders in their places again, under what this build wrote there already."""
    for folder in FOLDERS:
        kept, new = site / _ASIDE / folder, site / folder
        if kept.is_dir():
            if new.is_dir():
                _move_into(new, kept)
                shutil.rmtree(new)
            kept.rename(new)
    shutil.rmtree(site / _ASIDE, ignore_errors=True)


def load_made(cache: Cache, site: Path) -> dict[str, Made]:
    """Read what the last build made, by the names of its jobs."""
    found = cache.get("site", [_key(site)])
    known: dict[str, Made] = json.loads(next(iter(found.values()), b"{}"))
    return known


def save_made(cache: Cache, site: Path, made: dict[str, Made]) -> None:
    """Remember what this build made."""
    cache.put("site", {_key(site): json.dumps(made).encode()})


def do_jobs(
    site: Path, known: dict[str, Made], items: Sequence[T], plan: Callable[[T], Job]
) -> Iterator[tuple[str, Made]]:
    """Write what is not there as it should be, on all cores; give each job's name and files.

    ``plan`` makes an item's job, where the item's turn comes.
    """
    yield from stream_out(partial(_do, site, known, plan), items)


def _do(site: Path, known: dict[str, Made], plan: Callable[[T], Job], item: T) -> tuple[str, Made]:
    job = plan(item)
    key, seen = known.get(job.name, ("", []))
    if key == job.key and all(_look(site, path) == (path, *rest) for path, *rest in seen):
        return job.name, (key, seen)
    files = []
    for path, content in job.make():
        _write(os.path.join(site, path), content)  # noqa: PTH118, pathlib takes longer than writing
        files.append(_look(site, path))
    return job.name, (job.key, files)


def remove_stale(site: Path, wanted: Iterable[str]) -> None:
    """Remove what lies in the generated folders and is not ``wanted``, and empty folders."""
    names = {os.path.join(site, path) for path in wanted}  # noqa: PTH118
    for folder in FOLDERS:
        for place, folders, files in os.walk(site / folder, topdown=False):
            left = len(files)
            for file in files:
                name = os.path.join(place, file)  # noqa: PTH118
                if name not in names:
                    os.unlink(name)  # noqa: PTH108
                    left -= 1
            if not left and not any(map(os.path.isdir, (f"{place}/{name}" for name in folders))):
                os.rmdir(place)  # noqa: PTH106


def _key(site: Path) -> bytes:
    return hash_key(str(site.resolve()))


def _look(site: Path, path: str) -> Seen:
    try:
        seen = os.stat(os.path.join(site, path))  # noqa: PTH116, PTH118
    except OSError:
        return (path, -1, -1)
    return (path, seen.st_size, seen.st_mtime_ns)


def _write(name: str, content: bytes) -> None:
    folder = name.rpartition("/")[0]
    if not os.path.isdir(folder):  # noqa: PTH112
        _make_folder(folder)
    with open(name, "wb") as file:  # noqa: PTH123
        file.write(content)


def _make_folder(folder: str) -> None:
    """Make a folder whose parent most often is there; another process may be doing the same."""
    try:
        os.mkdir(folder)  # noqa: PTH102
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103


def _move_into(new: Path, kept: Path) -> None:
    for file in new.rglob("*"):
        if file.is_file():
            target = kept / file.relative_to(new)
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
