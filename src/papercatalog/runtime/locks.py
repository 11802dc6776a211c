"""A lock on a catalog, so that one command at a time changes its pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from papercatalog.runtime.files import Root, ignore_folder

_FOLDER = ".cache"


@contextmanager
def hold_lock(root: Root) -> Iterator[None]:
    """Hold the lock of a catalog.

    The operating system releases the lock of a process that ends, however it ends.

    Raises:
        BlockingIOError: If another process holds the lock.
        OSError: If the lock's file cannot be made.
    """
    folder = root / _FOLDER
    ignore_folder(folder)
    with hold_file(folder / "papercatalog.lock"):
        yield


@contextmanager
def hold_file(path: Path) -> Iterator[None]:
    """Hold a lock by a file of its own; raises as `hold_lock` does."""
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise BlockingIOError(f"{lock.lock_file} is held by another process") from None
    try:
        yield
    finally:
        lock.release()
