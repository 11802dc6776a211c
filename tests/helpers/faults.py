"""Writes that fail: an error of the system or the end of the process at the n-th one."""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHANGING = ("chmod", "link", "mkdir", "remove", "rename", "replace", "rmdir", "unlink")
"""The functions of `os` that change a folder or a file by its name."""
NEVER = 1 << 30


class KilledError(BaseException):
    """The process ends here."""


class Faults:
    """Counts the steps that write below a folder, and lets one of them fail."""

    def __init__(self, root: Path, at: int = NEVER, number: int | None = None) -> None:
        """Let step ``at``, from 0 on, fail with an error's ``number``; with None, end the process.

        A process that has ended does nothing more: each later step fails as well.
        """
        self._root, self._at, self._number = str(root), at, number
        self.steps = 0
        self.names: list[str] = []
        """The files of the steps so far, but for those that have no path."""

    def step(self, name: object) -> None:
        """Come to a step that writes to a file, given by its path, or by what has no path."""
        if isinstance(name, str | os.PathLike) and not self._is_below(os.fspath(name)):
            return
        self.steps += 1
        if isinstance(name, str | os.PathLike):
            self.names.append(os.fsdecode(name))
        if self._number is None and self.steps > self._at:
            raise KilledError
        if self.steps == self._at + 1:
            assert self._number is not None
            raise OSError(self._number, os.strerror(self._number), str(name))

    def _is_below(self, name: str | bytes) -> bool:
        return str(Path(os.fsdecode(name)).absolute()).startswith(self._root)


class FaultyFile:
    """A file that is open for writing; a write that fails has written the first half."""

    def __init__(self, file: Any, faults: Faults) -> None:
        self._file, self._faults = file, faults

    def write(self, content: Any) -> int:
        try:
            self._faults.step(None)
        except BaseException:
            self._file.write(content[: len(content) // 2])
            raise
        written: int = self._file.write(content)
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> FaultyFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


@contextmanager
def let_fail(faults: Faults) -> Iterator[None]:
    """Let the steps of this process pass by ``faults``."""
    opened, opened_low = io.open, os.open

    def open_file(name: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
        if not set(mode) & set("wax+"):
            return opened(name, mode, *arguments, **named)
        if not isinstance(name, int):  # a number was opened by `os.open`
            if not faults._is_below(os.fspath(name)):
                return opened(name, mode, *arguments, **named)
            faults.step(name)
        return FaultyFile(opened(name, mode, *arguments, **named), faults)

    def open_low(name: Any, flags: int, *arguments: Any, **named: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            faults.step(name)
        return opened_low(name, flags, *arguments, **named)

    def passing(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(name: Any, *arguments: Any, **named: Any) -> Any:
            faults.step(name)
            return function(name, *arguments, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(io, "open", open_file)
        patch.setattr(builtins, "open", open_file)
        patch.setattr(os, "open", open_low)
        for name in CHANGING:
            patch.setattr(os, name, passing(getattr(os, name)))
        yield
