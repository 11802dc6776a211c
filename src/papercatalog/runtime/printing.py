"""Prints lines that may hold strangers' text: titles, keys of front matter, names of files.

GitHub's runner takes two kinds of commands from what a job prints: ``::command::`` at the start of
a line and ``##[command]`` anywhere in it.
Source: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click


def say(text: object, *, err: bool = False) -> None:
    """Print one line to standard output, or to standard error, made `printable`.

    A line that starts with ``::`` gets a mark before it. Files are named by `locate`.
    """
    line = printable(locate(str(text)))
    click.echo(f"| {line}" if line.lstrip().startswith("::") else line, err=err)


def say_json(value: object) -> None:
    """Print a value as JSON to standard output, made by `format_json`.

    Messages, and texts that begin with a file's name as problems do, name it by `locate`.
    """
    click.echo(format_json(_locate_all(value)))


def locate(text: str) -> str:
    """Put names of files that they have in the command's catalog into a text.

    Its folders may be others than ``docs`` and ``seeds``.
    """
    context = click.get_current_context(silent=True)
    found: Callable[[str], str] = (
        getattr(context.find_root().obj, "locate", str) if context else str
    )
    return found(text)


def _locate_all(value: object, name: str = "") -> object:
    match value:
        case dict():
            return {key: _locate_all(one, key) for key, one in value.items()}
        case list() | tuple():
            return [_locate_all(one) for one in value]
        case str() if name == "message" or value.startswith(("docs/", "seeds/")):
            return locate(value)
        case _:
            return value


def printable(text: str) -> str:
    """Put a text on one line, without what a terminal or GitHub's runner would act on.

    >>> printable("  a\\x1b[2J\\nb ##[error]c")
    '  a[2J b ## [error]c'
    """
    signs = (" " if sign in _BREAKS else sign for sign in text)
    return "".join(sign for sign in signs if sign.isprintable()).replace("##[", "## [")


def format_json(value: object) -> str:
    """Write a value as indented JSON; escape control characters and ``##[``.

    >>> print(format_json("a\\x9b ##[error]b"))
    "a\\u009b \\u0023#[error]b"
    """
    text = json.dumps(value, indent=2, ensure_ascii=False).replace("##[", r"\u0023#[")
    return "".join(
        sign if sign == "\n" or sign.isprintable() else json.dumps(sign)[1:-1] for sign in text
    )


_BREAKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029")


def shorten(path: Path) -> str:
    """Name a file by its path from the current folder, if it lies below that."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
