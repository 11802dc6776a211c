"""Writes the site's generated files; those of the last build that are still right are kept.

MkDocs empties the site's folder before each build, but for hidden files. So the folders of
generated files are set aside under a hidden name first, and taken back when that is done.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from papercatalog.cache import Cache, hash_key
from papercatalog.files import list_files
from papercatalog.parallel import stream_out

T = TypeVar("T")

FOLDERS = ("papers", "topics", "dates", "search", "contribute", "papercatalog-parts")
"""The folders whose files are kept."""
_ASIDE = ".papercatalog-kept"

Seen = tuple[str, int, int, str]
"""A file: its path below the site, size in bytes, time in nanoseconds, and a hash of its content.

A single file has its job's key instead.
"""
Made = tuple[str, list[Seen]]
"""A key, and the files that were made under it."""


@dataclass(frozen=True, slots=True)
class Job:
    """Files that are made together."""

    name: str
    """What tells the job from others, in this build and the next: a path."""
    key: str
    """Changes whenever one of the files would."""
    make: Callable[[], Iterable[tuple[str, bytes]]]
    """Makes the files: paths below the site, and contents."""
    single: bool = True
    """Whether it is one file, which the key tells from others as well as a hash would."""


def set_aside(site: Path) -> None:
    """Hide the generated folders from the cleaning that a build starts with."""
    shutil.rmtree(site / _ASIDE, ignore_errors=True)
    for folder in FOLDERS:
        if (site / folder).is_dir():
            (site / _ASIDE).mkdir(exist_ok=True)
            (site / folder).rename(site / _ASIDE / folder)


def take_back(site: Path) -> None:
    """Put the folders in their places again."""
    for folder in FOLDERS:
        if (site / _ASIDE / folder).is_dir():
            (site / _ASIDE / folder).rename(site / folder)
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
    site: Path,
    known: dict[str, Made],
    items: Sequence[T],
    plan: Callable[[T], Job],
    *,
    alone: bool = False,
) -> Iterator[tuple[str, Made]]:
    """Write what is not there as it should be, on all cores; give each job's name and files.

    ``plan`` makes an item's job, where the item's turn comes. What is there is found in this
    process: to ask another takes longer. ``alone`` says to write in this process, too.
    """
    missing = []
    for item in items if known else ():
        job = plan(item)
        made = known.get(job.name)
        if made and made[0] == job.key and all(_is_there(site, file) for file in made[1]):
            yield job.name, made
        else:
            missing.append(item)
    stream = map if alone else stream_out
    yield from stream(partial(_do, site, known, plan), missing if known else items)


def _do(site: Path, known: dict[str, Made], plan: Callable[[T], Job], item: T) -> tuple[str, Made]:
    job = plan(item)
    _, seen = known.get(job.name, ("", []))
    before = {file[0]: file for file in seen}
    files = []
    for path, content in job.make():
        name = os.path.join(site, path)  # noqa: PTH118, pathlib takes longer than writing
        content_hash = job.key if job.single else hash_key(content).hex()
        file = before.get(path)
        if not file or file[3] != content_hash or not _is_there(site, file):
            status = _write(name, content)
            file = (path, status.st_size, status.st_mtime_ns, content_hash)
        files.append(file)
    return job.name, (job.key, files)


def list_kept(site: Path) -> list[str]:
    """List the files in the generated folders, by path below the site."""
    return [path for folder in FOLDERS for path in list_files(site, folder, "")]


def remove_stale(site: Path, kept: Iterable[str], wanted: Container[str]) -> None:
    """Remove what was ``kept`` and is not ``wanted``, and the folders that this leaves empty."""
    for path in kept:
        if path not in wanted:
            (site / path).unlink(missing_ok=True)
            _remove_empty(site, path.rpartition("/")[0])


def _remove_empty(site: Path, folder: str) -> None:
    """Remove a folder and those above it, as far as they are empty."""
    with suppress(OSError):
        while folder:
            (site / folder).rmdir()
            folder = folder.rpartition("/")[0]


def list_sizes(site: Path, made: Iterable[Made], others: Iterable[str]) -> dict[str, int]:
    """Give the sizes, in bytes, of the files in the generated folders: those made, and others."""
    sizes = {path: size for _, files in made for path, size, *_ in files}
    for path in set(others) - sizes.keys():
        with suppress(FileNotFoundError):
            sizes[path] = (site / path).stat().st_size
    return {path: size for path, size in sizes.items() if path.partition("/")[0] in FOLDERS}


def _key(site: Path) -> bytes:
    return hash_key(str(site.resolve()))


def _is_there(site: Path, file: Seen) -> bool:
    path, size, time, _ = file
    try:
        status = os.stat(f"{site}/{path}")  # noqa: PTH116, many are looked at
    except OSError:
        return False
    return (status.st_size, status.st_mtime_ns) == (size, time)


def _write(name: str, content: bytes) -> os.stat_result:
    folder = name.rpartition("/")[0]
    if not os.path.isdir(folder):  # noqa: PTH112
        _make_folder(folder)
    with open(name, "wb") as file:  # noqa: PTH123
        file.write(content)
        file.flush()
        return os.fstat(file.fileno())


def _make_folder(folder: str) -> None:
    """Make a folder whose parent most often is there; another process may be doing the same."""
    try:
        os.mkdir(folder)  # noqa: PTH102
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
