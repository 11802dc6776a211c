"""Whether a site is up to date: a hash of its inputs' names, sizes and times, in ``.cache``."""

from __future__ import annotations

import os
from pathlib import Path

from papercatalog.runtime.files import see_files, write_bytes
from papercatalog.runtime.hashing import code_version, hash_key

STAMP = Path(".cache/papercatalog/site")
"""Where the hash of the last build lies, relative to the catalog; safe to delete."""
_INPUTS = ("mkdocs.yml", "docs", "seeds", "overrides")
"""What a build reads, relative to the catalog."""


def find_built(root: Path, stamp: str) -> str | None:
    """Give the description of the catalog that ``site/`` was built from.

    None where it was built from other inputs than those with this hash, or is not there.
    """
    kept = root / STAMP
    if not (root / "site" / "index.html").is_file() or not kept.is_file():
        return None
    known, _, description = kept.read_text("utf-8").partition("\n")
    return description if known == stamp else None


def keep_stamp(root: Path, stamp: str, description: str) -> None:
    """Remember the hash of the inputs that ``site/`` was built from, and what they are."""
    write_bytes(root / STAMP, f"{stamp}\n{description}".encode())


def drop_stamp(root: Path) -> None:
    """Forget the last build, before one that may be interrupted."""
    (root / STAMP).unlink(missing_ok=True)


def compute_stamp(root: Path) -> str:
    """Hash the names, sizes and times of all files that a build reads, in hexadecimal."""
    parts: list[str | bytes] = [code_version(), os.environ.get("SOURCE_DATE_EPOCH", "")]
    for place in _INPUTS:
        parts += sorted(f"{path} {size} {time}" for path, (size, time) in see_files(root, place))
    return hash_key(*parts).hex()
