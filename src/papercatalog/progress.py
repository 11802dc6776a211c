"""Progress of long work on standard error: a bar in a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

T = TypeVar("T")

INTERVAL = 5.0
"""Seconds between two plain lines."""


def show_progress(items: Iterable[T], label: str, total: int) -> Iterator[T]:
    """Pass the items on and tell how far they are; ``total`` is how many are expected."""
    if sys.stderr.isatty():
        with click.progressbar(items, label=label, length=total, file=sys.stderr) as bar:
            yield from bar
        return
    told = time.monotonic()
    for number, item in enumerate(items, 1):
        yield item
        if time.monotonic() - told >= INTERVAL:
            told = time.monotonic()
            click.echo(f"{label}: {number:,} of {total:,}", err=True)
