"""Whether a site is up to date: a hash of all it is made from, kept beside it in ``.cache``."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from papercatalog.files import write_bytes

STAMP = Path(".cache/papercatalog/site")
"""Where the hash of the last build lies, relative to the catalog; safe to delete."""
_RENDERERS = ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "latex2mathml")


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
    digest = hashlib.sha256()
    for name in _RENDERERS:
        digest.update(f"{name} {version(name)}\n".encode())
    digest.update(f"epoch {os.environ.get('SOURCE_DATE_EPOCH', '')}\n".encode())
    for file in _inputs(root):
        content = file.read_bytes()
        digest.update(f"{file.as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _inputs(root: Path) -> Iterator[Path]:
    ours = Path(__file__).parent
    for folder in (ours, *(root / name for name in ("docs", "seeds", "overrides"))):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                yield file
    yield root / "mkdocs.yml"
