"""Whether a site is up to date: a hash of all it is made from, kept beside it in ``.cache``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from papercatalog.cache import code_version, hash_key
from papercatalog.files import write_bytes

STAMP = Path(".cache/papercatalog/site")
"""Where the hash of the last build lies, relative to the catalog; safe to delete."""


def is_up_to_date(root: Path, stamp: str) -> bool:
    """Whether ``site/`` was built from inputs with this hash and is there still."""
    kept = root / STAMP
    built = (root / "site" / "index.html").is_file()
    return built and kept.is_file() and kept.read_text("utf-8") == stamp


def keep_stamp(root: Path, stamp: str) -> None:
    """Remember the hash of the inputs that ``site/`` was built from."""
    write_bytes(root / STAMP, stamp.encode())


def drop_stamp(root: Path) -> None:
    """Forget the last build, before one that may be interrupted."""
    (root / STAMP).unlink(missing_ok=True)


def compute_stamp(root: Path) -> str:
    """Hash every file and setting that a build reads, in hexadecimal."""
    parts: list[str | bytes] = [code_version(), os.environ.get("SOURCE_DATE_EPOCH", "")]
    for file in _inputs(root):
        parts += [file.relative_to(root).as_posix(), file.read_bytes()]
    return hash_key(*parts).hex()


def _inputs(root: Path) -> Iterator[Path]:
    yield root / "mkdocs.yml"
    for folder in ("docs", "seeds", "overrides"):
        for file in sorted((root / folder).rglob("*")):
            if file.is_file():
                yield file
