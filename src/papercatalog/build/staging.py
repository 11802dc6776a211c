"""A build writes to a hidden folder of the site, and its files move into place when all are there.

Until then the site is that of the previous build, byte for byte. Each file moves by a rename, so
that it is always a whole one; a folder that the site does not have yet moves with all its files.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from pathlib import Path

from papercatalog.runtime.files import list_files, see_file, see_files
from papercatalog.search.codec import FOLDER
from papercatalog.search.constants import MANIFEST_NAME

_STAGE = ".papercatalog-next"
"""Inside the site, so that no move leaves the file system; MkDocs leaves hidden files alone."""

_LAST = f"{FOLDER}/{MANIFEST_NAME}"
"""The file that replaces the one before it after all others: it names those of the index."""


def make_stage(site: Path) -> Path:
    """Make the empty folder that a build of a site writes to."""
    drop_stage(site)
    stage = site / _STAGE
    stage.mkdir(parents=True)
    return stage


def drop_stage(site: Path) -> None:
    """Remove what a build has written that did not end."""
    shutil.rmtree(site / _STAGE, ignore_errors=True)


def find_published(site: Path) -> dict[str, tuple[int, int]]:
    """Give what `see_file` says of each file of a site, by path; hidden ones at its top stay out.

    Those are no part of a build: MkDocs never removes them.
    """
    if not site.is_dir():
        return {}
    places = [name for name in os.listdir(site) if not name.startswith(".")]  # noqa: PTH208
    return {path: seen for place in places for path, seen in see_files(site, place)}


def publish_stage(site: Path, found: Mapping[str, tuple[int, int]], wanted: Set[str]) -> None:
    """Move the staged files into place, then remove those that are no part of the site any more.

    New files come first, then those that replace others, so that what a page leads to is there
    before the page is.

    Args:
        site: The site's folder.
        found: What `find_published` gave before the build. Of other files none is removed: somebody
            has written them since.
        wanted: The paths of files that stay without being staged.
    """
    stage = site / _STAGE
    staged = {path.removeprefix("./") for path in list_files(stage, ".", "")}
    replacing = list(_move_new(str(stage), str(site), ""))
    for path in sorted(replacing, key=lambda path: path == _LAST):
        _replace(stage / path, site / path)
    _remove_stale(site, found, staged | wanted)
    drop_stage(site)


def _move_new(stage: str, site: str, folder: str) -> Iterable[str]:
    """Move all that has no counterpart in the site; give the paths of the rest."""
    with os.scandir(f"{stage}/{folder}") as items:
        listed = list(items)
    for item in listed:
        path = f"{folder}{item.name}"
        target = f"{site}/{path}"
        if not os.path.lexists(target):
            os.rename(item.path, target)  # noqa: PTH104, pathlib is slower, and these are many
        elif item.is_dir() and os.path.isdir(target):  # noqa: PTH112
            yield from _move_new(stage, site, f"{path}/")
        else:
            yield path


def _replace(staged: Path, target: Path) -> None:
    """Move a file or a folder over what is there, which may be the other of both."""
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    elif staged.is_dir():
        target.unlink()
    staged.replace(target)


def _remove_stale(site: Path, found: Mapping[str, tuple[int, int]], wanted: Set[str]) -> None:
    for path in found.keys() - wanted:
        if see_file(f"{site}/{path}") == found[path]:
            (site / path).unlink()
            _remove_empty(site, path.rpartition("/")[0])


def _remove_empty(site: Path, folder: str) -> None:
    """Remove a folder and those above it, as far as they are empty."""
    with suppress(OSError):
        while folder:
            (site / folder).rmdir()
            folder = folder.rpartition("/")[0]
