"""Progress of long work on standard error: a bar in a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import click

T = TypeVar("T")

INTERVAL = 5.0
"""Seconds between two plain lines."""


def show_progress(
    items: Iterable[T], label: str, total: int, count: Callable[[T], int] = lambda _: 1
) -> Iterator[T]:
    """Pass the items on and tell how far they are.

    ``total`` is how many are expected, where an item stands for as many as ``count`` says.
    """
    if sys.stderr.isatty():
        with click.progressbar(length=total, label=label, file=sys.stderr) as bar:
            for item in items:
                yield item
                bar.update(count(item))
        return
    told = time.monotonic()
    done = 0
    for item in items:
        yield item
        done += count(item)
        if time.monotonic() - told >= INTERVAL:
            told = time.monotonic()
            click.echo(f"{label}: {done:,} of {total:,}", err=True)
