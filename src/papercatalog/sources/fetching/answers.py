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
    """Answers by address, each a file named by the address's SHA-256.

    The file's first line is the SHA-256 of the rest, so that a damaged file is known.
    """

    directory: Path | None
    """Where the files lie; None keeps nothing."""

    def read(self, address: str, oldest: float) -> bytes | None:
        """Give the answer kept for an address, unless it was kept before `oldest` (since 1970)."""
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
        """Keep an answer: written aside, then renamed. A disk that refuses it is no error."""
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
