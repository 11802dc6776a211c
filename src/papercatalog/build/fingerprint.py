"""Tells whether a site is up to date, by a fingerprint of what it was built from.

The fingerprint hashes the names, sizes and times of all files that a build reads; it is kept in
``.cache``.
"""

from __future__ import annotations

import os
from pathlib import Path

from papercatalog.model.catalog_folder import list_inherited
from papercatalog.runtime.files import Root, see_file, see_files, write_bytes
from papercatalog.runtime.hashing import code_version, hash_key

FINGERPRINT = Path(".cache/papercatalog/site")
"""Where the hash of the last build lies, relative to the catalog; safe to delete."""
_INPUTS = ("mkdocs.yml", "docs", "seeds", "overrides")
"""What a build reads, relative to the catalog."""


def find_built_site(root: Root, fingerprint: str) -> str | None:
    """Give the description of the catalog that ``site/`` was built from.

    None where it was built from other inputs than those with this hash, where a file of it is
    missing or another one than was built, or where there is no site.
    """
    try:
        known = (root / FINGERPRINT).read_text("utf-8").split("\n")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    if known[0] != fingerprint or not (root / "site").is_dir():
        return None
    if known[1:-1] != [_hash_files(root, "site")]:  # many files: so this comes last
        return None
    return known[-1]


def save_fingerprint(root: Root, fingerprint: str, description: str) -> None:
    """Remember the hash of the inputs that ``site/`` was built from, and what they are."""
    lines = (fingerprint, _hash_files(root, "site"), description)
    write_bytes(root / FINGERPRINT, "\n".join(lines).encode())


def drop_fingerprint(root: Root) -> None:
    """Forget the last build, before one that may be interrupted."""
    (root / FINGERPRINT).unlink(missing_ok=True)


def compute_fingerprint(root: Root) -> str:
    """Hash the names, sizes and times of all files that a build reads, in hexadecimal."""
    parts: list[str | bytes] = [code_version(), os.environ.get("SOURCE_DATE_EPOCH", "")]
    parts += [_hash_files(root, place) for place in _INPUTS]
    parts += [repr(see_file(str(base))) for base in list_inherited(Path(root / "mkdocs.yml"))]
    return hash_key(*parts).hex()


def _hash_files(root: Root, place: str) -> str:
    """Hash the names, sizes and times of all files below a folder, or of the one file."""
    files = sorted(f"{path} {size} {time}" for path, (size, time) in see_files(root, place))
    return hash_key(*(os.fsencode(file) for file in files)).hex()
