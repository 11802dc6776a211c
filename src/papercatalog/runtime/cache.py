"""A cache of bytes by content hash, in one SQLite file below ``.cache``.

It is optional: a missing or damaged entry is a miss. It is safe to delete, and safe when two builds
run at once. It holds data, never code.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from papercatalog.runtime.files import Root, ignore_folder
from papercatalog.runtime.hashing import code_version

FOLDER = Path(".cache/papercatalog")
"""Where the cache lies, relative to the catalog."""
LOOKUP_BATCH = 10_000
"""Keys in one query, if SQLite allows as many variables."""
MIN_SPARE = 500
"""Unused entries of a kind that `Cache.prune` leaves in any case."""


class Cache:
    """Bytes by kind and key. Without a folder every lookup is a miss."""

    def __init__(self, root: Root | None = None) -> None:
        self._database: sqlite3.Connection | None = None
        if root is not None:
            with suppress(OSError, sqlite3.Error):
                self._database = _open(root / FOLDER)

    @classmethod
    def of_built(cls, root: Root) -> Cache:
        """Open the cache of a catalog that was built before, else one that keeps nothing."""
        return cls(root) if (root / FOLDER).is_dir() else cls()

    @classmethod
    def forget(cls, root: Root) -> None:
        """Delete a catalog's cache."""
        for file in (root / FOLDER).glob("*.sqlite*"):
            file.unlink(missing_ok=True)

    def get(self, kind: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Look keys up; gives the values of those that are there."""
        found: dict[bytes, bytes] = {}
        wanted = list(keys)
        if self._database is None:
            return found
        with suppress(sqlite3.Error):
            most = self._database.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER) - 1
            size = min(most, LOOKUP_BATCH)
            for start in range(0, len(wanted), size):
                part = wanted[start : start + size]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, value, sum FROM kept WHERE kind = ? AND key IN ({marks})"  # noqa: S608
                rows = self._database.execute(query, (kind, *part))
                found.update(
                    (key, value)
                    for key, value, checksum in rows
                    if _checksum(key, value) == checksum
                )
        return found

    def list_all(self, kind: str) -> Iterator[bytes]:
        """Give all values of a kind, in any order."""
        if self._database is not None:
            with suppress(sqlite3.Error):
                query = "SELECT key, value, sum FROM kept WHERE kind = ?"
                for key, value, checksum in self._database.execute(query, (kind,)):
                    if _checksum(key, value) == checksum:
                        yield value

    def put(self, kind: str, items: Mapping[bytes, bytes]) -> None:
        """Add values by key; a cache that cannot be written to is no error."""
        if self._database is None or not items:
            return
        rows = ((kind, key, value, _checksum(key, value)) for key, value in items.items())
        with suppress(sqlite3.Error), self._database:
            self._database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)

    def prune(self, kind: str, used: Iterable[bytes], spare: int | None = None) -> None:
        """Remove the unused values of a kind, once there are more than ``spare`` of them.

        ``spare`` is by default the number of used values, and no less than `MIN_SPARE`.
        """
        keys = set(used)
        if self._database is None:
            return
        with suppress(sqlite3.Error), self._database:
            rows = self._database.execute("SELECT key FROM kept WHERE kind = ?", (kind,))
            unused = [(kind, key) for (key,) in rows if key not in keys]
            if len(unused) > (max(len(keys), MIN_SPARE) if spare is None else spare):
                self._database.executemany("DELETE FROM kept WHERE kind = ? AND key = ?", unused)

    def close(self) -> None:
        """Close the file."""
        if self._database is not None:
            self._database.close()


def _checksum(key: bytes, value: bytes) -> int:
    """Sum up a row, its key included, so that a value under another's key counts as damaged."""
    return crc32(value, crc32(key))


def _open(folder: Path) -> sqlite3.Connection:
    ignore_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    path = folder / f"{code_version()}.sqlite"
    for old in folder.glob("*.sqlite*"):
        if not old.name.startswith(path.name):
            old.unlink(missing_ok=True)
    database = sqlite3.connect(path, timeout=5)
    try:
        _prepare(database)
    except sqlite3.OperationalError:
        database.close()
        raise
    except sqlite3.DatabaseError:
        database.close()
        path.unlink(missing_ok=True)
        raise
    return database


def _prepare(database: sqlite3.Connection) -> None:
    """Create the table if it is missing; while others do the same, the file may be locked."""
    for pause in (0.1, 0.2, 0.4, 0.8, 0):
        try:
            database.execute("PRAGMA page_size = 16384")
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = OFF")
            database.execute(
                "CREATE TABLE IF NOT EXISTS kept"
                " (kind TEXT, key BLOB, value BLOB, sum INTEGER, PRIMARY KEY (kind, key))"
            )
            return
        except sqlite3.OperationalError:
            if not pause:
                raise
            time.sleep(pause)
