"""Caches answers of services on disk. A missing or damaged file is a miss."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class AnswerCache:
    """Answers by address, each in a file named by the SHA-256 of the address.

    A file's first line is the SHA-256 of the rest, which detects damage.
    """

    directory: Path | None
    """The folder of the files; None caches nothing."""

    def read(self, address: str, oldest: float) -> bytes | None:
        """Return the cached answer; None for one from before ``oldest``, in seconds since 1970."""
        if self.directory is None:
            return None
        path = self._path(self.directory, address)
        try:
            if path.stat().st_mtime < oldest:
                return None
            digest, _, body = path.read_bytes().partition(b"\n")
        except OSError:
            return None
        return body if digest == _digest(body) else None

    def write(self, address: str, body: bytes) -> None:
        """Write an answer to a temporary file and rename it; a failing disk is no error."""
        if self.directory is None:
            return
        with contextlib.suppress(OSError):
            self.directory.mkdir(parents=True, exist_ok=True)
            handle, aside = tempfile.mkstemp(dir=self.directory)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_digest(body) + b"\n" + body)
                Path(aside).replace(self._path(self.directory, address))
            except BaseException:
                Path(aside).unlink(missing_ok=True)
                raise

    @staticmethod
    def _path(directory: Path, address: str) -> Path:
        return directory / hashlib.sha256(address.encode()).hexdigest()


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()
