"""Writes the site's generated files; those of the last build that are still right are kept.

MkDocs empties the site's folder before each build, but for hidden files. So the folders of
generated files are set aside under a hidden name first, and taken back when that is done.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from papercatalog.runtime.cache import Cache
from papercatalog.runtime.files import see_file, see_files
from papercatalog.runtime.hashing import hash_key
from papercatalog.runtime.processes import MIN_PARALLEL_ITEMS, parallel_imap

T = TypeVar("T")

FOLDERS = ("papers", "topics", "dates", "search", "contribute", "papercatalog-parts")
"""The folders whose files are kept."""
SITES = 4
"""Of so many sites of one catalog, besides the last, is remembered what was made."""
_ASIDE = ".papercatalog-kept"
_KIND = "site"

Found = Mapping[str, tuple[int, int]]
"""The files of a site: sizes in bytes and times in nanoseconds, by paths below the site."""
Seen = tuple[str, int, int, str]
"""A file that was made: its path, size and time, and its key."""
Made = tuple[str, list[Seen]]
"""A job's key, and the files that were made under it."""


class Left(NamedTuple):
    """What the last build left."""

    found: Found
    """The files in the generated folders, as they are."""
    made: Mapping[str, Made]
    """The files that it made, by the names of its jobs."""

    def is_there(self, file: Seen) -> bool:
        """Whether a file that was made lies there as it was left."""
        path, size, time, _ = file
        return self.found.get(path) == (size, time)

    def list_files(self, name: str) -> set[str]:
        """List the paths of what a job made and lies there so."""
        _, files = self.made.get(name, ("", ()))
        return {file[0] for file in files if self.is_there(file)}


NOTHING = Left({}, {})
"""What is left of a site that is made anew."""


class Output(NamedTuple):
    """A file that is wanted."""

    path: str
    """Relative to the site."""
    key: str
    """Changes whenever the content would."""
    make: Callable[[], bytes] | None
    """Makes the content; None where the file is known to lie there as the last build left it."""

    @classmethod
    def of(cls, path: str, content: bytes) -> Output:
        """Give a file whose content is made already."""
        return cls(path, hash_key(content).hex(), lambda: content)


@dataclass(frozen=True, slots=True)
class Job:
    """Files that are looked at together."""

    name: str
    """What tells the job from others, in this build and the next: a path."""
    key: str
    """Changes whenever one of the files would."""
    list_files: Callable[[], Iterable[Output]]
    """Lists the files; where the key is as it was, nobody asks."""


def set_aside(site: Path) -> None:
    """Hide the generated folders from the cleaning that a build starts with."""
    drop_aside(site)
    for folder in FOLDERS:
        if (site / folder).is_dir():
            (site / _ASIDE).mkdir(exist_ok=True)
            (site / folder).rename(site / _ASIDE / folder)


def take_back(site: Path) -> None:
    """Put the folders in their places again."""
    for folder in FOLDERS:
        if (site / _ASIDE / folder).is_dir():
            (site / _ASIDE / folder).rename(site / folder)
    drop_aside(site)


def drop_aside(site: Path) -> None:
    """Remove what was set aside, if a build that did not end has left it."""
    shutil.rmtree(site / _ASIDE, ignore_errors=True)


def look_back(cache: Cache, site: Path) -> Left:
    """See what the last build left."""
    made: dict[str, Made] = json.loads(cache.get(_KIND, [_key(site)]).get(_key(site), b"{}"))
    found = {path: seen for folder in FOLDERS for path, seen in see_files(site, folder)}
    return Left(found, made)


def save_made(cache: Cache, site: Path, made: Mapping[str, Made]) -> None:
    """Remember what this build made."""
    cache.put(_KIND, {_key(site): json.dumps(made).encode()})
    cache.prune(_KIND, [_key(site)], spare=SITES)


def _key(site: Path) -> bytes:
    return hash_key(str(site.resolve()))


class Keeper:
    """Writes the files of a site that are not there as they should be."""

    def __init__(self, site: Path, left: Left) -> None:
        """``left`` is what the last build left there."""
        self._site, self._left, self._known = site, left, left.made

    def do_jobs(
        self,
        items: Sequence[T],
        plan: Callable[[T], Job],
        weigh: Callable[[T], int] = lambda _: 1,
        *,
        alone: bool = False,
    ) -> Iterator[tuple[str, Made]]:
        """Write what is missing, on all cores; give each job's name and files.

        ``plan`` makes an item's job, where the item's turn comes; ``weigh`` says how many files
        that is, about. What is there is found in this process: to ask another takes longer.
        ``alone`` says to write in this process, too.
        """
        missing = []
        for item in items if self._known else ():
            job = plan(item)
            made = self._known.get(job.name)
            if made and made[0] == job.key and all(map(self._left.is_there, made[1])):
                yield job.name, made
            else:
                missing.append(item)
        wanted = missing if self._known else items
        shared = not alone and sum(map(weigh, wanted)) >= MIN_PARALLEL_ITEMS
        work = partial(self._do, plan)
        yield from parallel_imap(work, wanted, enough=2) if shared else map(work, wanted)

    def _do(self, plan: Callable[[T], Job], item: T) -> tuple[str, Made]:
        job = plan(item)
        _, seen = self._known.get(job.name, ("", []))
        before = {file[0]: file for file in seen}
        files = []
        for output in job.list_files():
            file = before.get(output.path)
            if output.make is None:
                file = before[output.path]
            elif not file or file[3] != output.key or not self._left.is_there(file):
                size, time = _write(f"{self._site}/{output.path}", output.make())
                file = (output.path, size, time, output.key)
            files.append(file)
        return job.name, (job.key, files)


def remove_stale(site: Path, found: Found, wanted: Container[str]) -> None:
    """Remove what was ``found`` and is not ``wanted``, and the folders that this leaves empty.

    What others have written meanwhile stays.
    """
    for path, seen in found.items():
        if path not in wanted and see_file(f"{site}/{path}") == seen:
            (site / path).unlink()
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


def _write(name: str, content: bytes) -> tuple[int, int]:
    """Write a file and give its size and time."""
    folder = name.rpartition("/")[0]
    if not os.path.isdir(folder):  # noqa: PTH112
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
