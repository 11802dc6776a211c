"""Pages of the last build that are still right are kept; only the others are written.

MkDocs empties the site's folder before each build, but for hidden files. So the folders of
generated pages are set aside under a hidden name first, and taken back afterwards.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from papercatalog.cache import Cache, hash_key

FOLDERS = ("papers", "topics", "dates")
"""The folders whose pages are kept."""
_ASIDE = ".papercatalog-kept"

Pages = dict[str, tuple[str, int, int]]
"""Each file below the site with its key, its size in bytes and its time in nanoseconds."""


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


def load_pages(cache: Cache, site: Path) -> Pages:
    """Read what the last build wrote."""
    found = cache.get("site", [_key(site)])
    known = json.loads(next(iter(found.values()), "{}"))
    return {path: (page[0], page[1], page[2]) for path, page in known.items()}


def save_pages(cache: Cache, site: Path, pages: Pages) -> None:
    """Remember what this build wrote."""
    cache.put("site", {_key(site): json.dumps(pages)})


def write_pages(
    site: Path, known: Pages, pages: Iterable[tuple[str, str, Callable[[], str]]]
) -> Pages:
    """Write the pages that are not there as they should be; give all that are there then.

    ``pages`` holds paths below the site, keys, and functions that make the HTML.
    """
    there: Pages = {}
    for path, key, make in pages:
        name = os.path.join(site, path)  # noqa: PTH118, pathlib costs more than the look itself
        before = known.get(path)
        if before is None or before != (key, *_look(name)):
            _write(name, make())
            before = (key, *_look(name))
        there[path] = before
    return there


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


def _look(name: str) -> tuple[int, int]:
    try:
        seen = os.stat(name)  # noqa: PTH116
    except OSError:
        return (-1, -1)
    return (seen.st_size, seen.st_mtime_ns)


def _write(name: str, text: str) -> None:
    try:
        file = open(name, "wb")  # noqa: PTH123, SIM115
    except FileNotFoundError:
        os.makedirs(os.path.dirname(name), exist_ok=True)  # noqa: PTH103, PTH120
        file = open(name, "wb")  # noqa: PTH123, SIM115
    with file:
        file.write(text.encode("utf-8", errors="xmlcharrefreplace"))


def _move_into(new: Path, kept: Path) -> None:
    for file in new.rglob("*"):
        if file.is_file():
            target = kept / file.relative_to(new)
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
