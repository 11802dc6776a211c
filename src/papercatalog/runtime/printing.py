"""Prints lines that may hold strangers' text: titles, keys of front matter, names of files."""

from __future__ import annotations

import click


def say(text: object, *, err: bool = False) -> None:
    """Print one line to standard output, or to standard error, made `printable`.

    GitHub runs a line that starts with ``::`` as a command, so such a line gets a mark before it.
    """
    line = printable(str(text))
    click.echo(f"| {line}" if line.lstrip().startswith("::") else line, err=err)


def printable(text: str) -> str:
    """Put a text on one line, without characters that a terminal would act on.

    >>> printable("  a\\x1b[2J\\nb")
    '  a[2J b'
    """
    signs = (" " if sign in _BREAKS else sign for sign in text)
    return "".join(sign for sign in signs if sign.isprintable())


_BREAKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029")
