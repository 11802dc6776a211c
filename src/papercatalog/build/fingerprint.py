"""Tells whether a site is up to date, by a fingerprint of what it was built from.

The fingerprint hashes the names, sizes and times of all files that a build reads; it is kept in
``.cache``.
"""

from __future__ import annotations

import os
from pathlib import Path

from papercatalog.runtime.files import see_files, write_bytes
from papercatalog.runtime.hashing import code_version, hash_key

FINGERPRINT = Path(".cache/papercatalog/site")
"""Where the hash of the last build lies, relative to the catalog; safe to delete."""
_INPUTS = ("mkdocs.yml", "docs", "seeds", "overrides")
"""What a build reads, relative to the catalog."""


def find_built_site(root: Path, fingerprint: str) -> str | None:
    """Give the description of the catalog that ``site/`` was built from.

    None where it was built from other inputs than those with this hash, or is not there.
    """
    kept = root / FINGERPRINT
    if not (root / "site" / "index.html").is_file() or not kept.is_file():
        return None
    known, _, description = kept.read_text("utf-8").partition("\n")
    return description if known == fingerprint else None


def save_fingerprint(root: Path, fingerprint: str, description: str) -> None:
    """Remember the hash of the inputs that ``site/`` was built from, and what they are."""
    write_bytes(root / FINGERPRINT, f"{fingerprint}\n{description}".encode())


def drop_fingerprint(root: Path) -> None:
    """Forget the last build, before one that may be interrupted."""
    (root / FINGERPRINT).unlink(missing_ok=True)


def compute_fingerprint(root: Path) -> str:
    """Hash the names, sizes and times of all files that a build reads, in hexadecimal."""
    parts: list[str | bytes] = [code_version(), os.environ.get("SOURCE_DATE_EPOCH", "")]
    for place in _INPUTS:
        parts += sorted(f"{path} {size} {time}" for path, (size, time) in see_files(root, place))
    return hash_key(*parts).hex()
