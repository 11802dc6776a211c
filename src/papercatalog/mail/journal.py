"""The journal of a newsletter on disk: to whom it was sent, whatever ends the process.

A journal is a file that only grows. Each line is on disk before the next step of a delivery is
taken. Addresses stand in it as HMACs (RFC 2104), so that it tells nobody who gets the newsletter.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from papercatalog.mail.addresses import Recipient
from papercatalog.mail.settings import sign
from papercatalog.runtime.files import create_bytes, write_bytes
from papercatalog.runtime.locks import hold_file

_HEAD = "papercatalog newsletter 1"
_LINE = re.compile(rb"(intended|accepted|refused|deferred) ([0-9a-f]{64})")
_KEY_FILE, _LOCK_FILE = "key", "lock"


class State(StrEnum):
    """What is known of the delivery to an address."""

    INTENDED = "intended"
    """The message went out whole but for its end mark. Without a later line nobody knows more."""
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DEFERRED = "deferred"
    """The server did not take it, and may take it later."""


class JournalError(Exception):
    """A journal that is damaged, or that another key was used for."""


class Journal:
    """Who got a newsletter. It is open for writing; `open_journal` makes one."""

    def __init__(self, handle: int, key: bytes, states: dict[str, State]) -> None:
        self._handle, self._key, self._states = handle, key, states

    @classmethod
    def empty(cls) -> Journal:
        """Give a journal that knows of nobody and cannot be written."""
        return cls(-1, b"", {})

    def find(self, recipient: Recipient) -> State | None:
        """Give the last state of an address; None if nothing is known."""
        return self._states.get(self._hide(recipient))

    def record(self, recipient: Recipient, state: State) -> None:
        """Add a line; when this returns, it is on disk."""
        hidden = self._hide(recipient)
        _append(self._handle, f"{state} {hidden}\n".encode())
        self._states[hidden] = state

    def _hide(self, recipient: Recipient) -> str:
        return sign(self._key, f"address {recipient.address}")


@contextmanager
def open_journal(folder: Path, name: str, key: bytes = b"") -> Iterator[Journal]:
    """Open the journal of a newsletter, or begin it; nobody else can until the block ends.

    Args:
        folder: The folder of journals. It gets a ``.gitignore``: it is not to be published.
        name: The newsletter's name.
        key: The key of the HMACs; if empty, one is made once and kept in the folder.

    Raises:
        BlockingIOError: Another process has opened a journal in the folder.
        JournalError: The journal is damaged, or was written with another key.
        OSError: The disk is full, or the folder cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / ".gitignore").exists():
        write_bytes(folder / ".gitignore", b"*\n")
    with hold_file(folder / _LOCK_FILE):
        key = key or _load_key(folder / _KEY_FILE)
        path = folder / f"{name}.txt"
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            states = _load(
                handle, path, f"{_HEAD} {name} {sign(key, f'journal {name}')}\n".encode()
            )
            _sync_folder(folder)
            yield Journal(handle, key, states)
        finally:
            os.close(handle)


def _load(handle: int, path: Path, head: bytes) -> dict[str, State]:
    """Read all lines, and cut off a last one that a crash left unfinished.

    The state before that line still holds: no step of a delivery follows a line that is not whole.
    """
    content = path.read_bytes()
    lines = content.splitlines(keepends=True)
    if not lines or (len(lines) == 1 and not lines[0].endswith(b"\n")):
        os.ftruncate(handle, 0)
        _append(handle, head)
        return {}
    if lines[0] != head:
        reason = "was written with another key, for another newsletter, or is damaged"
        raise JournalError(f"{path} {reason}; nothing was sent")
    states: dict[str, State] = {}
    for number, line in enumerate(lines[1:], start=2):
        found = _LINE.fullmatch(line.removesuffix(b"\n")) if line.endswith(b"\n") else None
        if found:
            states[found[2].decode()] = State(found[1].decode())
        elif number < len(lines):
            raise JournalError(f"{path}:{number}: the line is damaged; nothing was sent")
        else:
            os.ftruncate(handle, len(content) - len(line))
            os.fsync(handle)
    return states


def _append(handle: int, line: bytes) -> None:
    while line:
        line = line[os.write(handle, line) :]
    os.fsync(handle)


def _load_key(path: Path) -> bytes:
    if not path.exists():
        create_bytes(path, secrets.token_hex(32).encode())
        path.chmod(0o600)
    return path.read_bytes()


def _sync_folder(folder: Path) -> None:
    """Put the folder's own entries on disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
