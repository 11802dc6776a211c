"""Cache keys: hashes of values, and of the code and libraries that compute them."""

from __future__ import annotations

import hashlib
import sys
import zlib
from array import array
from functools import cache
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = (
    "babel",
    "jinja2",
    "latex2mathml",
    "lunr",
    "markdown",
    "markdown-it-py",
    "mkdocs",
    "mkdocs-material",
    "nh3",
    "pydantic",
    "pymdown-extensions",
    "python-frontmatter",
    "python-slugify",
    "pyyaml",
    "rapidfuzz",
    "text-unidecode",
)


def hash_key(*parts: str | bytes) -> bytes:
    """Hash texts to a key of 16 bytes. ``("a", "b")`` and ``("ab",)`` have different keys.

    Texts may hold lone surrogates, as names of files that are not UTF-8 do.
    """
    pieces = [
        part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts
    ]
    lengths = array("Q", [*map(len, pieces), len(pieces)])
    return hashlib.blake2b(b"".join([*pieces, lengths]), digest_size=16).digest()


@cache
def code_version() -> str:
    """Hash this package's files and the versions of what its results depend on, in hexadecimal."""
    folder = Path(__file__).parents[1]
    parts: list[str | bytes] = [f"{name} {version(name)}" for name in _LIBRARIES]
    parts += [sys.version, zlib.ZLIB_RUNTIME_VERSION]
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            parts += [file.relative_to(folder).as_posix(), file.read_bytes()]
    return hash_key(*parts).hex()
